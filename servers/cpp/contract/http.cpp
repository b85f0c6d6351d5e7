#include "http.hpp"

#include <strings.h>

namespace wsmark {

std::variant<Asked, Answer> decide(std::string const& id, std::string_view target, std::string_view upgrade) {
  constexpr std::string_view websocket = "websocket";
  auto const asked = asked_at(target);
  if (!asked) return Answer{404, "Not found\n", {}};
  bool const is_upgrade =
      upgrade.size() == websocket.size() && strncasecmp(upgrade.data(), websocket.data(), websocket.size()) == 0;
  if (is_upgrade) return *asked;
  if (asked->path == "/") {
    return Answer{200,
                  "wsmark server " + id +
                      ": open a WebSocket at /echo, /tag, /json, /broadcast, /room/N, /push/RATE/SIZE\n",
                  {}};
  }
  return Answer{426, "Open a WebSocket here\n", {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}}};
}

}  // namespace wsmark
