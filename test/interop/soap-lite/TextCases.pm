package TextCases;

# Arrays and texts as arguments.
use v5.28;
use warnings;
use utf8;
use Clm;
use Expect;

# Deletes unknown jobs: the answer has an item for each job id that arrived, in order.
sub array_of {
    my @ids = @_;
    return sub {
        my ($clm) = @_;
        my $answer = $clm->call('deleteAsyncOperationJobRecords', $clm->texts(job_ids => @ids));
        same('errorCode', $answer->result->{errorCode}, 0);
        my @items = map { [$_->{id}, $_->{errorCode}] } $answer->valueof('//items/item');
        same('items', \@items, [map { [$_, 20] } @ids]);
    };
}

# The text comes back as it went, in the answer and from the list.
sub keeps {
    my ($name, $text) = @_;
    return $name => sub {
        my ($clm) = @_;
        my $group = $clm->group($name);
        same('the answer', $clm->add($group, 'a', $text)->{errorMessage}, $text);
        my ($listed) = $clm->page($group, 0, 10)->valueof('//items/item');
        same('the list', $listed->{errorMessage}, $text);
    };
}

sub null_structure {
    my ($clm) = @_;
    my ($record) = $clm->page('page-one', 0, 1)->valueof('//items/item');
    true('status is a member', exists $record->{status});
    same('status', $record->{status}, undef);
}

sub unicode {
    my ($clm) = @_;
    my $text = "Zażółć gęślą jaźń, Ελλάδα, Кириллица, العربية, 日本語, \x{a0}\x{200b}\x{fffd}";
    my $added = $clm->add("unicode-$clm->{user}", 'přepínač-日本', $text);
    same('the record', [@$added{qw(id errorMessage)}], ['přepínač-日本', $text]);
    my $group = $clm->group('žluťoučký-日本');
    same('jobGroup', $clm->job($clm->start('fail', [], [], $group))->{jobGroup}, $group);
}

sub all {
    return [
        'array-0' => array_of(),
        'array-1' => array_of('no-such-job-0'),
        'array-3' => array_of('no-such-job-0', 'no-such-job-1', 'no-such-job-2'),
        keeps('empty-text', ''),
        keeps('null-text', undef),
        'null-structure' => \&null_structure,
        keeps('white-space', "  two before,\ttab,\n\nnew lines,   three within, two after  "),
        keeps('carriage-return', "one\r\ntwo\rthree"),
        'unicode' => \&unicode,
        keeps('unicode-beyond-bmp', "😀 𝔘𝔫𝔦 𠀋 👩‍👩‍👧 \x{10fffd}"),
        keeps('xml-characters', q{<a href="x">&amp; & 'b' ]]> <!-- c --> <![CDATA[d]]></a>}),
        keeps('long-text', '0123456789abcdef' x 5_760),
    ];
}

1;
