/** Bytes of JSON that are kept as a job's result. */
export const LARGEST_RESULT = 1_048_576;
