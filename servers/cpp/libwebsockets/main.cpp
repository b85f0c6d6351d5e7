/// libwebsockets, a library in C. On its own: `make OUT=/tmp/servers && /tmp/servers/libwebsockets --port 8765` in
/// servers/cpp

#include <libwebsockets.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "server.hpp"

namespace {

using wsmark::Behaviour;

char const id[] = "libwebsockets";

/// A message, with room in front of it for what the library writes there.
class Message {
 public:
  Message(bool is_text, std::string_view content) : is_text_(is_text), bytes_(LWS_PRE, '\0') { bytes_ += content; }

  bool write(lws* socket) {
    auto const start = reinterpret_cast<unsigned char*>(bytes_.data()) + LWS_PRE;
    return lws_write(socket, start, bytes_.size() - LWS_PRE, is_text_ ? LWS_WRITE_TEXT : LWS_WRITE_BINARY) >= 0;
  }

 private:
  bool is_text_;
  std::string bytes_;
};

class Connection;
wsmark::Audiences<Connection*> rooms;

/// A WebSocket.
class Connection {
 public:
  Connection(lws* socket, wsmark::Asked asked) : socket_(socket), asked_(std::move(asked)) {
    if (asked_.behaviour == Behaviour::broadcast) rooms.join(asked_.path, this);
    if (asked_.behaviour == Behaviour::push) {
      stream_.emplace(asked_.path);
      push();
    }
  }

  Connection(Connection const&) = delete;

  ~Connection() {
    if (asked_.behaviour == Behaviour::broadcast) rooms.leave(asked_.path, this);
  }

  /// Takes a part of a message, and answers it when it is whole.
  ///
  /// @returns false if it is too large
  bool receive(std::string_view part) {
    if (lws_is_first_fragment(socket_)) received_.clear();
    if (received_.size() + part.size() > wsmark::most_bytes) return false;
    received_ += part;
    if (lws_is_final_fragment(socket_)) answer(!lws_frame_is_binary(socket_));
    return true;
  }

  /// Writes one message: the library asks for the next one when there is room.
  ///
  /// @returns false if the connection has ended
  bool write() {
    if (queue_.empty()) return true;
    auto const message = std::move(queue_.front());
    queue_.pop_front();
    if (!message->write(socket_)) return false;
    if (!queue_.empty()) lws_callback_on_writable(socket_);
    return true;
  }

  /// Sends what is due of a stream, and asks to be called when the next message of it is.
  void push() {
    auto const now = wsmark::Stream::Clock::now();
    while (stream_->due() <= now) send(std::make_shared<Message>(true, stream_->next()));
    if (stream_->due() == wsmark::Stream::Clock::time_point::max()) return;
    auto const wait = std::chrono::duration_cast<std::chrono::microseconds>(stream_->due() - now).count();
    lws_set_timer_usecs(socket_, std::max<lws_usec_t>(1, wait));
  }

 private:
  void answer(bool is_text) {
    switch (asked_.behaviour) {
      case Behaviour::echo: return reply(is_text, received_);
      case Behaviour::tag: return reply(true, wsmark::tag(received_));
      case Behaviour::json: return reply(true, wsmark::document());
      case Behaviour::broadcast: {
        auto const message = std::make_shared<Message>(is_text, received_);
        return rooms.each(asked_.path, [&](Connection* member) { member->send(message); });
      }
      // What the client says is forgotten.
      case Behaviour::push: return;
    }
  }

  void reply(bool is_text, std::string_view content) { send(std::make_shared<Message>(is_text, content)); }

  void send(std::shared_ptr<Message> message) {
    queue_.push_back(std::move(message));
    if (queue_.size() == 1) lws_callback_on_writable(socket_);
  }

