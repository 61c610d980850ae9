import { JobgateError } from '../../core/error.ts';
import type { JobParameter, JobType } from '../../core/job.ts';
import { decodeBody } from '../../http/body-text.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { HttpError } from '../../http/http-error.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { readBody } from '../../http/read-body.ts';
import type { House } from '../dialect.ts';
import { formatOf } from './format.ts';
import type { GivenJob } from './given-job.ts';
import { typeOf } from './job-type.ts';
import { readParameters } from './parameters.ts';
import { readJsonJob } from './read-json-job.ts';
import { readXmlJob } from './read-xml-job.ts';
import { askedState } from './status.ts';

/** JobRepr: "a job without status information, used to create and update jobs". */
export interface JobRequest {
  readonly type: JobType;
  readonly state: 'created' | 'queued';
  readonly parameters: readonly JobParameter[];
}

/** Throws INVALID_ARGUMENT, and HttpError 400, 413, 415. */
export async function readJob(
  ctx: HttpContext,
  limits: Pick<House, 'bodyLimits' | 'xmlLimits' | 'jsonLimits'>,
): Promise<JobRequest> {
  const contentType = ctx.req.headers['content-type'];
  const { type, charset } = parseMediaType(contentType) ?? { type: 'application/xml', charset: undefined };
  const format = formatOf(type);
  if (format !== 'xml' && format !== 'json') {
    throw new HttpError(
      415,
      'MEDIA_TYPE_UNSUPPORTED',
      'Content-Type: expected application/xml, text/xml, application/json or text/json',
    );
  }
  const body = await readBody(ctx, limits.bodyLimits);
  if (body.length === 0) throw new HttpError(400, 'BODY_MALFORMED', 'the body is empty; expected a Job');
  const given =
    format === 'xml'
      ? readXmlJob(body, contentType, limits.xmlLimits)
      : readJsonJob(decodeBody(body, charset), limits.jsonLimits);
  return checkJob(given, format);
}

function checkJob({ type, status, parameters }: GivenJob, format: 'xml' | 'json'): JobRequest {
  const isXml = format === 'xml';
  const name = isXml ? 'Type' : 'JobType';
  const types = isXml ? 'Transaction, Import, Export or SchemaSync' : '1, 2, 3 or 4';
  const states = isXml ? 'Created or Queued' : '0 (Created) or 1 (Queued)';
  if (type === null) throw invalid(`${name} is missing; expected ${types}`);
  if (status === null) throw invalid(`Status is missing; expected ${states}`);
  const knownType = typeOf(type);
  const knownState = askedState(status);
  if (!knownType) throw invalid(`${name}: expected ${types}`);
  if (!knownState) throw invalid(`Status: expected ${states}`);
  return { type: knownType, state: knownState, parameters: readParameters(parameters ?? '') };
}

function invalid(message: string): JobgateError {
  return new JobgateError('INVALID_ARGUMENT', message);
}
