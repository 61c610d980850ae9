<?php
declare(strict_types=1);

$targets = fn (int $first, int $count): array => array_map(
    fn (int $number) => "target-$number",
    $count === 0 ? [] : range($first, $first + $count - 1),
);

/** Checks one whole page. */
$pageOf = function (Clm $clm, string $group, int $offset, int $max, int $total, array $expected): stdClass {
    $page = $clm->page($group, $offset, $max);
    same('status', [$page->status->errorCode, $page->status->errorMessage], [0, null]);
    same('pagination', [$page->pagination->offset, $page->pagination->max], [$offset, $max]);
    same('total', $page->total, $total);
    same('targets', array_column(items($page->items), 'id'), $expected);
    return $page;
};

return [
    'page-none' => function (Clm $clm) use ($pageOf): void {
        $pageOf($clm, $clm->group('nothing'), 0, 100, 0, []);
    },
    'page-one' => function (Clm $clm) use ($pageOf, $targets): void {
        [$record] = items($pageOf($clm, 'page-one', 0, 100, 1, $targets(1, 1))->items);
        same(
            'the record',
            [$record->jobId, $record->jobGroup, $record->errorCode, $record->errorMessage, $record->username],
            ['job-of-page-one', 'page-one', 1, 'message 1', 'interop'],
        );
    },
    'page-three' => function (Clm $clm) use ($pageOf, $targets): void {
        $pageOf($clm, 'page-three', 0, 100, 3, $targets(1, 3));
    },
    'page-250' => function (Clm $clm) use ($pageOf, $targets): void {
        $pageOf($clm, 'page-250', 0, 100, 250, $targets(1, 100));
        $pageOf($clm, 'page-250', 100, 100, 250, $targets(101, 100));
        $pageOf($clm, 'page-250', 200, 100, 250, $targets(201, 50));
    },
    'page-past-end' => function (Clm $clm) use ($pageOf): void {
        $pageOf($clm, 'page-three', 3, 100, 3, []);
    },
    'page-max-0' => function (Clm $clm) use ($pageOf): void {
        $pageOf($clm, 'page-three', 0, 0, 3, []);
    },
    'page-all' => function (Clm $clm) use ($pageOf, $targets): void {
        $pageOf($clm, 'page-250', 0, -1, 250, $targets(1, 250));
    },
    'invalid-pagination' => function (Clm $clm): void {
        $page = $clm->page('page-three', -1, 10);
        same('errorCode', $page->status->errorCode, 30);
        same('pagination', [$page->pagination->offset, $page->pagination->max], [-1, 10]);
        same('items', items($page->items), []);
    },
    'add' => function (Clm $clm): void {
        $group = $clm->group('add');
        $added = $clm->add($group, 'switch-1', 'no answer');
        true('recordId is a text', is_string($added->recordId) && $added->recordId !== '');
        same(
            'the record',
            [$added->jobId, $added->jobGroup, $added->id, $added->errorCode, $added->errorMessage, $added->username],
            [$group, $group, 'switch-1', 7, 'no answer', $clm->user],
        );
        same('its status', [$added->status->errorCode, $added->status->errorMessage], [0, null]);
        [$listed] = items($clm->page($group, 0, 10)->items);
        same('listed', [$listed->recordId, $listed->created], [$added->recordId, $added->created]);
    },
    'date-time' => function (Clm $clm): void {
        // SoapClient has no type for times: it passes the text on.
        $longAgo = (new DateTimeImmutable('1999-12-31 23:30', new DateTimeZone('-05:00')))->format(DATE_RFC3339);
        $created = new DateTimeImmutable($clm->add($clm->group('date-time'), 'a', null, $longAgo)->created);
        same('offset', $created->getOffset(), 0);
        true("{$created->format('c')} is near now", abs($created->getTimestamp() - time()) < 60);
    },
];