  lws* socket_;
  wsmark::Asked asked_;
  std::string received_;
  std::deque<std::shared_ptr<Message>> queue_;
  std::optional<wsmark::Stream> stream_;
};

std::variant<wsmark::Asked, wsmark::Answer> decide(lws* socket, std::string_view upgrade) {
  char path[256];
  int const length = lws_hdr_copy(socket, path, sizeof path, WSI_TOKEN_GET_URI);
  return wsmark::decide(id, {path, static_cast<std::size_t>(std::max(0, length))}, upgrade);
}

/// Writes the answer to a request that opens no WebSocket.
///
/// @returns false if the connection has ended
bool refuse(lws* socket, wsmark::Answer const& answer) {
  unsigned char buffer[LWS_PRE + 2048];
  auto const start = buffer + LWS_PRE, end = buffer + sizeof buffer;
  auto at = start;
  bool is_whole = !lws_add_http_common_headers(socket, answer.status, wsmark::plain_text, answer.text.size(), &at, end);
  for (auto const& [name, value] : answer.fields) {
    auto const field = reinterpret_cast<unsigned char const*>((name + ":").c_str());
    auto const content = reinterpret_cast<unsigned char const*>(value.c_str());
    is_whole = is_whole && !lws_add_http_header_by_name(socket, field, content, static_cast<int>(value.size()), &at, end);
  }
  is_whole = is_whole && !lws_finalize_http_header(socket, &at, end);
  if (!is_whole) return false;
  at = std::copy(answer.text.begin(), answer.text.end(), at);
  return lws_write(socket, start, static_cast<std::size_t>(at - start), LWS_WRITE_HTTP) >= 0;
}

/// What the library tells of requests and WebSockets. 0 goes on, -1 ends the connection.
///
/// @param user holds the address of the WebSocket
int on_event(lws* socket, lws_callback_reasons reason, void* user, void* in, std::size_t length) {
  auto const connection = static_cast<Connection**>(user);
  switch (reason) {
    case LWS_CALLBACK_HTTP:
      if (!refuse(socket, std::get<wsmark::Answer>(decide(socket, "")))) return -1;
      return lws_http_transaction_completed(socket) ? -1 : 0;
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE: {
      auto const decision = decide(socket, "websocket");
      auto const answer = std::get_if<wsmark::Answer>(&decision);
      if (answer == nullptr) return 0;
      return refuse(socket, *answer) ? 1 : -1;
    }
    case LWS_CALLBACK_ESTABLISHED:
      *connection = new Connection(socket, std::get<wsmark::Asked>(decide(socket, "websocket")));
      return 0;
    case LWS_CALLBACK_RECEIVE:
      if ((*connection)->receive({static_cast<char const*>(in), length})) return 0;
      lws_close_reason(socket, LWS_CLOSE_STATUS_MESSAGE_TOO_LARGE, nullptr, 0);
      return -1;
    case LWS_CALLBACK_SERVER_WRITEABLE: return (*connection)->write() ? 0 : -1;
    case LWS_CALLBACK_TIMER: (*connection)->push(); return 0;
    case LWS_CALLBACK_CLOSED: delete *connection; return 0;
    default: return lws_callback_http_dummy(socket, reason, user, in, length);
  }
}

/// Hands over the connections that a socket accepts.
int on_accept(lws* listener, lws_callback_reasons reason, void*, void*, std::size_t) {
  if (reason != LWS_CALLBACK_RAW_RX_FILE) return 0;
  int const accepted = accept4(lws_get_socket_fd(listener), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (accepted >= 0) lws_adopt_socket_vhost(lws_get_vhost(listener), accepted);
  return 0;
}

void serve(wsmark::Listener listener, wsmark::Address const& address) {
  lws_set_log_level(0, nullptr);
  lws_protocols const protocols[] = {
      {"", on_event, sizeof(Connection*), 0, 0, nullptr, 1024 * 1024},
      {"listener", on_accept, 0, 0, 0, nullptr, 0},
      {},
  };
  // Longer than any run, in seconds: otherwise it pings whoever is silent for five minutes.
  lws_retry_bo_t idle{};
  idle.secs_since_valid_ping = idle.secs_since_valid_hangup = UINT16_MAX;
  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
  info.protocols = protocols;
  info.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_VALIDATE_UTF8;
  info.retry_and_idle_policy = &idle;
  info.alpn = "http/1.1";
  info.signal_cb = [](void*, int) { _exit(0); };
  if (!address.tls.empty()) {
    info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    info.ssl_cert_filepath = info.ssl_private_key_filepath = address.tls.c_str();
  }
  auto const context = lws_create_context(&info);
  if (context == nullptr) throw wsmark::UsageError("libwebsockets cannot start on libuv: install libwebsockets-evlib-uv");
  lws_sock_file_fd_type descriptor;
  descriptor.filefd = listener.descriptor;
  lws_adopt_descriptor_vhost(lws_get_vhost_by_name(context, "default"), LWS_ADOPT_RAW_FILE_DESC, descriptor, "listener",
                             nullptr);
  while (lws_service(context, 0) >= 0) continue;
}

std::string version() {
  std::string const whole = lws_get_library_version();
  return whole.substr(0, whole.find_first_not_of("0123456789."));
}

}  // namespace

int main(int count, char** args) {
  namespace notes = wsmark::notes;
  return wsmark::run(
      count, args,
      {id,
       "libwebsockets " + version(),
       {notes::one_thread,
        "It runs on libuv: poll, its default, looks at every connection each time.",
        "One message is written each time that it finds a connection writeable, as it demands.",
        "Text is checked (VALIDATE_UTF8).",
        "What a client does not read is queued in memory without limit: over TLS the library never reads on from a "
        "connection that it was told to leave unread.",
        notes::no_logging, notes::no_delay, notes::most_bytes},
       {{"deflate", "its extension aborts the process at a message without content"}},
       serve});
}
