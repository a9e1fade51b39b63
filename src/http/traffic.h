#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "measure/durations.h"

namespace kokemus::http {

/// What a server has answered, by route and status, and how long it took; and what it has to do
/// now. The routes are those of its router, by their patterns, so that there are not more of them
/// than were added, whatever clients ask for.
///
/// Thread safe, without locks; `serve` comes before everything else.
class Traffic {
public:
    struct Name {
        std::string method;   ///< "GET"
        std::string pattern;  ///< "/api/customers/{id}"
    };

    /// Everything that no route matches has one place, behind the last: files of the studio,
    /// addresses that there are not, requests that could not be read.
    void serve(std::vector<Name> routes);
    std::size_t without_route() const { return routes_.size() - 1; }
    const Name& name(std::size_t route) const { return routes_[route]->name; }

    /// One answer: to which route (its place in the list), and the time from the whole request to
    /// the whole answer.
    void note(std::size_t route, int status, std::chrono::nanoseconds took);

    struct Row {
        Name name;  ///< both "none" for what no route matches
        std::vector<std::pair<int, std::uint64_t>> statuses;  ///< those that there were
        measure::Durations::State took;
    };

    /// Of the routes that were asked for, in the order of the list.
    std::vector<Row> rows() const;

    // -- now -------------------------------------------------------------------------------

    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> turned_away{0};   ///< being told that there is no room
    std::atomic<std::size_t> bodies_bytes{0};  ///< of bodies being read, or with a handler
    std::atomic<std::size_t> slow{0};          ///< requests with a worker of the lane, or waiting
    std::atomic<std::size_t> quick{0};
    std::atomic<std::uint64_t> turned_away_ever{0};
    std::atomic<std::uint64_t> cut_off_ever{0};  ///< answers that were not taken as a whole

private:
    static constexpr int status_min = 100;
    static constexpr std::size_t status_count = 500;

    struct Counted {
        Name name;
        std::array<std::atomic<std::uint64_t>, status_count> statuses{};
        measure::Durations took;
    };

    std::vector<std::unique_ptr<Counted>> routes_;
};

}  // namespace kokemus::http
