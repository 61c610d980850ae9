import type { JobState } from '../../core/job-state.ts';

/** A status in both its spellings: JSON's number, XML's attribute value (Web3 2.1 reference, JobStatusRepr). */
export interface Web3Status {
  readonly number: number;
  readonly name: 'Created' | 'Queued' | 'Processing' | 'Completed' | 'CompletedWithErrors';
}

const PROCESSING: Web3Status = { number: 2, name: 'Processing' };
/** "An error that prevented successful processing"; the reference has no other end than this and Completed. */
const WITH_ERRORS: Web3Status = { number: 4, name: 'CompletedWithErrors' };

export const WEB3_STATUS = {
  created: { number: 0, name: 'Created' },
  queued: { number: 1, name: 'Queued' },
  running: PROCESSING,
  cancelling: PROCESSING,
  completed: { number: 3, name: 'Completed' },
  failed: WITH_ERRORS,
  cancelled: WITH_ERRORS,
  abandoned: WITH_ERRORS,
} as const satisfies Record<JobState, Web3Status>;

/** What a client may give a job: 99 Unknown is reserved, the others are the workers' to give. */
const ASKED = { created: WEB3_STATUS.created, queued: WEB3_STATUS.queued } as const;

/** The state that a client asks for by name (XML) or number (JSON); undefined when it may not. */
export function askedState(given: string | number): keyof typeof ASKED | undefined {
  const states = Object.keys(ASKED) as (keyof typeof ASKED)[];
  return states.find((state) => ASKED[state].name === given || ASKED[state].number === given);
}
