#include "sample/live_generator.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "sample/episode.h"
#include "sample/life.h"

namespace kokemus::sample {

namespace {

constexpr Millis moment_ms = 3 * second_ms;          ///< between added moments
constexpr Millis moment_length_ms = 15 * minute_ms;  ///< none lasts longer
constexpr Millis moment_age_ms = 10 * minute_ms;

Millis millis(Instant time) {
    return time.time_since_epoch().count();
}

/// How many customers there are at a time, those included who came after the end of the data.
std::uint64_t customers_at(const World& world, Millis time) {
    std::uint64_t count = world.options.customers;
    while (make_profile(world, count).joined <= time) {
        ++count;
    }
    return count;
}

/// A short visit of somebody: one to three encounters within minutes.
void play_moment(Episode& episode) {
    using T = Touchpoint;
    const double kind = episode.random().uniform();
    if (kind < 0.60) {
        episode.touch(T::UsageViewed);
    } else if (kind < 0.80) {
        episode.touch(T::PlanOptionsViewed);
        if (episode.chance(0.5)) {
            episode.pass_until(episode.now() + minute_ms);
            episode.touch(T::PlanChanged);
            episode.touch(T::PlanChangeConfirmed);
        }
    } else {
        episode.touch(episode.chance(0.5) ? T::FaultReported : T::BotSomethingIsWrong);
        episode.pass_until(episode.now() + 4 * minute_ms);
        episode.touch(T::FaultFixed);
    }
}

ThreadKind thread_of(const std::vector<Event>& events) {
    switch (events.front().touchpoint) {
        case Touchpoint::UsageViewed: return ThreadKind::None;
        case Touchpoint::PlanOptionsViewed: return ThreadKind::Change;
        default: return ThreadKind::Ticket;
    }
}

struct Planned {
    Profile profile;
    Event event;
    std::uint64_t place = 0;
};

}  // namespace

struct LiveGenerator::State {
    explicit State(const Options& options) : world(options) {}

    void plan(Millis after, Millis until);
    void add_moments(Millis after, Millis until, std::vector<encounter::Encounter>& out);

    World world;
    Millis planned_from = 0;
    Millis planned_to = std::numeric_limits<Millis>::min();
    std::vector<Planned> planned;  ///< in order of time
};

void LiveGenerator::State::plan(Millis after, Millis until) {
    if (planned_to != std::numeric_limits<Millis>::min() && after >= planned_from &&
        until <= planned_to) {
        return;
    }
    planned.clear();
    planned_from = after;
    planned_to = std::max(until, after + day_ms);
    std::vector<Event> events;
    const std::uint64_t customers = customers_at(world, planned_to);
    for (std::uint64_t number = 0; number < customers; ++number) {
        const Profile profile = make_profile(world, number);
        live(world, profile, planned_to, events);
        for (std::size_t place = events.size(); place > 0 && events[place - 1].time > planned_from;
             --place) {
            planned.push_back({profile, events[place - 1], place - 1});
        }
    }
    std::ranges::sort(planned, [](const Planned& left, const Planned& right) {
        return std::tuple(left.event.time, left.profile.number, left.place) <
               std::tuple(right.event.time, right.profile.number, right.place);
    });
}

void LiveGenerator::State::add_moments(Millis after, Millis until,
                                       std::vector<encounter::Encounter>& out) {
    after = std::max(after, until - moment_age_ms);
    std::vector<Event> events;
    const Millis first = std::max(after - moment_length_ms, world.to) / moment_ms + 1;
    for (Millis slot = first; slot * moment_ms <= until; ++slot) {
        Random random(world.options.seed, ~static_cast<std::uint64_t>(slot));
        const Profile profile = make_profile(world, random.below(world.options.customers));
        if (profile.joined > world.to) {
            continue;
        }
        events.clear();
        Episode episode(world,
                        profile,
                        random,
                        {ThreadKind::None,
                         static_cast<std::uint32_t>(slot),
                         planted::base_everyday,
                         slot * moment_ms},
                        events);
        play_moment(episode);
        const ThreadKind thread = thread_of(events);
        for (std::size_t place = 0; place < events.size(); ++place) {
            events[place].thread = thread;
            if (events[place].time > after && events[place].time <= until) {
                write_encounter(profile, events[place], place, out.emplace_back());
                out.back().id = encounter::EncounterId(fmt::format("live-{}-{}", slot, place));
            }
        }
    }
}

LiveGenerator::LiveGenerator(const Options& options) : state_(std::make_unique<State>(options)) {}
LiveGenerator::~LiveGenerator() = default;

std::vector<encounter::Encounter> LiveGenerator::between(Instant after, Instant until) {
    std::vector<encounter::Encounter> out;
    const Millis from = std::max(millis(after), state_->world.to);
    const Millis to = millis(until);
    if (to <= from) {
        return out;
    }
    state_->plan(from, to);
    auto at = std::ranges::upper_bound(
        state_->planned, from, {}, [](const Planned& one) { return one.event.time; });
    for (; at != state_->planned.end() && at->event.time <= to; ++at) {
        write_encounter(at->profile, at->event, at->place, out.emplace_back());
    }
    state_->add_moments(from, to, out);
    std::ranges::stable_sort(out, {}, &encounter::Encounter::time);
    return out;
}

std::vector<encounter::Customer> LiveGenerator::joined(Instant after, Instant until) const {
    const World& world = state_->world;
    std::vector<encounter::Customer> out;
    const std::uint64_t end = customers_at(world, millis(until));
    for (std::uint64_t number = customers_at(world, millis(after)); number < end; ++number) {
        out.push_back(make_customer(world, make_profile(world, number)));
    }
    return out;
}

}  // namespace kokemus::sample
