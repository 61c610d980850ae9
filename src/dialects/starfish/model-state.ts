/** A request whose members are not what they must be: answered 400, each mistake under the name of its member. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
  readonly modelState: Readonly<Record<string, readonly string[]>>;

  constructor(modelState: Readonly<Record<string, readonly string[]>>) {
    super('The request is invalid.');
    this.modelState = modelState;
  }

  /** For a body that is no request at all. */
  static asWhole(error: string): InvalidRequest {
    return new InvalidRequest({ request: [error] });
  }
}

/** Gathers what is wrong with a request, as ASP.NET Web API's ModelState does: all of it, by member. */
export class ModelState {
  readonly #errors = new Map<string, readonly string[]>();

  /**
   * `member` as the client has to spell it: `request.runID`, or `projectid` of a query. What else is said of
   * the same member only follows from the first.
   */
  add(member: string, error: string): void {
    if (!this.#errors.has(member)) this.#errors.set(member, [error]);
  }

  /** Throws InvalidRequest where anything was added. */
  check(): void {
    if (this.#errors.size > 0) throw new InvalidRequest(Object.fromEntries(this.#errors));
  }
}
