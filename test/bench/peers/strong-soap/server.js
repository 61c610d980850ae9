import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { soap } from 'strong-soap';
import { listPersistentIDStatusByGroup } from '../clm-page.js';

// strong-soap's own server on node:http, as its documentation sets it up.

const server = createServer((_req, res) => res.writeHead(404).end());
const operations = {
  listPersistentIDStatusByGroup: (request, callback) => {
    listPersistentIDStatusByGroup(request).then(callback, (error) => {
      console.error(error);
      process.exit(1);
    });
  },
};
soap.listen(server, {
  path: '/clm/services/LicenseManager',
  services: { LicenseManagerService: { LicenseManager: operations } },
  xml: readFileSync(process.env.CLM_WSDL, 'utf8'),
  // By default it indents each answer.
  prettyResponse: false,
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
