import { ask, bearer, type Outcome, type RoomRoutes, type Route, type Scene, SECRET } from './route.ts';

const NOT_FOUND: Outcome = { status: 404, text: /^\{"Status":404,"Message":/, asIfNone: true };
const JOB = '{"JobType":1,"Status":0,"Parameters":"Program=walk"}';

function route(
  method: string,
  address: (scene: Scene) => string,
  stranger: Outcome,
  administrator: Outcome,
  body?: string,
): Route {
  const send: Route['send'] = (scene, token) =>
    ask(`${scene.origin}/web3/topicmaps/${encodeURIComponent(scene.group)}/jobs${address(scene)}`, {
      method,
      headers: { ...bearer(token), Accept: 'application/json', 'Content-Type': 'application/json' },
      ...(body !== undefined && { body }),
    });
  return { send, stranger, administrator };
}

const jobs = () => '';
const job = ({ jobId }: Scene) => `/${jobId}`;
const data = ({ jobId }: Scene) => `/${jobId}/data`;
const item = ({ jobId }: Scene) => `/${jobId}/data/1`;

const ofAnn: Outcome = { status: 200, text: /"Identity":"ann"/, shows: true };

export const WEB3: RoomRoutes = {
  routes: {
    listJobs: route('GET', jobs, { status: 200, text: /"Count":0,.*"Items":\[\]/, asIfNone: true }, ofAnn),
    createJob: route(
      'POST',
      jobs,
      { status: 201, text: /"Identity":"bob"/ },
      { status: 201, text: /"Identity":"root"/ },
      JOB,
    ),
    getJob: route('GET', job, NOT_FOUND, ofAnn),
    updateJob: route('PUT', job, NOT_FOUND, ofAnn, JOB),
    cancelJob: route('DELETE', job, NOT_FOUND, { status: 204 }),
    listJobData: route('GET', data, NOT_FOUND, { status: 200, text: /"Length":27,/ }),
    attachJobData: route('POST', data, NOT_FOUND, { status: 201, text: /\/data\/2"/ }, '{}'),
    getJobData: route('GET', item, NOT_FOUND, { status: 200, text: new RegExp(SECRET) }),
  },
  open: [],

  refusal: () => ({
    status: 401,
    text: /^\{"Status":401,"Message":".+"\}$/,
    challenge: 'Basic realm="web3", charset="UTF-8", Bearer realm="web3"',
  }),
};
