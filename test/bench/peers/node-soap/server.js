import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import soap from 'soap';
import { listPersistentIDStatusByGroup } from '../clm-page.js';

// The `soap` package's own server on node:http, as its documentation sets it up.

/** The server writes xsi:nil without saying what xsi is, which is no XML: whoever answers null has to say it. */
const XSI = { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' };
const operations = {
  async listPersistentIDStatusByGroup(request) {
    const { listPersistentIDStatusByGroupResult } = await listPersistentIDStatusByGroup(request);
    return {
      listPersistentIDStatusByGroupResult: { attributes: XSI, ...listPersistentIDStatusByGroupResult },
    };
  },
};

const server = createServer((_req, res) => res.writeHead(404).end());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const origin = `http://127.0.0.1:${port}`;
  soap.listen(server, {
    path: '/clm/services/LicenseManager',
    services: { LicenseManagerService: { LicenseManager: operations } },
    xml: readFileSync(process.env.CLM_WSDL, 'utf8'),
    callback: () => console.log(origin),
  });
});
