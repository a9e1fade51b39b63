#include "http/body_room.h"

#include <utility>

namespace kokemus::http {

BodyRoom::Part::Part(BodyRoom& room, std::function<void()> make_way)
    : room_(room),
      make_way_(std::move(make_way)) {}

void BodyRoom::Part::begin() {
    give_back();
    room_.state_.with([this](State& state) {
        since_ = Clock::now();
        is_coming_ = true;
        is_given_up_ = false;
        state.parts.insert(this);
    });
    is_begun_ = true;
}

/// Most bytes times time. A body of few bytes is none, however slowly it comes.
BodyRoom::Part* BodyRoom::costliest(State& state, const Part& but, Clock::time_point now) const {
    Part* found = nullptr;
    double most = 0;
    for (Part* part : state.parts) {
        const Clock::duration age = now - part->since_;
        const double cost =
            static_cast<double>(part->bytes_) * std::chrono::duration<double>(age).count();
        if (part != &but && part->is_coming_ && age >= patience_ && cost > most) {
            found = part;
            most = cost;
        }
    }
    return found;
}

bool BodyRoom::Part::grow(std::size_t bytes) {
    // The others are told under the lock, so that they are still there.
    return room_.state_.with([&](State& state) {
        const std::size_t more = bytes - bytes_;
        const Clock::time_point now = Clock::now();
        while (!is_given_up_ && state.bytes + more > room_.bytes_max_) {
            Part* const other = room_.costliest(state, *this, now);
            if (other == nullptr) {
                return false;
            }
            state.bytes -= std::exchange(other->bytes_, 0);
            other->is_coming_ = false;
            other->is_given_up_ = true;
            other->make_way_();
        }
        if (is_given_up_) {
            return false;
        }
        state.bytes += more;
        bytes_ = bytes;
        room_.taken_ = state.bytes;
        return true;
    });
}

bool BodyRoom::Part::complete() {
    if (!is_begun_) {
        return true;
    }
    return room_.state_.with([this](State& /*state*/) {
        is_coming_ = false;
        return !is_given_up_;
    });
}

void BodyRoom::Part::give_back() {
    if (!std::exchange(is_begun_, false)) {
        return;
    }
    room_.state_.with([this](State& state) {
        state.bytes -= std::exchange(bytes_, 0);
        room_.taken_ = state.bytes;
        is_coming_ = false;
        is_given_up_ = false;
        state.parts.erase(this);
    });
}

bool BodyRoom::Part::is_given_up() const {
    return room_.state_.with([this](const State& /*state*/) { return is_given_up_; });
}

}  // namespace kokemus::http
