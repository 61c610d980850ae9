<?php
declare(strict_types=1);

return [
    'login' => function (Clm $clm): void {
        $token = $clm->token;
        true('token is a text', is_string($token->token) && strlen($token->token) >= 43);
        same('the rest', [$token->username, $token->timeout, $token->sslEnabled], [$clm->user, 30, false]);
    },
    'second-login' => function (Clm $clm): void {
        [$first, $clm->token] = [$clm->token, $clm->login($clm->password)];
        same('the first', $clm->call('logout', ['token' => $first])->errorCode, 10);
        same('the second', $clm->page('page-one', 0, 1)->status->errorCode, 0);
    },
    'logout' => function (Clm $clm): void {
        same('the first', $clm->call('logout')->errorCode, 0);
        same('the second', $clm->call('logout')->errorCode, 10);
    },
];
