package PageCases;

use v5.28;
use warnings;
use Clm;
use Expect;
use Time::Local qw(timegm_modern);

# Checks one whole page of records with targets from $first on; returns its first record.
sub page_of {
    my ($clm, $group, $offset, $max, $total, $first, $count) = @_;
    my $answer = $clm->page($group, $offset, $max);
    my $page = $answer->result;
    same('status', [@{$page->{status}}{qw(errorCode errorMessage)}], [0, undef]);
    same('pagination', [@{$page->{pagination}}{qw(offset max)}], [$offset, $max]);
    same('total', $page->{total}, $total);
    my @records = $answer->valueof('//items/item');
    same('targets', [map { $_->{id} } @records], [map {"target-$_"} $first .. $first + $count - 1]);
    true('items is there', defined $page->{items});
    return $records[0];
}

sub add {
    my ($clm) = @_;
    my $group = $clm->group('add');
    my $added = $clm->add($group, 'switch-1', 'no answer');
    true('recordId is a text', length $added->{recordId});
    same(
        'the record',
        [@$added{qw(jobId jobGroup id errorCode errorMessage username)}],
        [$group, $group, 'switch-1', 7, 'no answer', $clm->{user}],
    );
    same('its status', [@{$added->{status}}{qw(errorCode errorMessage)}], [0, undef]);
    my ($listed) = $clm->page($group, 0, 10)->valueof('//items/item');
    same('listed', [@$listed{qw(recordId created)}], [@$added{qw(recordId created)}]);
}

sub date_time {
    my ($clm) = @_;
    # SOAP::Lite has no type for times: it passes the text on.
    my $created = $clm->add($clm->group('date-time'), 'a', undef, '1999-12-31T23:30:00-05:00')->{created};
    my ($year, $month, @rest) = $created =~ /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.\d{3}Z$/;
    true("$created is a time", defined $year);
    my $time = timegm_modern(reverse(@rest), $month - 1, $year);
    true("$created is near now", abs($time - time) < 60);
}

sub all {
    return [
        'page-none' => sub { my ($clm) = @_; page_of($clm, $clm->group('nothing'), 0, 100, 0, 1, 0) },
        'page-one' => sub {
            my $record = page_of(@_, 'page-one', 0, 100, 1, 1, 1);
            same(
                'the record',
                [@$record{qw(jobId jobGroup errorCode errorMessage username)}],
                ['job-of-page-one', 'page-one', 1, 'message 1', 'interop'],
            );
        },
        'page-three' => sub { page_of(@_, 'page-three', 0, 100, 3, 1, 3) },
        'page-250' => sub {
            page_of(@_, 'page-250', 0, 100, 250, 1, 100);
            page_of(@_, 'page-250', 100, 100, 250, 101, 100);
            page_of(@_, 'page-250', 200, 100, 250, 201, 50);
        },
        'page-past-end' => sub { page_of(@_, 'page-three', 3, 100, 3, 1, 0) },
        'page-max-0' => sub { page_of(@_, 'page-three', 0, 0, 3, 1, 0) },
        'page-all' => sub { page_of(@_, 'page-250', 0, -1, 250, 1, 250) },
        'invalid-pagination' => sub {
            my ($clm) = @_;
            my $answer = $clm->page('page-three', -1, 10);
            my $page = $answer->result;
            same('errorCode', $page->{status}{errorCode}, 30);
            same('pagination', [@{$page->{pagination}}{qw(offset max)}], [-1, 10]);
            same('items', [$answer->valueof('//items/item')], []);
        },
        'add' => \&add,
        'date-time' => \&date_time,
    ];
}

1;
