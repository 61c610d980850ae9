import { CLM_PATH, element, envelope, pageOf, pidStatus } from '../../e2e/clm-client.ts';
import { ask, type Outcome, type RoomRoutes, type Route, type Scene } from './route.ts';

const DONE: Outcome = { status: 200, text: /<errorCode>0</ };
const REFUSED: Outcome = { status: 200, text: /<errorCode>20<.*JOB_NOT_FOUND: / };
const NOT_FOUND: Outcome = { ...REFUSED, asIfNone: true };
const DENIED: Outcome = { status: 200, text: /<errorCode>13<.*PERMISSION_DENIED: /, shows: false };

/** Functions whose return type has no place for a status: a fault. */
const FAULTING = ['getAsyncOperationJobRecords', 'asyncExecuteProgram'];

function route(
  operation: string,
  content: (scene: Scene) => string,
  stranger: Outcome,
  administrator: Outcome = DONE,
): [string, Route] {
  const send: Route['send'] = (scene, token) => {
    const userToken = token === null ? '' : `<token>${element('token', token)}</token>`;
    return ask(scene.origin + CLM_PATH, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' },
      body: envelope(operation, userToken + content(scene)),
    });
  };
  return [operation, { send, stranger, administrator }];
}

const jobId = (scene: Scene) => element('job_id', scene.jobId);
const everybody = () => element('include_all_user', 'true');

const [deletion, deleteRecords] = route(
  'deleteAsyncOperationJobRecords',
  (scene) => `<job_ids>${element('item', scene.jobId)}</job_ids>`,
  NOT_FOUND,
  { status: 200, text: /<item>.*<errorCode>0</ },
);

export const CLM: RoomRoutes = {
  routes: {
    ...Object.fromEntries([
      route('logout', () => '', DONE),
      route(
        'addPersistentIDStatus',
        (scene) => pidStatus({ jobId: scene.jobId, group: scene.group, id: 'one' }),
        // A job that nobody knows would be whose record came first.
        REFUSED,
      ),
      // Records are listed by any signed-in user.
      route('listPersistentIDStatus', (scene) => pageOf('id', scene.jobId, 0, -1), {
        ...DONE,
        shows: true,
      }),
      route('listPersistentIDStatusByGroup', (scene) => pageOf('jobGroup', scene.group, 0, -1), {
        ...DONE,
        shows: true,
      }),
      route(
        'getAsyncOperationJobRecords',
        jobId,
        { status: 200, text: /<getAsyncOperationJobRecordsResponse[^>]*(\/>|><\/)/, asIfNone: true },
        { status: 200, text: /<username>ann</, shows: true },
      ),
      route('listAllAsyncOperationJobRecords', everybody, DENIED, { ...DONE, shows: true }),
      route('listRunningAsyncOperationJobRecords', everybody, DENIED),
      route('getAsyncOperationStatus', (scene) => element('taskID', scene.jobId), NOT_FOUND),
      route('killAsyncOperation', jobId, NOT_FOUND),
      route(
        'setAsyncOperationJobComment',
        (scene) => jobId(scene) + element('comment', 'mine now'),
        NOT_FOUND,
      ),
      route(
        'asyncExecuteProgram',
        (scene) => element('jobGroup', scene.group) + element('programName', 'walk'),
        { status: 200, text: /<asyncExecuteProgramResult>[-0-9a-f]{36}</, shows: false },
        { status: 200, text: /<asyncExecuteProgramResult>[-0-9a-f]{36}</, shows: false },
      ),
    ]),
    [deletion]: { ...deleteRecords, ended: true },
  },
  open: ['wsdl', 'login'],

  refusal(flaw, operation) {
    if (flaw === 'missing') return { status: 500, text: /<faultcode>soap:Client<.*\btoken\b/ };
    const error = flaw === 'expired' ? '11\\D.*TOKEN_EXPIRED: ' : '10\\D.*INVALID_TOKEN: ';
    if (FAULTING.includes(operation))
      return { status: 500, text: new RegExp(`RemoteException: \\[${error}`) };
    return { status: 200, text: new RegExp(`<errorCode>${error}`) };
  },
};
