import { readFile } from 'node:fs/promises';
import { compileContract, compileEncodedContract, type SoapContract } from '../../soap/contract.ts';
import { SoapService } from '../../soap/soap-service.ts';
import type { Dialect } from '../dialect.ts';
import type { ClmCall } from './call.ts';
import { toFault } from './errors.ts';
import { jobOperations } from './job-operations.ts';
import { CLM_READING } from './reading.ts';
import { recordOperations } from './record-operations.ts';
import { clmRoom } from './routes.ts';
import { sessionOperations } from './session-operations.ts';

const LITERAL_WSDL = new URL('../../../../wsdl/clm.wsdl', import.meta.url);
const ENCODED_WSDL = new URL('../../../../wsdl/clm-rpc.wsdl', import.meta.url);

/** Cisco License Manager's asynchronous job functions over SOAP. */
export const clm: Dialect = {
  name: 'clm',
  async mount(house) {
    const literal = await compileContract(await readFile(LITERAL_WSDL, 'utf8'), CLM_READING);
    const encoded = await compileEncodedContract(
      await readFile(ENCODED_WSDL, 'utf8'),
      literal,
      CLM_READING,
      // Following references must not make more of a request than one without them could be.
      { elements: house.xmlLimits.elements, textLength: house.bodyLimits.inflated },
    );
    const operations = {
      ...sessionOperations(house.sessions),
      ...jobOperations(house.sessions, house.jobs),
      ...recordOperations(house.sessions, house.records),
    };
    const serve = (contract: SoapContract) => ({
      contract,
      service: new SoapService<ClmCall>({ contract, operations, toFault, limits: house.xmlLimits }),
    });
    return clmRoom({ literal: serve(literal), encoded: serve(encoded) }, house.bodyLimits);
  },
};
