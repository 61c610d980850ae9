<?php
declare(strict_types=1);

$unknownToken = ['token' => 'never-given', 'username' => null, 'timeout' => 0, 'sslEnabled' => false];

return [
    'bad-token' => function (Clm $clm) use ($unknownToken): void {
        $status = $clm->call('killAsyncOperation', ['token' => $unknownToken, 'job_id' => 'x']);
        same('errorCode', $status->errorCode, 10);
        true($status->errorMessage, str_starts_with($status->errorMessage, 'INVALID_TOKEN: '));
    },
    'fault-bad-token' => function (Clm $clm) use ($unknownToken): void {
        $call = fn () => $clm->call('getAsyncOperationJobRecords', ['token' => $unknownToken, 'job_id' => 'x']);
        fault($clm, 'Server.userException', '[10] INVALID_TOKEN', $call);
    },
    'fault-wrong-password' => function (Clm $clm): void {
        fault($clm, 'Server.userException', '[12] LOGIN_FAILED', fn () => $clm->login('wrong'));
    },
    'fault-unknown-program' => function (Clm $clm): void {
        $call = fn () => $clm->start('no-such-program');
        fault($clm, 'Server.userException', '[23] PROGRAM_NOT_FOUND', $call);
    },
    'fault-wrong-type' => function (Clm $clm): void {
        $clm->soap->spoilNext('max', 'many');
        fault($clm, 'Client', 'pageinfo/max', fn () => $clm->page('page-one', 0, 1));
    },
];
