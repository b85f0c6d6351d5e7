#pragma once

/// What all servers in C++ share: what they answer, whatever library carries it, their options, and how they start and
/// end. It is the same as behaviours.ts, options.ts and standalone.ts of servers/contract.

#include <functional>
#include <string>
#include <vector>

#include "audiences.hpp"
#include "behaviours.hpp"
#include "http.hpp"
#include "options.hpp"
#include "stream.hpp"

namespace wsmark {

/// A socket that listens.
struct Listener {
  int descriptor;
  /// AF_INET or AF_INET6.
  int family;
};

/// A server as its file describes it.
struct Server {
  /// Its id in the list of servers.
  std::string id;
  /// What it runs on, with its version.
  std::string library;
  /// What was set differently from the defaults and what its limits are, a sentence each.
  std::vector<std::string> notes;
  /// What it cannot do, each with the reason as a phrase; the list of servers says the same.
  Lacks lacks;
  /// Accepts connections for ever.
  std::function<void(Listener, Address const&)> serve;
};

/// What several servers say of themselves.
namespace notes {
constexpr char one_thread[] = "One thread, however many CPUs it may use.";
constexpr char no_logging[] = "No logging, no idle timeout.";
constexpr char no_delay[] = "TCP_NODELAY is set on every connection.";
constexpr char most_bytes[] = "Messages of up to 64 MiB.";
constexpr char backpressure[] = "A connection whose client does not read its replies is not read any further.";
constexpr char unlimited[] = "What is broadcast, or sent by itself, and not read is queued in memory without limit.";
}  // namespace notes

/// Runs a server as a program until SIGINT, SIGTERM, or the end of a stdin that is a pipe or a socket; then its exit code
/// is 0. Wrong options, or an address that is not available, end it with one line on stderr and exit code 2.
///
/// @returns its exit code
int run(int count, char const* const* args, Server const& server);

}  // namespace wsmark
