import assert from 'node:assert/strict';
import type { ArrayOf, ClmClient } from './clm-client.ts';

/** The items of an array. In rpc the package gives the item itself for one. */
export function items<T>(array: ArrayOf<T>): readonly T[] {
  const item = array?.item ?? [];
  return Array.isArray(item) ? item : [item as T];
}

interface Fault11 {
  readonly faultcode: string;
  readonly faultstring: string;
}

interface Fault12 {
  readonly Code: { readonly Value: string; readonly Subcode?: { readonly Value: string } };
  readonly Reason: { readonly Text: { readonly $value: string } };
}

interface SoapError {
  readonly root?: { readonly Envelope: { readonly Body: { readonly Fault: object } } };
}

/** The call is answered by a fault of that kind, with `text` within its message and no detail. */
export async function fault(
  clm: ClmClient,
  kind: 'Client' | 'Server.userException',
  text: string,
  call: () => Promise<unknown>,
): Promise<void> {
  const outcome = await call().then(
    (answer) => ({ answer }),
    (error: SoapError) => error,
  );
  if (!('root' in outcome) || !outcome.root) throw new Error(`no fault but ${JSON.stringify(outcome)}`);
  const { Fault } = outcome.root.Envelope.Body;
  if (clm.binding !== 'soap12') {
    const { faultcode, faultstring, ...rest } = Fault as Fault11;
    assert.equal(faultcode, `soap:${kind}`);
    assert.ok(faultstring.includes(text), faultstring);
    assert.deepEqual(rest, {});
  } else {
    const { Code, Reason, ...rest } = Fault as Fault12;
    const subcode = kind === 'Client' ? undefined : `axis:${kind}`;
    assert.equal(Code.Value, kind === 'Client' ? 'soap:Sender' : 'soap:Receiver');
    assert.equal(Code.Subcode?.Value, subcode);
    assert.ok(Reason.Text.$value.includes(text), Reason.Text.$value);
    assert.deepEqual(rest, {});
  }
}
