/// WebSocket++ on Boost.Asio. On its own: `make OUT=/tmp/servers && /tmp/servers/websocketpp --port 8765` in servers/cpp

#include <boost/version.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <websocketpp/config/asio.hpp>
#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/extensions/permessage_deflate/enabled.hpp>
#include <websocketpp/server.hpp>
#include <websocketpp/version.hpp>

#include "server.hpp"

namespace {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using websocketpp::connection_hdl;
using websocketpp::frame::opcode::text;
using wsmark::Behaviour;

char const id[] = "websocketpp";

/// What --deflate says: the library asks nobody when it prepares the extension of a connection.
wsmark::Deflate deflate = wsmark::Deflate::none;

template <class Settings>
struct Extension : websocketpp::extensions::permessage_deflate::enabled<Settings> {
  Extension() {
    if (deflate == wsmark::Deflate::no_takeover) this->enable_server_no_context_takeover();
  }

  bool is_implemented() const { return deflate != wsmark::Deflate::none; }
};

/// What each connection has beside what the library needs.
struct Own {
  wsmark::Asked asked;
  std::optional<wsmark::Stream> stream;
  std::optional<net::steady_timer> timer;
};

/// The library's settings for plain or for encrypted connections, for one thread and without logging.
template <class Base>
struct Settings : Base {
  using concurrency_type = websocketpp::concurrency::none;
  using alog_type = websocketpp::log::basic<concurrency_type, websocketpp::log::alevel>;
  using elog_type = websocketpp::log::basic<concurrency_type, websocketpp::log::elevel>;
  using connection_base = Own;
  using permessage_deflate_type = Extension<typename Base::permessage_deflate_config>;

  struct transport_config : Base::transport_config {
    using concurrency_type = websocketpp::concurrency::none;
    using alog_type = websocketpp::log::basic<concurrency_type, websocketpp::log::alevel>;
    using elog_type = websocketpp::log::basic<concurrency_type, websocketpp::log::elevel>;
    static bool const enable_multithreading = false;
  };
  using transport_type = websocketpp::transport::asio::endpoint<transport_config>;

  static bool const enable_multithreading = false;
  static std::size_t const max_message_size = wsmark::most_bytes;
  static websocketpp::log::level const alog_level = websocketpp::log::alevel::none;
  static websocketpp::log::level const elog_level = websocketpp::log::elevel::none;
};

template <class Base>
class Server {
 public:
  using Library = websocketpp::server<Settings<Base>>;
  using Connection = typename Library::connection_ptr;
  using Message = typename Library::message_ptr;

  explicit Server(wsmark::Listener listener) {
    library_.init_asio();
    library_.set_http_handler([this](connection_hdl handle) { answer(library_.get_con_from_hdl(handle)); });
    library_.set_validate_handler([this](connection_hdl handle) { return open(library_.get_con_from_hdl(handle)); });
    acceptor_.emplace(library_.get_io_service(), listener.family == AF_INET6 ? tcp::v6() : tcp::v4(),
                      listener.descriptor);
  }

  Library& library() { return library_; }

  void run() {
    accept();
    library_.run();
  }

 private:
  void accept() {
    auto const connection = library_.get_connection();
    acceptor_->async_accept(connection->get_raw_socket(), [this, connection](boost::system::error_code error) {
      if (error) {
        connection->terminate({});
      } else {
        boost::system::error_code ignored;
        connection->get_raw_socket().set_option(tcp::no_delay(true), ignored);
        connection->start();
      }
      accept();
    });
  }

  /// Answers a request that opens no WebSocket.
  void answer(Connection const& connection) {
    refuse(connection, std::get<wsmark::Answer>(wsmark::decide(id, connection->get_resource(), "")));
  }

