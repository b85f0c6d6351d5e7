#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace wsmark {

/// Whether messages are compressed where the client offers it, and whether one may refer to those before it.
enum class Deflate { none, takeover, no_takeover };

/// Where a server listens, and how connections differ from plain ones.
struct Address {
  std::string hostname = "127.0.0.1";
  std::uint16_t port = 8765;
  /// Path of a PEM file of certificate and private key; empty if connections are plain.
  std::string tls;
  Deflate deflate = Deflate::none;
};

/// What a server cannot do, each with the reason as a phrase.
using Lacks = std::map<std::string, std::string>;

/// What was wrong with what was asked for, and the remedy, in one line.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The options for --help, a line each.
std::string option_lines();

/// Reads the options of a server; nothing if --help is among them.
///
/// @param id the server's
/// @throws UsageError if one is wrong
std::optional<Address> read_options(std::vector<std::string> const& args, std::string const& id, Lacks const& lacks);

}  // namespace wsmark
