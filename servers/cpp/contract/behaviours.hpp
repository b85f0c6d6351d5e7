#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wsmark {

/// What a server does with a message; it is chosen by path.
enum class Behaviour {
  echo,
  tag,
  json,
  broadcast,
  /// It sends by itself.
  push,
};

/// What a path asks for.
struct Asked {
  Behaviour behaviour;
  /// The one without a query: those at the same one get what is sent to all.
  std::string path;
};

/// The largest message that a server is set to accept, in bytes.
constexpr std::size_t most_bytes = 64 * 1024 * 1024;

/// What the target of a request, a path with or without a query, asks for; nothing if it is unknown.
std::optional<Asked> asked_at(std::string_view target);

/// What /json answers with: document.json in its shortest form, 1,024 bytes of UTF-8.
std::string const& document();

/// What /tag answers: the text received with " - N" appended, N random in 0…999.
std::string tag(std::string_view text);

/// Whether a text has only digits, at least one and at most so many.
bool is_number(std::string_view text, std::size_t most);

}  // namespace wsmark
