<?php
// Arrays and texts as arguments.
declare(strict_types=1);

/** Deletes unknown jobs: the answer has an item for each job id that arrived, in order. */
$arrayOf = fn (array $ids) => function (Clm $clm) use ($ids): void {
    $answer = $clm->call('deleteAsyncOperationJobRecords', ['job_ids' => $clm->arrayOf($ids)]);
    same('errorCode', $answer->errorCode, 0);
    same(
        'items',
        array_map(fn ($item) => [$item->id, $item->errorCode], items($answer->items)),
        array_map(fn ($id) => [$id, 20], $ids),
    );
};

/** The text comes back as it went, in the answer and from the list. */
$keeps = fn (string $name, ?string $text) => function (Clm $clm) use ($name, $text): void {
    $group = $clm->group($name);
    same('the answer', $clm->add($group, 'a', $text)->errorMessage, $text);
    [$record] = items($clm->page($group, 0, 10)->items);
    same('the list', $record->errorMessage, $text);
};

return [
    'array-0' => $arrayOf([]),
    'array-1' => $arrayOf(['no-such-job-0']),
    'array-3' => $arrayOf(['no-such-job-0', 'no-such-job-1', 'no-such-job-2']),

    'empty-text' => $keeps('empty-text', ''),
    'null-text' => $keeps('null-text', null),
    'null-structure' => function (Clm $clm): void {
        [$record] = items($clm->page('page-one', 0, 1)->items);
        same('status', $record->status, null);
    },
    'white-space' => $keeps('white-space', "  two before,\ttab,\n\nnew lines,   three within, two after  "),
    'carriage-return' => $keeps('carriage-return', "one\r\ntwo\rthree"),
    'unicode' => function (Clm $clm): void {
        $text = "Zażółć gęślą jaźń, Ελλάδα, Кириллица, العربية, 日本語, \u{a0}\u{200b}\u{fffd}";
        $added = $clm->add("unicode-{$clm->user}", 'přepínač-日本', $text);
        same('the record', [$added->id, $added->errorMessage], ['přepínač-日本', $text]);
        $group = $clm->group('žluťoučký-日本');
        same('jobGroup', $clm->job($clm->start('fail', group: $group))->jobGroup, $group);
    },
    'unicode-beyond-bmp' => $keeps('unicode-beyond-bmp', "😀 𝔘𝔫𝔦 𠀋 👩‍👩‍👧 \u{10fffd}"),
    'xml-characters' => $keeps('xml-characters', '<a href="x">&amp; & \'b\' ]]> <!-- c --> <![CDATA[d]]></a>'),
    'long-text' => $keeps('long-text', str_repeat('0123456789abcdef', 5_760)),
];
