# Rails' Action Cable alone, without Rails: what is said in a room goes to all who are in it, and what is echoed to its sender.

require "logger"
require "action_cable"

class RoomChannel < ActionCable::Channel::Base
  def subscribed
    stream_from params[:room]
  end

  def speak(data)
    ActionCable.server.broadcast(params[:room], data)
  end

  def echo(data)
    transmit(data)
  end
end

class ApplicationConnection < ActionCable::Connection::Base
end

config = ActionCable::Server::Base.config
config.cable = { "adapter" => "async" }
config.connection_class = -> { ApplicationConnection }
config.logger = Logger.new($stderr, level: Logger::WARN)
config.disable_request_forgery_protection = true
config.url = config.mount_path = "/cable"
run ActionCable.server
