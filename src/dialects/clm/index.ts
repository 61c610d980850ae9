import { readFile } from 'node:fs/promises';
import { compileContract } from '../../soap/contract.ts';
import { SoapService } from '../../soap/soap-service.ts';
import type { Dialect } from '../dialect.ts';
import type { ClmCall } from './call.ts';
import { toFault } from './errors.ts';
import { jobOperations } from './job-operations.ts';
import { CLM_READING } from './reading.ts';
import { recordOperations } from './record-operations.ts';
import { clmRoom } from './routes.ts';
import { sessionOperations } from './session-operations.ts';

const WSDL = new URL('../../../../wsdl/clm.wsdl', import.meta.url);

/** Cisco License Manager's asynchronous job functions over SOAP. */
export const clm: Dialect = {
  name: 'clm',
  async mount(house) {
    const contract = await compileContract(await readFile(WSDL, 'utf8'), CLM_READING);
    const service = new SoapService<ClmCall>({
      contract,
      operations: {
        ...sessionOperations(house.sessions),
        ...jobOperations(house.sessions, house.jobs),
        ...recordOperations(house.sessions, house.records),
      },
      toFault,
      limits: house.xmlLimits,
    });
    return clmRoom(contract, service, house.bodyLimits);
  },
};
