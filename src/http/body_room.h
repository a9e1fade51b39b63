#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <unordered_set>

#include "base/guarded.h"

namespace kokemus::http {

/// The room in memory that the bodies of all requests share. Who sends is asked only when a body is
/// there, so strangers could fill it by sending most of a body and then nothing: when there is no
/// room for more, the one that has taken most of it for longest, of those that are still coming
/// after `patience`, has to give its part up.
///
/// Thread safe.
class BodyRoom {
public:
    using Clock = std::chrono::steady_clock;

    /// `taken` is kept at the bytes that are taken, for who measures; it must outlive this.
    BodyRoom(std::size_t bytes_max, Clock::duration patience, std::atomic<std::size_t>& taken)
        : bytes_max_(bytes_max),
          patience_(patience),
          taken_(taken) {}

    /// The part of one body; given back when it goes. Not thread safe in itself.
    class Part {
    public:
        /// `make_way` is called once, from any thread, when it has to be given up. It must neither
        /// block nor touch the room.
        Part(BodyRoom& room, std::function<void()> make_way);
        ~Part() { give_back(); }
        Part(const Part&) = delete;
        Part& operator=(const Part&) = delete;

        /// A body begins, of which nothing is there yet.
        void begin();

        /// `bytes` of it are there now. False when there is no room, or it had to be given up.
        bool grow(std::size_t bytes);

        /// All of it is there: it stays until it is given back. False when it had to be given up
        /// before.
        bool complete();

        void give_back();

        bool is_given_up() const;

    private:
        friend class BodyRoom;
        BodyRoom& room_;
        const std::function<void()> make_way_;
        bool is_begun_ = false;
        std::size_t bytes_ = 0;  ///< this and what follows is touched under the room's lock
        Clock::time_point since_{};
        bool is_coming_ = false;
        bool is_given_up_ = false;
    };

private:
    struct State {
        std::unordered_set<Part*> parts;
        std::size_t bytes = 0;
    };

    Part* costliest(State& state, const Part& but, Clock::time_point now) const;

    const std::size_t bytes_max_;
    const Clock::duration patience_;
    std::atomic<std::size_t>& taken_;
    Guarded<State> state_;
};

}  // namespace kokemus::http
