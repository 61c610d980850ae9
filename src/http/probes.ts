import { methodNotAllowed } from './dispatch.ts';
import type { HttpContext } from './exchange.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';
import { type Answer, reply } from './reply.ts';

type Probe = () => Promise<Answer>;

/** What operators' machinery asks, by path: outside every room, without signing in. */
export function probesOf(readiness: Readiness, metrics: Metrics): ReadonlyMap<string, Probe> {
  return new Map<string, Probe>([
    ['/healthz', async () => text(200, 'ok')],
    [
      '/readyz',
      async () => {
        const obstacle = await readiness.obstacle();
        return obstacle === undefined ? text(200, 'ok') : text(503, obstacle);
      },
    ],
    [
      '/metrics',
      async () => ({ status: 200, contentType: metrics.contentType, body: await metrics.exposition() }),
    ],
  ]);
}

export async function answerProbe(ctx: HttpContext, probe: Probe): Promise<void> {
  const { exchange } = ctx.state;
  exchange.room = 'probe';
  exchange.operation = ctx.path.slice(1);
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw methodNotAllowed(['GET', 'HEAD']);
  await reply(ctx, await probe());
}

function text(status: number, line: string): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${line}\n` };
}
