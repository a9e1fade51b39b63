#include "http/broadcast.h"

namespace kokemus::http {

void Broadcast::publish(News news) {
    const std::scoped_lock lock(mutex_);
    newest_ = std::make_shared<const News>(std::move(news));
    for (const auto& [listener, wake] : listeners_) {
        wake();
    }
}

std::shared_ptr<const Broadcast::News> Broadcast::newest() const {
    const std::scoped_lock lock(mutex_);
    return newest_;
}

std::optional<std::uint64_t> Broadcast::listen(std::function<void()> wake) {
    const std::scoped_lock lock(mutex_);
    if (listeners_.size() >= listeners_max_) {
        return std::nullopt;
    }
    listeners_.emplace(next_listener_, std::move(wake));
    return next_listener_++;
}

void Broadcast::leave(std::uint64_t listener) {
    const std::scoped_lock lock(mutex_);
    listeners_.erase(listener);
}

std::size_t Broadcast::listeners() const {
    const std::scoped_lock lock(mutex_);
    return listeners_.size();
}

}  // namespace kokemus::http
