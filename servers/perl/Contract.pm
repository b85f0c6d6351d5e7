package Contract;

# What servers in Perl share, whatever the library: what they answer, their options, and how they start and end. It is the
# same as behaviours.ts, options.ts and standalone.ts of servers/contract.

use strict;
use warnings;
use Config;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use JSON::PP ();
use POSIX ();
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC CLOCK_REALTIME);

our @EXPORT_OK = qw($DOCUMENT $MOST_BYTES $ROOM $PUSH announce end_with fail greeting next_of options stream_at tag);

# The largest message that a server is set to accept.
our $MOST_BYTES = 64 * 1024 * 1024;

# The rest of the paths of rooms, and of what is sent by itself: messages per second, and bytes of each.
our $ROOM = qr/[0-9]{1,9}/;
our $PUSH = [rate => qr/[0-9]{1,5}(?:\.[0-9]{1,20})?/, size => qr/[0-9]{1,7}/];

my ($HOSTNAME, $PORT) = ('127.0.0.1', 8765);
my $PEM = 'give a PEM file with the certificate and its private key';

# What /json answers with: document.json in its shortest form, 1,024 bytes of UTF-8. JSON::PP would not keep the order.
our $DOCUMENT = do {
  open my $file, '<:raw', dirname(abs_path(__FILE__)) . '/../document.json' or die $!;
  local $/;
  my $json = <$file>;
  $json =~ s/("(?:[^"\\]|\\.)*")|\s+/$1 \/\/ ''/ge;
  $json;
};

# What /tag answers: the text with " - N" appended, N random in 0...999.
sub tag { $_[0] . ' - ' . int rand 1000 }

sub greeting {
  "wsmark server $_[0]: open a WebSocket at /echo, /tag, /json, /broadcast, /room/N, /push/RATE/SIZE\n";
}

# What is sent at a path of itself, evenly from now on.
sub stream_at { {rate => $_[0], size => $_[1], start => clock_gettime(CLOCK_MONOTONIC), sequence => 0} }

# How long it is until the next message of a stream is due, in seconds, and a function that makes it; the late are made up
# for.
sub next_of {
  my ($stream) = @_;
  my $wait = $stream->{start} + $stream->{sequence} / $stream->{rate} - clock_gettime(CLOCK_MONOTONIC);
  return (
    $wait > 0 ? $wait : 0,
    sub {
      my $head = sprintf '{"sequence":%d,"time":%d,"fill":"', $stream->{sequence}++, 1e6 * clock_gettime(CLOCK_REALTIME);
      my $left = $stream->{size} - length($head) - 2;
      return $head . ('x' x ($left > 0 ? $left : 0)) . '"}';
    }
  );
}

# Reads the options of a server, which are those of this process; wrong ones end it, and so does --help. What a server
# lacks is a hash of phrases.
sub options {
  my ($id, $library, $notes, $lacks) = @_;
  my %options = (hostname => $HOSTNAME, port => $PORT);
  my @words = map { /^(--\w+)=(.*)$/s ? ($1, $2) : $_ } @ARGV;
  while (@words) {
    my $option = shift @words;
    help($id, $library, $notes) if $option eq '--help';
    fail("Unknown option '$option'; give --port, --hostname, --tls, --deflate or --help")
      unless $option =~ /^--(port|hostname|tls|deflate)$/;
    my $name = $1;
    my $value = @words ? shift @words : '';
    fail("$option needs a value; give one, or leave the option out") if $value eq '';
    fail("$id has no $option, as $lacks->{$name}; leave it out")     if $lacks->{$name};
    check_port($value) if $name eq 'port';
    check_pem($value)  if $name eq 'tls';
    $value =~ s/^\[(.*)\]$/$1/ if $name eq 'hostname';
    if ($name eq 'deflate') {
      fail("Unknown --deflate '$value'; give takeover or no-takeover") unless $value =~ /^(?:no-)?takeover$/;
      fail("$id has no --deflate $value, as $lacks->{$value}; leave it out") if $lacks->{$value};
    }
    $options{$name} = $value;
  }
  return \%options;
}

sub help {
  my ($id, $library, $notes) = @_;
  print join "\n", "The wsmark server $id ($library)", '',
    "  --port N       port to listen on; 0 takes a free one (default $PORT)",
    "  --hostname H   host name or address to bind (default $HOSTNAME)",
    '  --tls FILE     encrypt the connections: PEM file of certificate and private key',
    '  --deflate M    compress messages where the client offers it: takeover or no-takeover',
    '  --help         this text', '', @$notes, '';
  exit 0;
}

sub check_port {
  my ($port) = @_;
  return if $port =~ /^[0-9]{1,5}$/ && $port <= 65535;
  fail("Cannot listen on port '$port'; give a --port from 0 to 65535, 0 for a free one");
}

sub check_pem {
  my ($path) = @_;
  open my $file, '<:raw', $path or fail("Cannot read --tls '$path': $!; $PEM");
  my $text = do { local $/; <$file> } // '';
  fail("--tls '$path' lacks one of the two: $PEM")
    unless $text =~ /^-----BEGIN CERTIFICATE-----/m && $text =~ /^-----BEGIN [A-Z ]*PRIVATE KEY-----/m;
  require IO::Socket::SSL;
  my $isPair = eval {
    IO::Socket::SSL::SSL_Context->new(SSL_server => 1, SSL_cert_file => $path, SSL_key_file => $path);
  };
  return if $isPair;
  my $reason = $@ || $IO::Socket::SSL::SSL_ERROR;
  $reason =~ s/\s+/ /g;
  fail("Cannot read --tls '$path': certificate and private key do not match or cannot be used: $reason; $PEM");
}

# Says that a server listens.
sub announce {
  my ($options, $port, $id, $library, $notes) = @_;
  my $host    = $options->{hostname} =~ /:/ ? "[$options->{hostname}]" : $options->{hostname};
  my $url     = sprintf '%s://%s:%d/', $options->{tls} ? 'wss' : 'ws', $host, $port;
  my $runtime = "perl $Config{version}";
  $| = 1;
  # A reader that went away must not take the server with it.
  $SIG{PIPE} = 'IGNORE';
  if (-t STDOUT) {
    print "$id at $url ($library, $runtime); Ctrl-C stops it\n";
    return;
  }
  print JSON::PP->new->encode({
    ready   => JSON::PP::true,
    url     => $url,
    pid     => $$,
    server  => $id,
    runtime => $runtime,
    library => $library,
    notes   => $notes,
  }), "\n";
}

# Says why a server cannot listen, and ends it.
sub end_with {
  my ($options, $error) = @_;
  my $where = "Cannot listen on $options->{hostname}, port $options->{port}: ";
  fail($where . 'it is taken; give another --port, or --port 0 for a free one') if $error =~ /in use/;
  fail($where . 'permission denied; give a --port above 1023') if $error =~ /denied/;
  fail($where . "not an address of this machine; give another --hostname, such as $HOSTNAME")
    if $error =~ /assign requested|not known|No address|resol/i;
  $error =~ s/ at \S+ line \d+.*//s;
  fail($where . "$error; check --hostname and --port");
}

# Ends the process with one line on stderr and exit code 2.
sub fail {
  print STDERR "$_[0]\n";
  POSIX::_exit(2);
}

1;
