#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "behaviours.hpp"

namespace wsmark {

/// What a request gets that opens no WebSocket.
struct Answer {
  unsigned status;
  /// Plain text.
  std::string text;
  /// Fields in addition to type and length.
  std::vector<std::pair<std::string, std::string>> fields;
};

/// The type of what an Answer says.
constexpr char plain_text[] = "text/plain; charset=utf-8";

/// What a request asks for that opens a WebSocket, or the answer to another one.
///
/// @param id the server's
/// @param target the request's: a path with or without a query
/// @param upgrade the value of its field Upgrade, empty if it has none
std::variant<Asked, Answer> decide(std::string const& id, std::string_view target, std::string_view upgrade);

}  // namespace wsmark
