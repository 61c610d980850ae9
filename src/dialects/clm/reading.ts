import type { ReadingRules } from '../../soap/reading-rules.ts';

/**
 * What real clients leave out or send half-empty, and what it then means. Everything else
 * that is missing and not nillable is a Client fault. Members are `Type.member` or
 * `operation.member`, as the WSDL spells them.
 */
export const CLM_READING: ReadingRules = {
  missing: {
    'login.port': 0,
    'login.idle_timeout': 0,
    // Absent is what an empty one is: an in-band INVALID_ARGUMENT, not a fault.
    'getAsyncOperationStatus.taskID': '',
    'getAsyncOperationJobRecords.job_id': '',
    'killAsyncOperation.job_id': '',
    'setAsyncOperationJobComment.job_id': '',
  },
  ignored: [
    // Of a UserToken only `token` counts.
    'UserToken.username',
    'UserToken.timeout',
    'UserToken.sslEnabled',
    // soap4r sends a half-empty one.
    'PersistentIDStatus.status',
  ],
};
