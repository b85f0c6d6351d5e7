#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace wsmark {

/// Who listens at which path: what one of them sends goes to all at the same one. For one thread.
template <class Listener>
class Audiences {
 public:
  /// Adds a listener.
  void join(std::string const& path, Listener listener) { by_path_[path].insert(listener); }

  /// Removes a listener if it is there, and the path with the last one.
  void leave(std::string const& path, Listener listener) {
    auto const audience = by_path_.find(path);
    if (audience == by_path_.end()) return;
    audience->second.erase(listener);
    if (audience->second.empty()) by_path_.erase(audience);
  }

  /// Calls a function for each listener at a path; nobody may join or leave meanwhile.
  template <class Call>
  void each(std::string const& path, Call call) const {
    auto const audience = by_path_.find(path);
    if (audience == by_path_.end()) return;
    for (auto const& listener : audience->second) call(listener);
  }

 private:
  std::unordered_map<std::string, std::unordered_set<Listener>> by_path_;
};

}  // namespace wsmark
