/// Boost.Beast on Boost.Asio. On its own: `make OUT=/tmp/servers && /tmp/servers/beast --port 8765` in servers/cpp

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/version.hpp>
#include <deque>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "server.hpp"

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
namespace websocket = beast::websocket;
using tcp = net::ip::tcp;
using wsmark::Behaviour;

char const id[] = "beast";

using Plain = beast::tcp_stream;
using Encrypted = beast::ssl_stream<beast::tcp_stream>;

/// A message that goes to several connections.
struct Message {
  bool is_text;
  std::string content;
};

/// A connection at /broadcast or in a room, whatever carries it.
class Member {
 public:
  virtual ~Member() = default;
  virtual void send(std::shared_ptr<Message const> message) = 0;
};

using Rooms = wsmark::Audiences<Member*>;

/// A WebSocket.
template <class Next>
class Session final : public Member, public std::enable_shared_from_this<Session<Next>> {
 public:
  Session(Next&& next, wsmark::Asked&& asked, Rooms& rooms)
      : socket_(std::move(next)), asked_(std::move(asked)), rooms_(rooms), timer_(socket_.get_executor()) {}

  ~Session() override {
    if (asked_.behaviour == Behaviour::broadcast) rooms_.leave(asked_.path, this);
  }

  /// Answers the handshake, and each message from then on.
  void start(http::request<http::empty_body> const& request, wsmark::Deflate deflate) {
    if (deflate != wsmark::Deflate::none) {
      websocket::permessage_deflate option;
      option.server_enable = true;
      option.server_no_context_takeover = deflate == wsmark::Deflate::no_takeover;
      socket_.set_option(option);
    }
    socket_.read_message_max(wsmark::most_bytes);
    socket_.auto_fragment(false);
    // The client misses nothing that is sent from the answer on.
    if (asked_.behaviour == Behaviour::broadcast) rooms_.join(asked_.path, this);
    socket_.async_accept(request, [self = this->shared_from_this()](beast::error_code error) {
      if (error) return;
      self->is_open_ = true;
      if (self->asked_.behaviour == Behaviour::push) self->push();
      else self->write();
      self->read();
    });
  }

  /// Queues a message, and writes it when it is its turn.
  void send(std::shared_ptr<Message const> message) override {
    queue_.push_back(std::move(message));
    if (queue_.size() == 1) write();
  }

 private:
  void read() {
    socket_.async_read(buffer_, [self = this->shared_from_this()](beast::error_code error, std::size_t) {
      if (!error) self->answer();
      else self->end();
    });
  }

  void answer() {
    switch (asked_.behaviour) {
      case Behaviour::echo: return write_frame(socket_.got_text(), content());
      case Behaviour::tag: reply_ = wsmark::tag(content()); return write_frame(true, reply_);
      case Behaviour::json: return write_frame(true, wsmark::document());
      case Behaviour::broadcast: {
        auto const message = std::make_shared<Message const>(Message{socket_.got_text(), std::string(content())});
        rooms_.each(asked_.path, [&](Member* member) { member->send(message); });
        break;
      }
      // What the client says is forgotten.
      case Behaviour::push: break;
    }
    read_on();
  }

  std::string_view content() const {
    auto const data = buffer_.cdata();
    return {static_cast<char const*>(data.data()), data.size()};
  }

  void read_on() {
    buffer_.consume(buffer_.size());
    read();
  }

  /// Writes what is queued, one message after the other.
  void write() {
    if (!queue_.empty() && is_open_) write_frame(queue_.front()->is_text, queue_.front()->content);
  }

  /// Writes a message. If it was queued the next one follows, otherwise the client's next one is read only then.
  void write_frame(bool is_text, std::string_view content) {
    socket_.text(is_text);
    socket_.async_write(net::const_buffer(content.data(), content.size()),
                        [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                          if (error) return self->end();
                          if (self->queue_.empty()) return self->read_on();
                          self->queue_.pop_front();
                          self->write();
                        });
  }

  /// Sends what is due of a stream, and waits for the next message of it.
  void push() {
    if (!is_open_) return;
    while (stream_.due() <= wsmark::Stream::Clock::now()) {
      send(std::make_shared<Message const>(Message{true, stream_.next()}));
    }
    timer_.expires_at(stream_.due());
    timer_.async_wait([self = this->shared_from_this()](beast::error_code error) {
      if (!error) self->push();
    });
  }

