package Expect;

# What the cases check with.
use v5.28;
use warnings;
use Exporter 'import';
use JSON::PP;

our @EXPORT = qw(same true fault toolkit_fault);

# As strings: SOAP::Lite has no other type for what it reads.
my $json = JSON::PP->new->ascii->canonical->allow_nonref;

sub shown {
    my ($value) = @_;
    return $json->encode(ref $value ? [map { shown($_) } @$value] : defined $value ? "$value" : undef);
}

sub same {
    my ($what, $actual, $expected) = @_;
    ($actual, $expected) = map { shown($_) } $actual, $expected;
    die sprintf "%s is %.200s, not %.200s\n", $what, $actual, $expected if $actual ne $expected;
}

sub true {
    my ($what, $value) = @_;
    die "not so: $what\n" if !$value;
}

# The gateway was right, as the quoted bytes show; the toolkit was not.
sub toolkit_fault {
    my ($bytes) = @_;
    die bless \$bytes, 'ToolkitFault';
}

# The answer is a fault of that kind, with $text within its message and no detail.
sub fault {
    my ($clm, $kind, $text, $answer) = @_;
    die "no fault\n" if !$answer->fault;
    my $message;
    if ($clm->{binding} eq 'soap12') {
        my $client = $kind eq 'Client';
        my $fault = '/Envelope/Body/Fault';
        same('Code', $answer->valueof("$fault/Code/Value"), $client ? 'soap:Sender' : 'soap:Receiver');
        same('Subcode', scalar $answer->valueof("$fault/Code/Subcode/Value"), $client ? undef : "axis:$kind");
        same('Detail', scalar $answer->valueof("$fault/Detail"), undef);
        $message = $answer->valueof("$fault/Reason/Text");
    } else {
        same('faultcode', $answer->faultcode, "soap:$kind");
        same('detail', $answer->faultdetail, undef);
        $message = $answer->faultstring;
    }
    true("'$text' in '$message'", index($message, $text) >= 0);
}

1;
