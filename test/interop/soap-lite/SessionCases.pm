package SessionCases;

use v5.28;
use warnings;
use Clm;
use Expect;

sub all {
    return [
        'login' => sub {
            my ($clm) = @_;
            my $token = $clm->{token};
            true('token is a text', length $token->{token} >= 43);
            # A boolean whose type is not in the message is a text to SOAP::Lite.
            my $false = $clm->{binding} eq 'rpc' ? 0 : 'false';
            same('the rest', [@$token{qw(username timeout sslEnabled)}], [$clm->{user}, 30, $false]);
        },
        'second-login' => sub {
            my ($clm) = @_;
            my ($first, $second) = ($clm->{token}, $clm->login($clm->{password})->result);
            same('the first', $clm->call('logout')->result->{errorCode}, 10);
            $clm->{token} = $second;
            same('the second', $clm->page('page-one', 0, 1)->result->{status}{errorCode}, 0);
        },
        'logout' => sub {
            my ($clm) = @_;
            same('the first', $clm->call('logout')->result->{errorCode}, 0);
            same('the second', $clm->call('logout')->result->{errorCode}, 10);
        },
    ];
}

1;
