import type { JobType } from '../../core/job.ts';

/** A job's type in both its spellings: JSON's number, XML's attribute value (Web3 2.1 reference, JobStatusRepr). */
export interface Web3Type {
  readonly number: number;
  readonly name: 'Transaction' | 'Import' | 'Export' | 'SchemaSync';
}

const IMPORT: Web3Type = { number: 2, name: 'Import' };

/** 0, `Null`, is reserved. */
export const WEB3_TYPES = {
  transaction: { number: 1, name: 'Transaction' },
  import: IMPORT,
  export: { number: 3, name: 'Export' },
  'schema-sync': { number: 4, name: 'SchemaSync' },
  // Started through another face, by a program that declares no type of this one's.
  program: IMPORT,
} as const satisfies Record<JobType, Web3Type>;

/** The reference's table has it where its template has `Transaction`. */
const ALSO: Readonly<Record<string, JobType>> = { TopicMapTransaction: 'transaction' };

/** The type of that name (XML) or number (JSON); undefined when there is none, or it is reserved. */
export function typeOf(given: string | number): JobType | undefined {
  const types = Object.keys(WEB3_TYPES) as JobType[];
  const found = types.find((type) => WEB3_TYPES[type].name === given || WEB3_TYPES[type].number === given);
  return found ?? (typeof given === 'string' && Object.hasOwn(ALSO, given) ? ALSO[given] : undefined);
}
