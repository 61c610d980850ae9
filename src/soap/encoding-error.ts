/** A handler's result is not of the type that the contract promises: a fault of ours, not of the caller's. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
}
