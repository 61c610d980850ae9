import { randomUUID } from 'node:crypto';
import { TEXT_LIMITS } from '../../core/identifiers.ts';
import { decodeBody } from '../../http/body-text.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { type BodyLimits, readBody } from '../../http/read-body.ts';
import { InvalidRequest, ModelState } from './model-state.ts';
import { LONGEST_ID, RUN_DEFAULTS, type RunRequest } from './run-request.ts';

/** The value of a query's parameter, whose name is in whatever case; undefined where it is not there, or more than once. */
export function queryParameter(ctx: HttpContext, name: string): string | undefined {
  const values = [...new URLSearchParams(ctx.querystring)].filter(([key]) => key.toLowerCase() === name);
  return values.length === 1 ? values[0]?.[1] : undefined;
}

/**
 * "The BODY of the request will be passed in as the Job Argument." Nobody supplies a run ID, so one is made up. `instance`
 * names one of the vendor's installations; there is one here. Throws InvalidRequest, HttpError 413, 415.
 */
export async function readWebhookRequest(ctx: HttpContext, limits: BodyLimits): Promise<RunRequest> {
  const state = new ModelState();
  const projectID = required(ctx, 'projectid', state);
  const jobID = required(ctx, 'jobid', state);
  state.check();
  const argument = await readArgument(ctx, limits);
  return { ...RUN_DEFAULTS, runID: randomUUID(), projectID, jobID, argument };
}

function required(ctx: HttpContext, name: string, state: ModelState): string {
  const value = queryParameter(ctx, name) ?? '';
  if (value.trim() === '') state.add(name, `The ${name} field is required, once.`);
  if (value.length > LONGEST_ID) {
    state.add(
      name,
      `The field ${name} must be a string or array type with a maximum length of '${LONGEST_ID}'.`,
    );
  }
  return value;
}

async function readArgument(ctx: HttpContext, limits: BodyLimits): Promise<string | null> {
  const body = await readBody(ctx, limits);
  if (body.length === 0) return null;
  const text = decode(body, parseMediaType(ctx.req.headers['content-type'])?.charset);
  if (text.length > TEXT_LIMITS.argument) {
    throw InvalidRequest.asWhole(`The request body must be at most ${TEXT_LIMITS.argument} characters.`);
  }
  return text;
}

function decode(body: Buffer, charset: string | undefined): string {
  try {
    return decodeBody(body, charset);
  } catch (error) {
    if (error instanceof HttpError && error.code === 'BODY_MALFORMED')
      throw InvalidRequest.asWhole(error.message);
    throw error;
  }
}
