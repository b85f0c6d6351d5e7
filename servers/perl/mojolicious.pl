# Mojolicious on its own server, without a framework around it. On its own: `perl servers/perl/mojolicious.pl --port 8765`

use Mojolicious::Lite -signatures;
use File::Basename qw(dirname);
use Mojo::IOLoop;
use Mojo::Server::Daemon;
use Mojo::Util qw(url_escape);
use Mojo::WebSocket qw(WS_BINARY WS_TEXT);
use POSIX ();

use lib dirname(__FILE__);
use Contract qw($DOCUMENT $MOST_BYTES $ROOM $PUSH announce end_with greeting next_of options stream_at tag);

my $id      = 'mojolicious';
my $library = 'Mojolicious ' . Mojolicious->VERSION;
my $reactor = ref Mojo::IOLoop->singleton->reactor;
my $notes   = [
  "One process with one event loop, $reactor, on one of the machine's CPUs at most.",
  'Texts are passed on as the bytes that came: Mojolicious does not check that they are UTF-8.',
  'No compression unless a case asks for it, then of every message that is not empty, at level 6, its default.',
  'No logging, no idle timeout.',
  'TCP_NODELAY is set on every connection.',
  'Messages of up to 64 MiB.',
  'Replies that the client does not read are queued in memory without limit.',
];
my $options = options($id, $library, $notes, {'no-takeover' => 'it always keeps the context'});

# Who listens at which path.
my %rooms;

# Opens a connection, and calls a function with each message: its kind, text or binary, and its bytes.
sub converse ($c, $received) {
  my $tx = $c->tx;
  $tx->max_websocket_size($MOST_BYTES);
  $tx->with_compression if $options->{deflate};
  $c->inactivity_timeout(0);
  for my $kind (qw(text binary)) {
    $tx->on($kind => sub ($tx, $bytes) { $received->($tx, $kind, $bytes) });
  }
  $c->rendered(101);
}

# Mojolicious would compress a message that is empty to one that cannot be read.
sub pass_on ($tx, $kind, $bytes) {
  my $opcode = $kind eq 'text' ? WS_TEXT : WS_BINARY;
  $tx->send($bytes eq '' ? [1, 0, 0, 0, $opcode, ''] : {$kind => $bytes});
}

sub echo ($c) {
  converse($c, \&pass_on);
}

sub broadcast ($c) {
  my $path = $c->req->url->path->to_string;
  my $tx   = $c->tx;
  $rooms{$path}{$tx} = $tx;
  $tx->on(finish => sub {
    delete $rooms{$path}{$tx};
    delete $rooms{$path} unless %{$rooms{$path}};
  });
  converse($c, sub ($tx, $kind, $bytes) { pass_on($_, $kind, $bytes) for values %{$rooms{$path}} });
}

sub push_stream ($c) {
  my $tx     = $c->tx;
  my $stream = stream_at($c->param('rate'), $c->param('size'));
  my ($next, $timer);
  $next = sub {
    my ($wait, $make) = next_of($stream);
    $timer = Mojo::IOLoop->timer($wait => sub { $tx->send({text => $make->()}); $next->() });
  };
  $tx->on(finish => sub { Mojo::IOLoop->remove($timer); undef $next });
  converse($c, sub { });
  $next->();
}

websocket '/'     => \&echo;
websocket '/echo' => \&echo;
websocket '/tag'  => sub ($c) {
  converse($c, sub ($tx, $kind, $bytes) { $tx->send({text => tag($bytes)}) });
};
websocket '/json' => sub ($c) {
  converse($c, sub ($tx, @) { $tx->send({text => $DOCUMENT}) });
};
websocket '/broadcast'        => \&broadcast;
websocket '/room/:number'     => [number => $ROOM] => \&broadcast;
websocket '/push/#rate/:size' => $PUSH => \&push_stream;

sub ask_for_upgrade ($c) {
  $c->res->headers->upgrade('websocket')->connection('Upgrade');
  $c->render(text => "Open a WebSocket here\n", format => 'txt', status => 426);
}

get '/' => sub ($c) { $c->render(text => greeting($id), format => 'txt') };
get $_ => \&ask_for_upgrade for qw(/echo /tag /json /broadcast);
get '/room/:number'     => [number => $ROOM] => \&ask_for_upgrade;
get '/push/#rate/:size' => $PUSH => \&ask_for_upgrade;
any '/*rest' => sub ($c) { $c->render(text => "Not found\n", format => 'txt', status => 404) };

app->mode('production');
app->log->level('fatal');

my $tls    = $options->{tls} && url_escape $options->{tls};
my $host   = $options->{hostname} =~ /:/ ? "[$options->{hostname}]" : $options->{hostname};
my $listen = ($tls ? 'https' : 'http') . "://$host:$options->{port}" . ($tls ? "?cert=$tls&key=$tls" : '');
my $daemon = Mojo::Server::Daemon->new(
  app                => app,
  listen             => [$listen],
  silent             => 1,
  max_clients        => 100_000,
  inactivity_timeout => 0,
);
eval { $daemon->start; 1 } or end_with($options, $@);

# Perl's own handlers would wait for the next event.
my @signals = map { end_on($_) } qw(INT TERM);

sub end_on ($name) {
  my $end = sub { POSIX::_exit(0) };
  return $reactor eq 'Mojo::Reactor::EV' ? EV::signal($name, $end) : ($SIG{$name} = $end);
}

# A runner that was killed cannot send a signal any more, but its end of the pipe closes.
if (-p STDIN || -S STDIN) {
  my $loop = Mojo::IOLoop->singleton->reactor;
  $loop->io(\*STDIN => sub { sysread(STDIN, my $rest, 65536) or POSIX::_exit(0) });
  $loop->watch(\*STDIN, 1, 0);
}

announce($options, $daemon->ports->[0], $id, $library, $notes);
Mojo::IOLoop->start;
