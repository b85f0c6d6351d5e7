#include "server.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <memory>
#include <system_error>
#include <thread>

namespace wsmark {

namespace {

/// As many as Linux allows by default: thousands of clients connect at once.
constexpr int backlog = 4096;

#if defined(__clang__)
std::string const runtime =
    "clang " + std::to_string(__clang_major__) + '.' + std::to_string(__clang_minor__) + '.' +
    std::to_string(__clang_patchlevel__);
#else
std::string const runtime = "gcc " + std::to_string(__GNUC__) + '.' + std::to_string(__GNUC_MINOR__) + '.' +
                            std::to_string(__GNUC_PATCHLEVEL__);
#endif

UsageError explain(int error, Address const& address) {
  auto const what = [&]() -> std::string {
    switch (error) {
      case EADDRINUSE: return "it is taken; give another --port, or --port 0 for a free one";
      case EACCES: return "permission denied; give a --port above 1023";
      case EADDRNOTAVAIL:
        return "not an address of this machine; give another --hostname, such as " + Address().hostname;
      default: return std::generic_category().message(error) + "; check --hostname and --port";
    }
  }();
  return UsageError("Cannot listen on " + address.hostname + ", port " + std::to_string(address.port) + ": " + what);
}

/// @throws UsageError if that is not possible
Listener listen_at(Address const& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  auto const port = std::to_string(address.port);
  if (getaddrinfo(address.hostname.c_str(), port.c_str(), &hints, &found) != 0) throw explain(EADDRNOTAVAIL, address);
  std::unique_ptr<addrinfo, void (*)(addrinfo*)> const place(found, freeaddrinfo);
  int const descriptor = socket(place->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int const on = 1;
  bool const listens = descriptor >= 0 &&
                       setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                       bind(descriptor, place->ai_addr, place->ai_addrlen) == 0 && listen(descriptor, backlog) == 0;
  if (!listens) throw explain(errno, address);
  return {descriptor, place->ai_family};
}

/// The base URL of a server that listens.
std::string url_of(Listener listener, Address const& address) {
  sockaddr_storage own{};
  socklen_t length = sizeof own;
  getsockname(listener.descriptor, reinterpret_cast<sockaddr*>(&own), &length);
  // Both kinds of addresses have the port at the same place.
  auto const port = ntohs(reinterpret_cast<sockaddr_in const&>(own).sin_port);
  bool const is_ipv6 = address.hostname.find(':') != std::string::npos;
  return std::string(address.tls.empty() ? "ws" : "wss") + "://" + (is_ipv6 ? "[" : "") + address.hostname +
         (is_ipv6 ? "]" : "") + ":" + std::to_string(port) + "/";
}

std::string quoted(std::string const& text) {
  std::string json = "\"";
  for (unsigned char const character : text) {
    if (character == '"' || character == '\\') json += '\\';
    if (character >= ' ') json += static_cast<char>(character);
  }
  return json + '"';
}

void announce(Server const& server, std::string const& url) {
  if (isatty(STDOUT_FILENO)) {
    std::cout << server.id << " at " << url << " (" << server.library << ", " << runtime << "); Ctrl-C stops it"
              << std::endl;
    return;
  }
  std::string said;
  for (auto const& note : server.notes) said += (said.empty() ? "" : ",") + quoted(note);
  std::cout << "{\"ready\":true,\"url\":" << quoted(url) << ",\"pid\":" << getpid()
            << ",\"server\":" << quoted(server.id) << ",\"runtime\":" << quoted(runtime)
            << ",\"library\":" << quoted(server.library) << ",\"notes\":[" << said << "]}" << std::endl;
}

void show_help(Server const& server) {
  std::cout << "The wsmark server " << server.id << " (" << server.library << ")\n\n"
            << option_lines() << "  --help         this text\n\n";
  for (auto const& note : server.notes) std::cout << note << '\n';
  std::cout.flush();
}

extern "C" void end_process(int) { _exit(0); }

/// A runner that was killed cannot send a signal any more, but its end of the pipe closes. A terminal, a file and /dev/null
/// are left alone: `server &`, nohup and systemd give one of them.
void end_with_stdin() {
  struct stat state {};
  if (fstat(STDIN_FILENO, &state) != 0 || !(S_ISFIFO(state.st_mode) || S_ISSOCK(state.st_mode))) return;
  std::thread([] {
    char bytes[4096];
    ssize_t count;
    do count = read(STDIN_FILENO, bytes, sizeof bytes);
    while (count > 0 || (count < 0 && errno == EINTR));
    _exit(0);
  }).detach();
}

}  // namespace

int run(int count, char const* const* args, Server const& server) {
  try {
    auto const address = read_options({args + 1, args + count}, server.id, server.lacks);
    if (!address) {
      show_help(server);
      return 0;
    }
    auto const listener = listen_at(*address);
    // A reader that went away must not take the server with it.
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, end_process);
    signal(SIGTERM, end_process);
    announce(server, url_of(listener, *address));
    end_with_stdin();
    server.serve(listener, *address);
  } catch (std::exception const& error) {
    std::cerr << error.what() << std::endl;
  }
  return 2;
}

}  // namespace wsmark
