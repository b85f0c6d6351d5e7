#include "stream.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "behaviours.hpp"

namespace wsmark {

namespace {

constexpr std::string_view end = "\"}";

/// Longer than any run, in seconds; the clock's own range is 292 years.
constexpr double never = 1e9;

/// Messages per second, and bytes of each, of the path of a stream; nothing if it is none.
std::optional<std::pair<std::string, std::string>> read_path(std::string_view path) {
  constexpr std::string_view start = "/push/";
  if (path.substr(0, start.size()) != start) return std::nullopt;
  path.remove_prefix(start.size());
  auto const slash = path.find('/');
  if (slash == path.npos) return std::nullopt;
  auto const rate = path.substr(0, slash), size = path.substr(slash + 1);
  auto const point = rate.find('.');
  bool const is_right = is_number(rate.substr(0, point), 5) && is_number(size, 7) &&
                        (point == rate.npos || is_number(rate.substr(point + 1), 20));
  if (!is_right) return std::nullopt;
  return std::pair(std::string(rate), std::string(size));
}

}  // namespace

bool Stream::is_path(std::string_view path) { return read_path(path).has_value(); }

Stream::Stream(std::string_view path) {
  auto const [rate, size] = read_path(path).value();
  rate_ = std::stod(rate);
  size_ = std::stoul(size);
}

Stream::Clock::time_point Stream::due() const {
  if (sequence_ == 0 && rate_ > 0) return start_;
  std::chrono::duration<double> const after(sequence_ / rate_);
  if (!(after.count() < never)) return Clock::time_point::max();
  return start_ + std::chrono::duration_cast<Clock::duration>(after);
}

std::string Stream::next() {
  using namespace std::chrono;
  auto const time = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
  std::string message = "{\"sequence\":" + std::to_string(sequence_++) + ",\"time\":" + std::to_string(time) +
                        ",\"fill\":\"";
  auto const taken = message.size() + end.size();
  message.append(size_ - std::min(size_, taken), 'x');
  return message.append(end);
}

}  // namespace wsmark
