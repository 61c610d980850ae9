package JobCases;

use v5.28;
use warnings;
use utf8;
use Clm;
use Expect;

sub set_comment {
    my ($clm, $id, $comment) = @_;
    my $status = $clm->call('setAsyncOperationJobComment', SOAP::Data->name(job_id => $id), Clm::text(comment => $comment));
    same('errorCode', $status->result->{errorCode}, 0);
    return $clm->job($id)->{comment};
}

sub list {
    my ($clm, $operation, $all_users) = @_;
    return $clm->call($operation, SOAP::Data->name(include_all_user => $all_users)->type('boolean'));
}

sub watch {
    my ($clm) = @_;
    my @targets = qw(one two three);
    my $id = $clm->start('walk', \@targets, [40]);
    my @seen;
    Clm::until_true('the job is not found any more', sub {
        my $answer = $clm->call('getAsyncOperationStatus', SOAP::Data->name(taskID => $id));
        my $status = $answer->result;
        return 1 if $status->{errorCode} == 20;
        same('targetIds', [$answer->valueof('//targetIds/item')], \@targets);
        my @progress = $answer->valueof('//progress/item');
        same('a percentage for each', scalar @progress, 3);
        push @seen, $status->{overallPercentage};
        return 0;
    });
    true('it was seen at work', @seen > 0);
    same('progress, which only grows,', \@seen, [sort { $a <=> $b } @seen]);
    my $job = $clm->job($id);
    same('the job', [@$job{qw(status statusName overallPercentage)}], [2, 'Complete', 100]);
    true("completed is a time: $job->{completed}", $job->{completed} ge $job->{created});
}

sub delete_jobs {
    my ($clm) = @_;
    my $group = $clm->group('delete');
    my $ended = $clm->start('walk', ['a'], [0], $group);
    my $running = $clm->start('walk', ['a'], [$Clm::FOREVER]);
    $clm->until_status($ended, 'Complete');
    same('records', $clm->page($group, 0, -1)->result->{total}, 1);
    my $answer = $clm->call('deleteAsyncOperationJobRecords', $clm->texts(job_ids => $ended, $running, 'no-such-job'));
    $clm->kill($running);
    same('errorCode', $answer->result->{errorCode}, 0);
    my @items = map { [$_->{id}, $_->{errorCode}] } $answer->valueof('//items/item');
    same('items', \@items, [[$ended, 0], [$running, 21], ['no-such-job', 20]]);
    same('the job', $clm->job($ended), undef);
    same('records', $clm->page($group, 0, -1)->result->{total}, 0);
}

sub all {
    return [
        'start' => sub {
            my ($clm) = @_;
            my $group = $clm->group('start');
            my $id = $clm->start('walk', [qw(a b c)], [0], $group);
            my $job = $clm->job($id);
            same('the job', [@$job{qw(jobId jobGroup operation username)}], [$id, $group, 'walk', $clm->{user}]);
        },
        'start-without-group' => sub {
            my ($clm) = @_;
            my $id = $clm->start('walk');
            same('jobGroup', $clm->job($id)->{jobGroup}, $id);
        },
        'watch' => \&watch,
        'failed-job' => sub {
            my ($clm) = @_;
            my $id = $clm->start('fail', [], ['the disk is full']);
            same('errorMessage', $clm->until_status($id, 'Failed')->{errorMessage}, 'the disk is full');
        },
        'kill' => sub {
            my ($clm) = @_;
            my $id = $clm->start('walk', ['a'], [$Clm::FOREVER]);
            $clm->until_status($id, 'Running');
            same('the first', $clm->kill($id)->{errorCode}, 0);
            same('status', $clm->until_status($id, 'Killed')->{status}, 4);
            same('the second', $clm->kill($id)->{errorCode}, 22);
        },
        'null-job' => sub { my ($clm) = @_; same('the job', $clm->job('no-such-job'), undef) },
        'list-running' => sub {
            my ($clm) = @_;
            my ($ended, $running) = ($clm->start('fail'), $clm->start('walk', ['a'], [$Clm::FOREVER]));
            $clm->until_status($ended, 'Failed');
            $clm->until_status($running, 'Running');
            my $answer = list($clm, 'listRunningAsyncOperationJobRecords', 'false');
            $clm->kill($running);
            same('jobs', [$answer->valueof('//items/item/clmJob/jobId')], [$running]);
        },
        'list-all' => sub {
            my ($clm) = @_;
            my $id = $clm->start('fail');
            $clm->until_status($id, 'Failed');
            my $answer = list($clm, 'listAllAsyncOperationJobRecords', 'false');
            same('errorCode', $answer->result->{errorCode}, 0);
            my @jobs = $answer->valueof('//items/item/clmJob');
            true('the job is in it', grep { $_->{jobId} eq $id } @jobs);
            same("others' jobs", [grep { $_->{username} ne $clm->{user} } @jobs], []);
        },
        'all-users-refused' => sub {
            my ($clm) = @_;
            my $answer = list($clm, 'listAllAsyncOperationJobRecords', 'true');
            same('errorCode', $answer->result->{errorCode}, 13);
            same('items', [$answer->valueof('//items/item')], []);
        },
        'comment' => sub { my ($clm) = @_; same('comment', set_comment($clm, $clm->start('fail'), 'ask José'), 'ask José') },
        'comment-cleared' => sub {
            my ($clm) = @_;
            my $id = $clm->start('fail');
            set_comment($clm, $id, 'soon gone');
            same('comment', set_comment($clm, $id, undef), undef);
        },
        'delete' => \&delete_jobs,
    ];
}

1;
