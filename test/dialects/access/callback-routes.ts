import { ask, bearer, type RoomRoutes, type Route } from './route.ts';

const DENIED = { status: 401, text: /^\{"error":".+"\}$/, challenge: 'Bearer' };

const send: Route['send'] = ({ origin, jobId }, token) =>
  ask(`${origin}/jobgate/callback/${jobId}`, {
    method: 'POST',
    headers: { ...bearer(token), 'Content-Type': 'application/json' },
    body: '{"error":"stopped by somebody"}',
  });

/** Here nobody has a say but the endpoint of an http program, with the token that came with its job. */
export const CALLBACK: RoomRoutes = {
  routes: { report: { send, stranger: DENIED, administrator: DENIED } },
  open: [],
  refusal: () => DENIED,
};
