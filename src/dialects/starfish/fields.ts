import type { Json } from '../../core/job.ts';

/**
 * The members of a request as they came, by name in lower case; JSON values from JSON, text from XML
 * and forms. What a request class has no member for is there too, and nobody asks for it.
 */
export type Fields = ReadonlyMap<string, Json>;