  void end() {
    is_open_ = false;
    timer_.cancel();
  }

  websocket::stream<Next> socket_;
  wsmark::Asked asked_;
  Rooms& rooms_;
  bool is_open_ = false;
  beast::flat_buffer buffer_;
  std::string reply_;
  std::deque<std::shared_ptr<Message const>> queue_;
  wsmark::Stream stream_{asked_.behaviour == Behaviour::push ? asked_.path : "/push/0/0"};
  net::steady_timer timer_;
};

/// What all connections share.
struct Shared {
  wsmark::Address const& address;
  net::ssl::context tls{net::ssl::context::tls_server};
  Rooms rooms{};
};

/// A connection before it opens a WebSocket.
template <class Next>
class Request : public std::enable_shared_from_this<Request<Next>> {
 public:
  Request(Next&& next, Shared& shared) : next_(std::move(next)), shared_(shared) {}

  void start() {
    if constexpr (std::is_same_v<Next, Encrypted>) {
      next_.async_handshake(net::ssl::stream_base::server,
                            [self = this->shared_from_this()](beast::error_code error) {
                              if (!error) self->read();
                            });
    } else {
      read();
    }
  }

 private:
  void read() {
    http::async_read(next_, buffer_, request_,
                     [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->decide();
                     });
  }

  void decide() {
    auto const target = request_.target();
    auto const upgrade = request_[http::field::upgrade];
    auto decision =
        wsmark::decide(id, {target.data(), target.size()}, {upgrade.data(), upgrade.size()});
    if (auto const asked = std::get_if<wsmark::Asked>(&decision)) {
      std::make_shared<Session<Next>>(std::move(next_), std::move(*asked), shared_.rooms)
          ->start(request_, shared_.address.deflate);
    } else {
      answer(std::get<wsmark::Answer>(decision));
    }
  }

  void answer(wsmark::Answer const& answer) {
    response_.result(answer.status);
    response_.version(request_.version());
    response_.keep_alive(false);
    response_.set(http::field::content_type, wsmark::plain_text);
    for (auto const& [name, value] : answer.fields) response_.set(name, value);
    response_.body() = answer.text;
    response_.prepare_payload();
    http::async_write(next_, response_, [self = this->shared_from_this()](beast::error_code, std::size_t) {
      beast::error_code ignored;
      beast::get_lowest_layer(self->next_).socket().shutdown(tcp::socket::shutdown_send, ignored);
    });
  }

  Next next_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  http::request<http::empty_body> request_;
  http::response<http::string_body> response_;
};

void accept(tcp::acceptor& acceptor, Shared& shared) {
  acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
    if (!error) {
      beast::error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      Plain plain(std::move(socket));
      if (shared.address.tls.empty()) {
        std::make_shared<Request<Plain>>(std::move(plain), shared)->start();
      } else {
        std::make_shared<Request<Encrypted>>(Encrypted(std::move(plain), shared.tls), shared)->start();
      }
    }
    accept(acceptor, shared);
  });
}

void serve(wsmark::Listener listener, wsmark::Address const& address) {
  net::io_context context{1};
  Shared shared{address};
  if (!address.tls.empty()) {
    shared.tls.use_certificate_chain_file(address.tls);
    shared.tls.use_private_key_file(address.tls, net::ssl::context::pem);
  }
  tcp::acceptor acceptor(context, listener.family == AF_INET6 ? tcp::v6() : tcp::v4(), listener.descriptor);
  accept(acceptor, shared);
  context.run();
}

std::string version() {
  return std::to_string(BOOST_VERSION / 100'000) + '.' + std::to_string(BOOST_VERSION / 100 % 1'000) + '.' +
         std::to_string(BOOST_VERSION % 100);
}

}  // namespace

int main(int count, char** args) {
  namespace notes = wsmark::notes;
  return wsmark::run(
      count, args,
      {id,
       "Boost.Beast " + version(),
       {notes::one_thread,
        "Reads, answers, and reads on, with callbacks, as the asynchronous examples of Beast do.",
        "A message is written as one frame (auto_fragment), as in Beast's fast server.",
        "No compression unless a case asks for it, then of every message, at level 8, its default.",
        notes::no_logging, notes::no_delay, notes::most_bytes, notes::backpressure, notes::unlimited},
       {},
       serve});
}
