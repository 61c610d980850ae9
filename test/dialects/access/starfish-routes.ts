import { ask, bearer, type Outcome, type RoomRoutes, type Route, type Scene } from './route.ts';

/** A run ID is its user's own: that ann has used it keeps nobody else from it. */
const STARTED: Outcome = { status: 200, text: /"started":true,"error":null/ };
const ENDED: Outcome = { status: 200, text: /"status":"Complete".*"error":null/ };

function route(
  method: string,
  path: (scene: Scene) => string,
  stranger: Outcome,
  administrator: Outcome = stranger,
  body?: (scene: Scene) => object,
): Route {
  const send: Route['send'] = (scene, token) =>
    ask(`${scene.origin}/v1/${path(scene)}`, {
      method,
      headers: { ...bearer(token), 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body(scene)) }),
    });
  return { send, stranger, administrator };
}

const run = ({ group }: Scene) => ({ runID: group, projectID: 'sample', jobID: 'walk' });

export const STARFISH: RoomRoutes = {
  routes: {
    ExecuteJobAsync: route('POST', () => 'ExecuteJobAsync', STARTED, STARTED, run),
    ExecuteJob: route('POST', () => 'ExecuteJob', ENDED, ENDED, run),
    Results: route(
      'GET',
      ({ group }) => `Results/${encodeURIComponent(group)}`,
      { status: 200, text: /^\[\]$/, asIfNone: true },
      { status: 200, text: /"status":"Pending"/, shows: true },
    ),
    Webhook: route('POST', () => 'Webhook?instance=main&projectid=sample&jobid=walk', STARTED),
  },
  open: ['token'],

  refusal: () => ({
    status: 401,
    text: /^\{"Message":"Authorization has been denied for this request\."\}$/,
    challenge: 'Bearer',
  }),
};
