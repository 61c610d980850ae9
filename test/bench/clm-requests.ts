import { CLM_PATH, element, envelope, pageOf } from '../e2e/clm-client.ts';
import type { LoadRequest } from './http-load.ts';

/** A request as a SOAP 1.1 client sends it. */
export function clmRequest(operation: string, inner: string, path: string = CLM_PATH): LoadRequest {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body: envelope(operation, inner),
  };
}

/** `listPersistentIDStatusByGroup` of `max` records from `offset` on. */
export function pageRequest(
  token: string,
  group: string,
  offset: number,
  max: number,
  path?: string,
): LoadRequest {
  return clmRequest(
    'listPersistentIDStatusByGroup',
    tokenElement(token) + pageOf('jobGroup', group, offset, max),
    path,
  );
}

/** `getAsyncOperationStatus` of one job. */
export function statusRequest(token: string, taskId: string): LoadRequest {
  return clmRequest('getAsyncOperationStatus', tokenElement(token) + element('taskID', taskId));
}

export function tokenElement(token: string): string {
  return `<token><token>${token}</token></token>`;
}
