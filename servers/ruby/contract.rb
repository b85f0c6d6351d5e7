# frozen_string_literal: true

require 'json'
require 'openssl'
require 'socket'

# What servers in Ruby share, whatever the library: what they answer, their options, and how they start and end. It is the
# same as behaviours.ts, options.ts and standalone.ts of servers/contract.
module Contract
  # The largest message that a server is set to accept.
  MOST_BYTES = 64 * 1024 * 1024

  # What /json answers with: document.json in its shortest form, 1,024 bytes of UTF-8.
  DOCUMENT = JSON.generate(JSON.parse(File.read(File.join(__dir__, '..', 'document.json'))))

  PATHS = { '/' => :echo, '/echo' => :echo, '/tag' => :tag, '/json' => :json, '/broadcast' => :broadcast }.freeze
  ROOM = %r{\A/room/[0-9]{1,9}\z}.freeze

  # What is sent by itself: messages per second, and bytes of each.
  PUSH = %r{\A/push/([0-9]{1,5}(?:\.[0-9]{1,20})?)/([0-9]{1,7})\z}.freeze

  HOSTNAME = '127.0.0.1'
  PORT = 8765
  PEM = 'give a PEM file with the certificate and its private key'
  OPTIONS = <<~TEXT.gsub(/^/, '  ')
    --port N       port to listen on; 0 takes a free one (default #{PORT})
    --hostname H   host name or address to bind (default #{HOSTNAME})
    --tls FILE     encrypt the connections: PEM file of certificate and private key
    --deflate M    compress messages where the client offers it: takeover or no-takeover
    --help         this text
  TEXT

  # Where a server listens; tls is the path of a PEM file, or nil.
  Address = Struct.new(:hostname, :port, :tls, :deflate) do
    def url(actual_port)
      host = hostname.include?(':') ? "[#{hostname}]" : hostname
      "#{tls ? 'wss' : 'ws'}://#{host}:#{actual_port}/"
    end
  end

  # Messages of a path of PUSH, evenly from now on; those that are late are made up for.
  class Stream
    def initialize(path)
      @rate, @size = PUSH.match(path).captures.map(&:to_f)
      @start = Contract.now
      @sequence = 0
    end

    # How long it is until the next message is due, in seconds.
    def wait
      [0.0, @start + (@sequence / @rate) - Contract.now].max
    end

    # JSON with its number, and the time at which it is made in whole microseconds since 1970.
    def next
      time = Process.clock_gettime(Process::CLOCK_REALTIME, :microsecond)
      head = "{\"sequence\":#{@sequence},\"time\":#{time},\"fill\":\""
      @sequence += 1
      "#{head}#{'x' * [0, @size.to_i - head.length - 2].max}\"}"
    end
  end

  module_function

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end

  # What a path without a query asks for; nil if it is unknown.
  def behaviour_at(path)
    return :broadcast if ROOM.match?(path)

    PUSH.match?(path) ? :push : PATHS[path]
  end

  # What /tag answers: the text with " - N" appended, N random in 0...999.
  def tag(text)
    "#{text} - #{rand(1000)}"
  end

  # Status, fields and text that a request gets which opens no WebSocket, as Rack has them.
  def answer(id, path)
    return plain(404, "Not found\n") if behaviour_at(path).nil?
    return plain(200, greeting(id)) if path == '/'

    plain(426, "Open a WebSocket here\n", { 'Upgrade' => 'websocket', 'Connection' => 'Upgrade' })
  end

  def plain(status, text, fields = {})
    own = { 'Content-Type' => 'text/plain; charset=utf-8', 'Content-Length' => text.bytesize.to_s }
    [status, own.merge(fields), [text]]
  end

  def greeting(id)
    "wsmark server #{id}: open a WebSocket at /echo, /tag, /json, /broadcast, /room/N, /push/RATE/SIZE\n"
  end

  # The address that the arguments of this process give; wrong ones end it, and so does --help.
  #
  # lacks says what the server cannot do, each with the reason as a phrase.
  def address(id, library, notes, lacks)
    address = Address.new(HOSTNAME, PORT, nil, nil)
    words = ARGV.flat_map { |word| word.match?(/\A--\w+=/) ? word.split('=', 2) : [word] }
    until words.empty?
      option = words.shift
      help(id, library, notes) if option == '--help'
      unless %w[--port --hostname --tls --deflate].include?(option)
        fail_with("Unknown option '#{option}'; give --port, --hostname, --tls, --deflate or --help")
      end
      read(address, option, words.shift.to_s, id, lacks)
    end
    address
  end

  def read(address, option, value, id, lacks)
    fail_with("#{option} needs a value; give one, or leave the option out") if value.empty?
    refuse(id, option, lacks[option.delete_prefix('--')])
    case option
    when '--port' then address.port = port(value)
    when '--hostname' then address.hostname = value.sub(/\A\[(.*)\]\z/, '\1')
    when '--tls' then address.tls = pem(value)
    else
      fail_with("Unknown --deflate '#{value}'; give takeover or no-takeover") unless %w[takeover no-takeover].include?(value)
      refuse(id, "#{option} #{value}", lacks[value])
      address.deflate = value
    end
  end

  def refuse(id, what, reason)
    fail_with("#{id} has no #{what}, as #{reason}; leave it out") if reason
  end

  def port(value)
    return value.to_i if value.match?(/\A[0-9]{1,5}\z/) && value.to_i <= 65_535

    fail_with("Cannot listen on port '#{value}'; give a --port from 0 to 65535, 0 for a free one")
  end

  # The path itself, of a file that holds both.
  def pem(path)
    text = File.binread(path)
    unless text.match?(/^-----BEGIN CERTIFICATE-----/) && text.match?(/^-----BEGIN [A-Z ]*PRIVATE KEY-----/)
      fail_with("--tls '#{path}' lacks one of the two: #{PEM}")
    end
    pair = OpenSSL::X509::Certificate.new(text).check_private_key(OpenSSL::PKey.read(text))
    fail_with("Cannot read --tls '#{path}': the certificate and the private key do not match; #{PEM}") unless pair
    path
  rescue SystemCallError, OpenSSL::OpenSSLError => e
    fail_with("Cannot read --tls '#{path}': #{e.message.lines.first.chomp}; #{PEM}")
  end

  def help(id, library, notes)
    puts "The wsmark server #{id} (#{library})", '', OPTIONS, '', notes
    exit
  end

  # Ends the process with exit code 0 on SIGINT, SIGTERM, and the end of a stdin that is a pipe or a socket.
  def end_when_asked
    %w[INT TERM].each { |name| trap(name) { exit!(0) } }
    # A runner that was killed cannot send a signal any more, but its end of the pipe closes.
    return unless $stdin.stat.pipe? || $stdin.stat.socket?

    Thread.new do
      IO.copy_stream($stdin, File::NULL)
      exit!(0)
    end
  end

  # Says that a server listens.
  def announce(id, library, notes, url)
    runtime = "ruby #{RUBY_VERSION}"
    line = if $stdout.tty?
             "#{id} at #{url} (#{library}, #{runtime}); Ctrl-C stops it"
           else
             JSON.generate({ ready: true, url: url, pid: Process.pid, server: id, runtime: runtime, library: library,
                             notes: notes })
           end
    $stdout.puts(line)
    $stdout.flush
  rescue Errno::EPIPE
    # A reader that went away must not take the server with it.
  end

  # A socket that listens at an address.
  def listen(address)
    listener = TCPServer.new(address.hostname, address.port)
    # As many as Linux allows by default: thousands of clients connect at once.
    listener.listen(4096)
    listener.setsockopt(Socket::IPPROTO_TCP, Socket::TCP_NODELAY, 1)
    listener
  rescue SystemCallError, SocketError => e
    fail_with(explain(address, e))
  end

  def explain(address, error)
    where = "Cannot listen on #{address.hostname}, port #{address.port}"
    case error
    when Errno::EADDRINUSE then "#{where}: it is taken; give another --port, or --port 0 for a free one"
    when Errno::EACCES then "#{where}: permission denied; give a --port above 1023"
    when Errno::EADDRNOTAVAIL, SocketError
      "#{where}: not an address of this machine; give another --hostname, such as #{HOSTNAME}"
    else "#{where}: #{error.message}; check --hostname and --port"
    end
  end

  # Ends the process with one line on stderr and exit code 2.
  def fail_with(message)
    warn message
    exit!(2)
  end
end