  /// Whether a request opens a WebSocket: what it asks for is known.
  bool open(Connection const& connection) {
    auto const decision = wsmark::decide(id, connection->get_resource(), "websocket");
    if (auto const answer = std::get_if<wsmark::Answer>(&decision)) {
      refuse(connection, *answer);
      return false;
    }
    connection->asked = std::get<wsmark::Asked>(decision);
    connection->set_open_handler([this, &own = *connection](connection_hdl) { start(own); });
    connection->set_close_handler([this, &own = *connection](connection_hdl) { end(own); });
    connection->set_message_handler(
        [this, &own = *connection](connection_hdl, Message const& message) { reply(own, *message); });
    return true;
  }

  void refuse(Connection const& connection, wsmark::Answer const& answer) {
    connection->set_status(static_cast<websocketpp::http::status_code::value>(answer.status));
    connection->append_header("Content-Type", wsmark::plain_text);
    for (auto const& [name, value] : answer.fields) connection->replace_header(name, value);
    connection->set_body(answer.text);
  }

  using Open = typename Library::connection_type;

  void start(Open& own) {
    if (own.asked.behaviour == Behaviour::broadcast) rooms_.join(own.asked.path, &own);
    if (own.asked.behaviour == Behaviour::push) {
      own.stream.emplace(own.asked.path);
      own.timer.emplace(library_.get_io_service());
      push(own);
    }
  }

  void end(Open& own) {
    if (own.asked.behaviour == Behaviour::broadcast) rooms_.leave(own.asked.path, &own);
    own.timer.reset();
  }

  template <class Received>
  void reply(Open& own, Received const& message) {
    auto const& content = message.get_payload();
    switch (own.asked.behaviour) {
      case Behaviour::echo: own.send(content, message.get_opcode()); break;
      case Behaviour::tag: own.send(wsmark::tag(content), text); break;
      case Behaviour::json: own.send(wsmark::document(), text); break;
      case Behaviour::broadcast:
        rooms_.each(own.asked.path, [&](Open* member) { member->send(content, message.get_opcode()); });
        break;
      // What the client says is forgotten.
      case Behaviour::push: break;
    }
  }

  /// Sends what is due of a stream, and waits for the next message of it.
  void push(Open& own) {
    while (own.stream->due() <= wsmark::Stream::Clock::now()) own.send(own.stream->next(), text);
    own.timer->expires_at(own.stream->due());
    own.timer->async_wait([this, &own](boost::system::error_code error) {
      if (!error) push(own);
    });
  }

  Library library_;
  std::optional<tcp::acceptor> acceptor_;
  wsmark::Audiences<Open*> rooms_;
};

std::shared_ptr<net::ssl::context> context_of(std::string const& path) {
  auto context = std::make_shared<net::ssl::context>(net::ssl::context::tls_server);
  context->use_certificate_chain_file(path);
  context->use_private_key_file(path, net::ssl::context::pem);
  return context;
}

void serve(wsmark::Listener listener, wsmark::Address const& address) {
  deflate = address.deflate;
  if (address.tls.empty()) {
    Server<websocketpp::config::asio>(listener).run();
  } else {
    Server<websocketpp::config::asio_tls> server(listener);
    server.library().set_tls_init_handler([context = context_of(address.tls)](connection_hdl) { return context; });
    server.run();
  }
}

std::string version() {
  return std::to_string(websocketpp::major_version) + '.' + std::to_string(websocketpp::minor_version) + '.' +
         std::to_string(websocketpp::patch_version);
}

}  // namespace

int main(int count, char** args) {
  namespace notes = wsmark::notes;
  return wsmark::run(
      count, args,
      {id,
       "websocketpp " + version(),
       {notes::one_thread,
        "It runs on Asio of Boost " BOOST_LIB_VERSION ", without locks (concurrency::none), as it has one thread.",
        "Each message is sent from its handler, as in its echo server: what a client does not read is queued in memory "
        "without limit.",
        "No compression unless a case asks for it, then of every message, at zlib's default level, memory level 4.",
        notes::no_logging, notes::no_delay, notes::most_bytes},
       {},
       serve});
}
