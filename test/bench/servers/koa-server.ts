import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';

// koa-server FILE: Koa and its router, which read each request to any address and send the same bytes, made once: what
// is left of the raw server once one has decided for them.

const answer = readFileSync(process.argv[2] ?? '');
const router = new Router();
router.post('/*path', async (ctx) => {
  // As node:stream/consumers reads it, by way of a Blob, it costs as much again as all the rest.
  const chunks: Buffer[] = [];
  ctx.req.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(ctx.req, 'end');
  ctx.type = 'text/xml; charset=utf-8';
  ctx.body = answer;
});
const app = new Koa().use(router.routes());
const server = createServer(app.callback());
server.listen(0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
