import fc from 'fast-check';
import { type Damage, damages } from './damage.ts';
import { bytesOf, draftOf } from './request-draft.ts';

export interface MangledRequest {
  readonly bytes: Buffer;
  /** Whether it is whole as HTTP, however senseless: then it is owed an answer without another word. */
  readonly framed: boolean;
}

/** One of the requests with one to four things wrong with it; one in eight is broken below HTTP too. */
export function mangledRequest(requests: readonly Buffer[]): fc.Arbitrary<MangledRequest> {
  const drafts = requests.map(draftOf);
  const whole = fc
    .tuple(fc.constantFrom(...drafts), oneToFour(damages(drafts)))
    .map(([draft, changes]) => bytesOf(changes.reduce((changed, change: Damage) => change(changed), draft)));
  const framed = whole.map((bytes) => ({ bytes, framed: isFramed(bytes) }));
  const broken = fc
    .tuple(
      whole,
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([bytes, changes]) => ({ bytes: changes.reduce(overwrite, bytes), framed: false }));
  return fc.oneof({ weight: 7, arbitrary: framed }, { weight: 1, arbitrary: broken });
}

/** Mostly one: with each more, less of the gateway is reached. */
function oneToFour<T>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(each) },
    { weight: 1, arbitrary: fc.array(each, { minLength: 2, maxLength: 4 }) },
  );
}

/** Chunks have lost their sizes to what was done to them, and an answer may be waited for. */
function isFramed(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, bytes.indexOf('\r\n\r\n'));
  return !/\r\ntransfer-encoding:|[?&]wait=/i.test(head);
}

/** Sooner in the head than in the body, which is mangled enough. */
function overwrite(bytes: Buffer, [at, byte]: [number, number]): Buffer {
  const copy = Buffer.from(bytes);
  copy[Math.floor(at * Math.min(copy.length, 300))] = byte;
  return copy;
}
