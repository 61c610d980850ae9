/** A request is well-formed, but says something that the contract has no place for. The message is meant for the sender. */
export class InvalidValue extends Error {
  override readonly name = 'InvalidValue';
  /** Element names from the root; an array's decoder adds the number to its item's. */
  readonly path: string[];
  readonly #problem: string;

  constructor(path: string[], problem: string) {
    super();
    this.path = path;
    this.#problem = problem;
  }

  /** As `/Envelope/Body/login/port: expected xsd:int, got "12abc"`. */
  override get message(): string {
    return `/${this.path.join('/')}: ${this.#problem}`;
  }
}
