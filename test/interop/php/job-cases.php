<?php
declare(strict_types=1);

const FOREVER = '600000';

$setComment = function (Clm $clm, string $id, ?string $comment): ?string {
    $status = $clm->call('setAsyncOperationJobComment', ['job_id' => $id, 'comment' => $comment]);
    same('errorCode', $status->errorCode, 0);
    return $clm->job($id)->comment;
};

return [
    'start' => function (Clm $clm): void {
        $group = $clm->group('start');
        $id = $clm->start('walk', ['a', 'b', 'c'], ['0'], $group);
        $job = $clm->job($id);
        same(
            'the job',
            [$job->jobId, $job->jobGroup, $job->operation, $job->username],
            [$id, $group, 'walk', $clm->user],
        );
    },
    'start-without-group' => function (Clm $clm): void {
        $id = $clm->start('walk');
        same('jobGroup', $clm->job($id)->jobGroup, $id);
    },
    'watch' => function (Clm $clm): void {
        $targets = ['one', 'two', 'three'];
        $id = $clm->start('walk', $targets, ['40']);
        $seen = [];
        $ask = function () use ($clm, $id, $targets, &$seen): stdClass {
            $status = $clm->call('getAsyncOperationStatus', ['taskID' => $id]);
            if ($status->errorCode === 0) {
                same('targetIds', items($status->targetIds), $targets);
                same('a percentage for each', count(items($status->progress)), 3);
                $seen[] = $status->overallPercentage;
            }
            return $status;
        };
        Clm::until('the job is not found any more', $ask, fn ($status) => $status->errorCode === 20);
        $sorted = $seen;
        sort($sorted);
        true('progress only grows: ' . json_encode($seen), $seen !== [] && $seen === $sorted);
        $job = $clm->job($id);
        same('the job', [$job->status, $job->statusName, $job->overallPercentage], [2, 'Complete', 100]);
        true('completed is a time', new DateTimeImmutable($job->completed) >= new DateTimeImmutable($job->created));
    },
    'failed-job' => function (Clm $clm): void {
        $id = $clm->start('fail', [], ['the disk is full']);
        same('errorMessage', $clm->untilStatus($id, 'Failed')->errorMessage, 'the disk is full');
    },
    'kill' => function (Clm $clm): void {
        $id = $clm->start('walk', ['a'], [FOREVER]);
        $clm->untilStatus($id, 'Running');
        same('the first', $clm->kill($id)->errorCode, 0);
        same('status', $clm->untilStatus($id, 'Killed')->status, 4);
        same('the second', $clm->kill($id)->errorCode, 22);
    },
    'null-job' => function (Clm $clm): void {
        same('the job', $clm->job('no-such-job'), null);
    },
    'list-running' => function (Clm $clm): void {
        [$ended, $running] = [$clm->start('fail'), $clm->start('walk', ['a'], [FOREVER])];
        $clm->untilStatus($ended, 'Failed');
        $clm->untilStatus($running, 'Running');
        $answer = $clm->call('listRunningAsyncOperationJobRecords', ['include_all_user' => false]);
        $clm->kill($running);
        same('jobs', array_map(fn ($item) => $item->clmJob->jobId, items($answer->items)), [$running]);
    },
    'list-all' => function (Clm $clm): void {
        $id = $clm->start('fail');
        $clm->untilStatus($id, 'Failed');
        $answer = $clm->call('listAllAsyncOperationJobRecords', ['include_all_user' => false]);
        same('errorCode', $answer->errorCode, 0);
        $jobs = array_map(fn ($item) => $item->clmJob, items($answer->items));
        true('the job is in it', in_array($id, array_column($jobs, 'jobId'), true));
        same('owners', array_values(array_unique(array_column($jobs, 'username'))), [$clm->user]);
    },
    'all-users-refused' => function (Clm $clm): void {
        $answer = $clm->call('listAllAsyncOperationJobRecords', ['include_all_user' => true]);
        same('errorCode', $answer->errorCode, 13);
        same('items', items($answer->items), []);
    },
    'comment' => function (Clm $clm) use ($setComment): void {
        same('comment', $setComment($clm, $clm->start('fail'), 'ask José'), 'ask José');
    },
    'comment-cleared' => function (Clm $clm) use ($setComment): void {
        $id = $clm->start('fail');
        $setComment($clm, $id, 'soon gone');
        same('comment', $setComment($clm, $id, null), null);
    },
    'delete' => function (Clm $clm): void {
        $group = $clm->group('delete');
        [$ended, $running] = [$clm->start('walk', ['a'], ['0'], $group), $clm->start('walk', ['a'], [FOREVER])];
        $clm->untilStatus($ended, 'Complete');
        same('records', $clm->page($group, 0, -1)->total, 1);
        $answer = $clm->call('deleteAsyncOperationJobRecords', [
            'job_ids' => $clm->arrayOf([$ended, $running, 'no-such-job']),
        ]);
        $clm->kill($running);
        same('errorCode', $answer->errorCode, 0);
        same(
            'items',
            array_map(fn ($item) => [$item->id, $item->errorCode], items($answer->items)),
            [[$ended, 0], [$running, 21], ['no-such-job', 20]],
        );
        same('the job', $clm->job($ended), null);
        same('records', $clm->page($group, 0, -1)->total, 0);
    },
];
