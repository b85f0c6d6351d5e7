#include "behaviours.hpp"

#include <algorithm>
#include <random>

#include "stream.hpp"

namespace wsmark {

namespace {

constexpr unsigned char order[] = {
#include "document.inc"
};

/// JSON without the spaces between its tokens.
std::string compact(std::string_view json) {
  std::string shortest;
  bool is_text = false, is_escaped = false;
  for (char const character : json) {
    if (!is_text && (character == ' ' || character == '\n' || character == '\r')) continue;
    shortest += character;
    if (character == '"' && !is_escaped) is_text = !is_text;
    is_escaped = character == '\\' && !is_escaped;
  }
  return shortest;
}

bool is_room(std::string_view path) {
  constexpr std::string_view start = "/room/";
  return path.substr(0, start.size()) == start && is_number(path.substr(start.size()), 9);
}

std::optional<Behaviour> behaviour_at(std::string_view path) {
  if (path == "/" || path == "/echo") return Behaviour::echo;
  if (path == "/tag") return Behaviour::tag;
  if (path == "/json") return Behaviour::json;
  if (path == "/broadcast" || is_room(path)) return Behaviour::broadcast;
  if (Stream::is_path(path)) return Behaviour::push;
  return std::nullopt;
}

}  // namespace

std::optional<Asked> asked_at(std::string_view target) {
  auto const path = target.substr(0, target.find('?'));
  auto const behaviour = behaviour_at(path);
  if (!behaviour) return std::nullopt;
  return Asked{*behaviour, std::string(path)};
}

std::string const& document() {
  static std::string const shortest = compact({reinterpret_cast<char const*>(order), sizeof order});
  return shortest;
}

std::string tag(std::string_view text) {
  thread_local std::minstd_rand random{std::random_device{}()};
  return std::string(text) + " - " + std::to_string(std::uniform_int_distribution<>(0, 999)(random));
}

bool is_number(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
}

}  // namespace wsmark
