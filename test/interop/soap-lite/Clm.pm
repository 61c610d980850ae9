package Clm;

# A SOAP::Lite client of the gateway, and the calls that several cases need.
use v5.28;
use warnings;
use SOAP::Lite;
use Time::HiRes qw(sleep time);

our $FOREVER = '600000';
my $NAMESPACE = 'http://clm.cisco.com';
my $PATIENCE_SECONDS = 15;

sub new {
    my ($class, $wsdl, $binding, $user, $password) = @_;
    my $endpoint = $wsdl =~ s/\?wsdl$//r;
    # SOAP::Lite makes stubs of rpc WSDLs without structures only: its users name the parameters themselves.
    my $soap = SOAP::Lite->soapversion($binding eq 'soap12' ? '1.2' : '1.1')->proxy($endpoint);
    if ($binding eq 'rpc') {
        $soap->ns($NAMESPACE)->on_action(sub {'""'});
    } else {
        $soap->default_ns($NAMESPACE)->on_action(sub { join '/', @_ });
    }
    # Faults are answers here: the cases look at them.
    $soap->on_fault(sub { my ($soap, $answer) = @_; ref $answer ? $answer : die $soap->transport->status . "\n" });
    my $self = bless {soap => $soap, binding => $binding, user => $user, password => $password}, $class;
    $self->{token} = $self->login($password)->result;
    return $self;
}

# SOAP::Lite guesses types by value: 40 is said to be an int. Only what is not ASCII, which it would
# send as base64, is said to be a string.
sub text {
    my ($name, $value) = @_;
    my $text = SOAP::Data->name($name => $value);
    return defined $value && $value =~ /[^\x00-\x7f]/ ? $text->type('string') : $text;
}

sub structure {
    my ($name, @members) = @_;
    return SOAP::Data->name($name => \SOAP::Data->value(@members));
}

# An array: SOAP's own in rpc; a structure of items in a document, and an empty element when it has none.
sub texts {
    my ($self, $name, @items) = @_;
    return SOAP::Data->name($name => [map { text(item => $_) } @items]) if $self->{binding} eq 'rpc';
    return SOAP::Data->name($name => '')->type('') if !@items;
    return structure($name, map { text(item => $_) } @items);
}

sub login {
    my ($self, $password) = @_;
    return $self->{soap}->call(
        'login',
        SOAP::Data->name(user => $self->{user}),
        SOAP::Data->name(password => $password),
        SOAP::Data->name(server_host => 'clm.example'),
        SOAP::Data->name(port => 8080),
        SOAP::Data->name(idle_timeout => 30),
        structure('eula', SOAP::Data->name(accepted => 'true')->type('boolean')),
    );
}

# Calls with the session's token; returns the answer whole.
sub call {
    my ($self, $operation, @parameters) = @_;
    my $token = $self->{token};
    my $sent = structure(
        'token',
        text(token => $token->{token}),
        text(username => $token->{username}),
        SOAP::Data->name(timeout => $token->{timeout}),
        SOAP::Data->name(sslEnabled => $token->{sslEnabled})->type('boolean'),
    );
    return $self->{soap}->call($operation, $sent, @parameters);
}

# A job group that no other program uses.
sub group { my ($self, $name) = @_; return "$self->{user}-$name" }

sub start_answer {
    my ($self, $program, $targets, $arguments, $group) = @_;
    my @lists = ($self->texts(targetIds => @{$targets // []}), $self->texts(arguments => @{$arguments // []}));
    return $self->call('asyncExecuteProgram', text(jobGroup => $group), SOAP::Data->name(programName => $program), @lists);
}

sub start { my $self = shift; return $self->start_answer(@_)->result }

sub job { my ($self, $id) = @_; return $self->call('getAsyncOperationJobRecords', SOAP::Data->name(job_id => $id))->result }

sub kill { my ($self, $id) = @_; return $self->call('killAsyncOperation', SOAP::Data->name(job_id => $id))->result }

sub add {
    my ($self, $group, $target, $message, $created) = @_;
    my $record = structure(
        'pidStatus',
        text(recordId => undef),
        text(jobId => $group),
        text(jobGroup => $group),
        text(id => $target),
        SOAP::Data->name(errorCode => 7),
        text(errorMessage => $message),
        text(username => undef),
        SOAP::Data->name(created => $created),
        text(status => undef),
    );
    return $self->call('addPersistentIDStatus', $record)->result;
}

# A page: the answer, whose items are read by path, as SOAP::Lite's users read repeated elements.
sub page {
    my ($self, $group, $offset, $max) = @_;
    my $pageinfo = structure('pageinfo', SOAP::Data->name(offset => $offset), SOAP::Data->name(max => $max));
    return $self->call('listPersistentIDStatusByGroup', text(jobGroup => $group), $pageinfo);
}

sub until_status {
    my ($self, $id, $name) = @_;
    return until_true("job $id is $name", sub { my $job = $self->job($id); $job->{statusName} eq $name && $job });
}

sub until_true {
    my ($what, $ask) = @_;
    my $deadline = time + $PATIENCE_SECONDS;
    while (time < $deadline) {
        my $answer = $ask->();
        return $answer if $answer;
        sleep 0.02;
    }
    die "$what: not within $PATIENCE_SECONDS s\n";
}

1;
