import fc from 'fast-check';
import { WEB3_TYPES } from '../../../src/dialects/web3/job-type.ts';
import type { JobDataReference, JobStatus, Web3Document } from '../../../src/dialects/web3/representation.ts';
import { WEB3_STATUS } from '../../../src/dialects/web3/status.ts';
import { legalText } from '../../xml/legal-text.ts';

const time = fc.integer({ min: 0, max: 4e12 });
const count = fc.nat();
const reference = fc.record<JobDataReference>({
  address: legalText,
  contentType: legalText,
  length: count,
  created: time,
});
const job = fc.record<JobStatus>({
  id: legalText,
  address: legalText,
  identity: legalText,
  // In XML what is not known is empty, so what is known is not.
  workerId: fc.option(legalText.filter((text) => text !== '')),
  statusMessage: fc.option(legalText.filter((text) => text !== '')),
  created: time,
  updated: time,
  completed: fc.option(time),
  progress: fc.record({ started: fc.option(time), count, target: count }),
  jobData: fc.array(reference, { maxLength: 3 }),
  type: fc.constantFrom(...Object.values(WEB3_TYPES)),
  status: fc.constantFrom(...Object.values(WEB3_STATUS)),
  parameters: legalText,
});
/** Of every kind, what it may say. */
export const anyDocument: Record<Web3Document['kind'], fc.Arbitrary<Web3Document>> = {
  job: job.map((each) => ({ kind: 'job', job: each })),
  jobs: fc
    .record({
      start: count,
      count,
      listUrl: legalText,
      next: fc.option(legalText),
      previous: fc.option(legalText),
      items: fc.array(job, { maxLength: 3 }),
    })
    .map((list) => ({ kind: 'jobs', list })),
  reference: reference.map((each) => ({ kind: 'reference', reference: each })),
  references: fc.array(reference, { maxLength: 3 }).map((references) => ({ kind: 'references', references })),
  error: fc.record({ status: count, message: legalText }).map((error) => ({ kind: 'error', error })),
};
