# frozen_string_literal: true

# faye-websocket on thin, whose event loop is EventMachine. On its own: `ruby servers/ruby/faye.rb --port 8765`

require 'eventmachine'
require 'thin'
require 'faye/websocket'
require_relative 'contract'

ID = 'faye-ruby'
LIBRARY = %w[faye-websocket thin].map { |name| "#{name} #{Gem::Specification.find_by_name(name).version}" }.join(' on ')
NOTES = [
  "One process with one event loop (EventMachine, over epoll), on one of the machine's CPUs at most.",
  'Frames are unmasked in C.',
  'Bytes are arrays of numbers to faye-websocket.',
  'No logging, no idle timeout.',
  'TCP_NODELAY is set on the listening socket and inherited from it.',
  'Messages of up to 64 MiB.',
  'Replies that the client does not read are queued in memory without limit.'
].freeze
LACKS = { 'deflate' => 'Debian has no permessage-deflate for it' }.freeze

# Who listens at which path.
ROOMS = Hash.new { |rooms, path| rooms[path] = [] }

def text_of(data)
  data.is_a?(Array) ? data.pack('C*').force_encoding(Encoding::UTF_8) : data
end

# Does with each message of a connection what its path asks for.
def converse(socket, behaviour, path)
  case behaviour
  when :echo then socket.on(:message) { |event| socket.send(event.data) }
  when :tag then socket.on(:message) { |event| socket.send(Contract.tag(text_of(event.data))) }
  when :json then socket.on(:message) { socket.send(Contract::DOCUMENT) }
  when :broadcast then broadcast(socket, path)
  when :push then push(socket, Contract::Stream.new(path))
  end
end

def broadcast(socket, path)
  ROOMS[path] << socket
  socket.on(:message) { |event| ROOMS[path].each { |listener| listener.send(event.data) } }
  socket.on(:close) do
    ROOMS[path].delete(socket)
    ROOMS.delete(path) if ROOMS[path].empty?
  end
end

def push(socket, stream)
  timer = nil
  schedule = lambda do
    timer = EventMachine.add_timer(stream.wait) do
      socket.send(stream.next)
      schedule.call
    end
  end
  socket.on(:open) { schedule.call }
  socket.on(:close) { EventMachine.cancel_timer(timer) if timer }
end

# Takes connections from a socket that listens already.
class Listener < Thin::Backends::Base
  def initialize(_host, _port, options)
    super()
    @socket = options[:listener]
  end

  def connect
    @signature = EventMachine.attach_server(@socket, Thin::Connection, &method(:initialize_connection))
  end

  def disconnect
    EventMachine.stop_server(@signature)
  end
end

APP = lambda do |env|
  path = env['PATH_INFO']
  behaviour = Contract.behaviour_at(path)
  next Contract.answer(ID, path) unless behaviour && Faye::WebSocket.websocket?(env)

  socket = Faye::WebSocket.new(env, nil, max_length: Contract::MOST_BYTES)
  converse(socket, behaviour, path)
  socket.rack_response
end

address = Contract.address(ID, LIBRARY, NOTES, LACKS)
listener = Contract.listen(address)
Contract.end_when_asked
Thin::Logging.silent = true
Faye::WebSocket.load_adapter('thin')
EventMachine.epoll
EventMachine.run do
  server = Thin::Server.new(address.hostname, address.port, APP, backend: Listener, listener: listener, signals: false)
  server.timeout = 0
  server.maximum_connections = 100_000
  if address.tls
    server.ssl = true
    server.ssl_options = { private_key_file: address.tls, cert_chain_file: address.tls }
  end
  server.start
  # EventMachine prints what OpenSSL says of each handshake that fails.
  $stderr.reopen(File::NULL)
  Contract.announce(ID, LIBRARY, NOTES, address.url(listener.addr[1]))
end
