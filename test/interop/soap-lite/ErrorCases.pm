package ErrorCases;

use v5.28;
use warnings;
use Clm;
use Expect;

sub all {
    return [
        'bad-token' => sub {
            my ($clm) = @_;
            local $clm->{token} = {token => 'never-given', timeout => 0, sslEnabled => 'false'};
            my $status = $clm->kill('x');
            same('errorCode', $status->{errorCode}, 10);
            true($status->{errorMessage}, $status->{errorMessage} =~ /^INVALID_TOKEN: /);
        },
        'fault-bad-token' => sub {
            my ($clm) = @_;
            local $clm->{token} = {token => 'never-given', timeout => 0, sslEnabled => 'false'};
            my $answer = $clm->call('getAsyncOperationJobRecords', SOAP::Data->name(job_id => 'x'));
            fault($clm, 'Server.userException', '[10] INVALID_TOKEN', $answer);
        },
        'fault-wrong-password' => sub {
            my ($clm) = @_;
            fault($clm, 'Server.userException', '[12] LOGIN_FAILED', $clm->login('wrong'));
        },
        'fault-unknown-program' => sub {
            my ($clm) = @_;
            fault($clm, 'Server.userException', '[23] PROGRAM_NOT_FOUND', $clm->start_answer('no-such-program'));
        },
        # SOAP::Lite lets anything out.
        'fault-wrong-type' => sub {
            my ($clm) = @_;
            fault($clm, 'Client', 'pageinfo/max', $clm->page('page-one', 0, 'many'));
        },
    ];
}

1;
