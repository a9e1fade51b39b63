#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace kokemus::http {

/// One text that changes now and then, and everybody who listens to it as server-sent events
/// (`Response::events`). A listener needs the newest text only: whoever reads slowly misses those
/// in between, and nothing is queued for anybody. The number of listeners is bounded.
///
/// Thread safety: all functions may be called from any thread.
class Broadcast {
public:
    struct News {
        std::string id;    ///< what a client that comes back names as the last it heard of
        std::string text;  ///< one line
    };

    explicit Broadcast(std::size_t listeners_max) : listeners_max_(listeners_max) {}

    /// Makes it the newest and wakes every listener.
    void publish(News news);

    /// Null before the first.
    std::shared_ptr<const News> newest() const;

    /// From now on `wake` is called after each `publish`; it must not block or call back. Absent
    /// when there are as many listeners as there may be.
    std::optional<std::uint64_t> listen(std::function<void()> wake);
    void leave(std::uint64_t listener);

    std::size_t listeners() const;

private:
    const std::size_t listeners_max_;
    mutable std::mutex mutex_;
    std::shared_ptr<const News> newest_;
    std::map<std::uint64_t, std::function<void()>> listeners_;
    std::uint64_t next_listener_ = 1;
};

}  // namespace kokemus::http
