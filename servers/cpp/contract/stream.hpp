#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wsmark {

/// The messages of a path /push/RATE/SIZE, from now on, evenly: RATE a second, SIZE bytes each. Those that are late are
/// made up for.
class Stream {
 public:
  using Clock = std::chrono::steady_clock;

  /// Whether a path is one of a stream.
  static bool is_path(std::string_view path);

  /// @param path one of a stream
  explicit Stream(std::string_view path);

  /// When the next message is to be sent; the end of time if never.
  Clock::time_point due() const;

  /// The next message: JSON with its number, and the time at which it is made in whole microseconds since 1970.
  std::string next();

 private:
  double rate_;
  std::size_t size_;
  Clock::time_point start_ = Clock::now();
  std::uint32_t sequence_ = 0;
};

}  // namespace wsmark
