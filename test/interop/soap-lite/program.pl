# Runs the interop cases with SOAP::Lite: program.pl WSDL BINDING USER PASSWORD. Prints a JSON line a case.
use v5.28;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::PP;

use Clm;
use ErrorCases;
use JobCases;
use PageCases;
use SessionCases;
use TextCases;

my $clm = Clm->new(@ARGV);
my $json = JSON::PP->new->ascii->canonical;
# The sessions come last: among them are those that end the others' session.
for my $cases (JobCases::all(), PageCases::all(), TextCases::all(), ErrorCases::all(), SessionCases::all()) {
    while (my ($name, $run) = splice @$cases, 0, 2) {
        my $passed = eval { $run->($clm); 1 };
        my ($outcome, $detail) = $passed ? ('pass', '') : ('fail', "$@");
        ($outcome, $detail) = ('toolkit', ${$@}) if !$passed && ref $@ eq 'ToolkitFault';
        say $json->encode({case => $name, outcome => $outcome, detail => $detail});
    }
}
