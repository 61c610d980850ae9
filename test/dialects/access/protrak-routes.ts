import { ask, bearer, type Outcome, type RoomRoutes, type Route, type Scene } from './route.ts';

const NOT_FOUND: Outcome = { status: 404, text: /"code":"JOB_NOT_FOUND"\}$/, asIfNone: true };
const NEW_ID: Outcome = { status: 201, text: /^"[-0-9a-f]{36}"$/, shows: false };
const NEW_JOB = '{"type":"ExecuteCommonProgram","programExecutionInfo":{"programName":"walk"}}';

function route(
  method: string,
  path: (scene: Scene) => string,
  stranger: Outcome,
  administrator: Outcome,
  body?: string,
): Route {
  const send: Route['send'] = (scene, token) =>
    ask(`${scene.origin}/protrak/api${path(scene)}`, {
      method,
      headers: { ...bearer(token), 'Content-Type': 'application/json' },
      ...(body !== undefined && { body }),
    });
  return { send, stranger, administrator };
}

const jobs = () => '/asyncJobs';
const job = ({ jobId }: Scene) => `/asyncJobs/${jobId}`;
const program = (call: string) => () => `/programs/walk/${call}`;

/** The list is of the caller's own jobs, also an administrator's. */
const OWN: Outcome = { status: 200, text: /^\[.*\]$/, shows: false };

export const PROTRAK: RoomRoutes = {
  routes: {
    createAsyncJob: route('POST', jobs, NEW_ID, NEW_ID, NEW_JOB),
    listAsyncJobs: route('GET', jobs, OWN, OWN),
    getAsyncJob: route('GET', job, NOT_FOUND, { status: 200, text: /"userName":"ann"/, shows: true }),
    updateAsyncJob: route('PUT', job, NOT_FOUND, { status: 204 }),
    executeCommonProgramAsAsyncJob: route(
      'POST',
      program('executeCommonProgramAsAsyncJob'),
      NEW_ID,
      NEW_ID,
      '[]',
    ),
    executeCommonProgram: route(
      'POST',
      program('executeCommonProgram'),
      { status: 200 },
      { status: 200 },
      '0',
    ),
  },
  open: [],

  refusal: (flaw) => ({
    status: 401,
    text: new RegExp(`^{"message":".+","code":"${flaw === 'expired' ? 'TOKEN_EXPIRED' : 'INVALID_TOKEN'}"}$`),
    challenge: 'Bearer',
  }),
};
