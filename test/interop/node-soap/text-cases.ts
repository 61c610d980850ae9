import assert from 'node:assert/strict';
import type { Case, Cases } from './case.ts';
import type { ArrayOf, Status } from './clm-client.ts';
import { items } from './expect.ts';

/** Arrays and texts as arguments. */
export const TEXT_CASES: Cases = {
  'array-0': arrayOf([]),
  'array-1': arrayOf(['no-such-job-0']),
  'array-3': arrayOf(['no-such-job-0', 'no-such-job-1', 'no-such-job-2']),

  'empty-text': keeps('empty-text', ''),
  'null-text': keeps('null-text', null),
  async 'null-structure'(clm) {
    const [record] = items((await clm.page('page-one', 0, 1)).items);
    assert.ok(record);
    assert.equal(record.status, undefined);
  },
  'white-space': keeps('white-space', '  two before,\ttab,\n\nnew lines,   three within, two after  '),
  'carriage-return': keeps('carriage-return', 'one\r\ntwo\rthree'),
  async unicode(clm) {
    const text = 'Zażółć gęślą jaźń, Ελλάδα, Кириллица, العربية, 日本語, \u00a0\u200b\ufffd';
    const added = await clm.add(`unicode-${clm.user}`, 'přepínač-日本', text);
    assert.deepEqual([added.id, added.errorMessage], ['přepínač-日本', text]);
    const group = clm.group('žluťoučký-日本');
    assert.equal((await clm.job(await clm.start('fail', [], [], group)))?.jobGroup, group);
  },
  'unicode-beyond-bmp': keeps('unicode-beyond-bmp', '😀 𝔘𝔫𝔦 𠀋 👩‍👩‍👧 \u{10fffd}'),
  'xml-characters': keeps('xml-characters', `<a href="x">&amp; & 'b' ]]> <!-- c --> <![CDATA[d]]></a>`),
  'long-text': keeps('long-text', '0123456789abcdef'.repeat(5_760)),
};

/** Deletes unknown jobs: the answer has an item for each job id that arrived, in order. */
function arrayOf(ids: string[]): Case {
  return async (clm) => {
    const answer = await clm.call<Status & { items: ArrayOf<Status & { id: string }> }>(
      'deleteAsyncOperationJobRecords',
      { job_ids: { item: ids } },
    );
    assert.equal(answer.errorCode, 0);
    assert.deepEqual(
      items(answer.items).map(({ id, errorCode }) => [id, errorCode]),
      ids.map((id) => [id, 20]),
    );
  };
}

/** The text comes back as it went, in the answer and from the list. */
function keeps(name: string, text: string | null): Case {
  return async (clm) => {
    const group = clm.group(name);
    const expected = text ?? undefined;
    assert.equal((await clm.add(group, 'a', text)).errorMessage, expected);
    const [record] = items((await clm.page(group, 0, 10)).items);
    assert.ok(record);
    assert.equal(record.errorMessage, expected);
  };
}
