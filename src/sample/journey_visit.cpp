#include <algorithm>

#include "sample/journeys.h"

namespace kokemus::sample {

namespace {

using T = Touchpoint;

struct Visit {
    std::int64_t day = 0;
    int hour = 8;  ///< the window's start; it lasts two
    int crew = 1;

    Millis window_end() const { return at_hour(day, hour + 2); }
};

/// Crews work in one region: five each, four in the north.
int pick_crew(Episode& episode) {
    const int first = 1 + 5 * static_cast<int>(episode.profile().region);
    const int count = episode.profile().region == Region::North ? 4 : 5;
    return first + static_cast<int>(episode.random().below(static_cast<std::uint64_t>(count)));
}

Visit pick_visit(Episode& episode, std::int64_t not_before) {
    Visit visit;
    visit.day = working_days_after(not_before - 1, 1);
    visit.hour = 8 + 2 * static_cast<int>(episode.random().below(5));
    visit.crew = pick_crew(episode);
    return visit;
}

double moved_share(const Episode& episode, const Visit& visit, bool from_store) {
    const Region region = episode.profile().region;
    double share = planted::moved_share;
    share *= region == Region::North ? planted::moved_factor_north : 1;
    share *= is_winter(visit.day) ? planted::moved_factor_winter : 1;
    share *= from_store ? planted::moved_factor_store : 1;
    share *= episode.world().is_fibre_cut(region, at_hour(visit.day, 12))
                 ? planted::moved_factor_fibre_cut
                 : 1;
    return std::min(share, 0.85);
}

bool rings_the_evening_before(const Episode& episode, const Visit& visit) {
    return at_hour(visit.day, 0) >=
           episode.world().evening_call_start[static_cast<std::size_t>(visit.crew)];
}

double missed_share(const Episode& episode, const Visit& visit) {
    double share = planted::missed_share;
    const bool is_weak =
        std::find(planted::weak_crews.begin(), planted::weak_crews.end(), visit.crew) !=
        planted::weak_crews.end();
    share += is_weak ? planted::missed_extra_weak_crew : 0;
    share += is_winter(visit.day) ? planted::missed_extra_winter : 0;
    share += rings_the_evening_before(episode, visit) ? planted::evening_call_effect : 0;
    return std::max(share, 0.01);
}

/// A text says that the visit is moved, to a day that we chose. False when the customer has had
/// enough.
bool play_moved(Episode& episode, Visit& visit) {
    const Millis told = at_hour(visit.day, episode.random().uniform(-16, -8));
    episode.pass_until(told);
    visit =
        pick_visit(episode, visit.day + 2 + static_cast<std::int64_t>(episode.random().below(4)));
    episode.touch(T::VisitMoved).promise(Promise::TechnicianInWindow, visit.window_end());
    if (episode.chance(0.53)) {
        episode.pass(3.5);
        episode.touch_person(T::CallWhereIsMyVisit);
        return !episode.chance(0.14);
    }
    return !episode.chance(0.04);
}

/// The crew comes, or not; true when it came.
bool play_arrival(Episode& episode, const Visit& visit) {
    const bool misses = episode.chance(missed_share(episode, visit));
    const bool nobody = misses && episode.chance(planted::nobody_share_of_missed);
    const bool rang = rings_the_evening_before(episode, visit);
    const double late_hours = misses ? episode.random().uniform(0.3, 3) : 0;
    const double arrives =
        misses ? visit.hour + 2 + late_hours : visit.hour + episode.random().uniform(0.1, 1.9);
    episode.pass_until(at_hour(visit.day, nobody ? visit.hour + 2.5 : arrives));
    Event& event = episode.touch(nobody ? T::NobodyCame : T::TechnicianVisit);
    event.employee = static_cast<std::uint16_t>(visit.crew);
    event.evening_call = rang;
    if (!nobody) {
        event.duration_seconds = static_cast<double>(1500 + episode.random().below(4500));
    }
    return !nobody;
}

}  // namespace

bool play_visit(Episode& episode, Millis agreed_day_end, bool from_store) {
    const bool asks_bot = episode.chance(0.11);
    Visit visit;
    if (asks_bot) {
        // Was never asked for a time, and wonders.
        episode.pass(40);
        episode.wake();
        visit = pick_visit(episode, std::max(day_of(agreed_day_end), day_of(episode.now()) + 1));
        episode.touch(T::BotWhereIsIt);
        if (episode.chance(0.56)) {
            episode.pass(2);
            episode.touch_person(T::CallWhereIsMyVisit);
        }
    } else {
        episode.pass(18);
        episode.wake();
        visit = pick_visit(episode, std::max(day_of(agreed_day_end), day_of(episode.now()) + 1));
        episode.touch_self_service(T::VisitTimePicked)
            .promise(Promise::TechnicianInWindow, visit.window_end());
    }
    constexpr int tries_max = 6;
    for (int attempt = 0; attempt < tries_max; ++attempt) {
        if (episode.now() < at_hour(visit.day, 6) &&
            episode.chance(moved_share(episode, visit, from_store))) {
            if (!play_moved(episode, visit)) {
                episode.pass(8);
                episode.touch_person(T::OrderCancelled);
                return false;
            }
            continue;
        }
        if (play_arrival(episode, visit)) {
            break;
        }
        if (episode.chance(0.7)) {
            episode.pass(2);
            episode.touch_person(T::CallWhereIsMyVisit);
        }
        visit = pick_visit(
            episode,
            day_of(episode.now()) + 1 + static_cast<std::int64_t>(episode.random().below(3)));
    }
    if (episode.chance(0.04)) {
        episode.pass(5);
        episode.wake();
        episode.touch(T::BotNoConnection);
        if (episode.chance(0.6)) {
            episode.pass(1);
            episode.touch_person(T::CallNoConnection);
        }
    }
    episode.pass(0.6);
    episode.touch(T::LineActive);
    return true;
}

}  // namespace kokemus::sample
