#include "sample/journeys.h"

namespace kokemus::sample {

namespace {

using T = Touchpoint;

}  // namespace

Outcome play_move(Episode& episode) {
    episode.touch_self_service(T::MoveAnnounced);
    const std::int64_t day = day_of(episode.now());
    const Millis agreed =
        at_hour(working_days_after(day, 8 + static_cast<int>(episode.random().below(8))), 20);
    episode.pass(1);
    episode.touch(T::MoveConfirmed).promise(Promise::LiveOnAgreedDay, agreed);
    const bool stays = play_visit(episode, agreed, false);
    return {stays, episode.felt(), episode.now()};
}

Outcome play_change(Episode& episode) {
    episode.touch_self_service(T::PlanOptionsViewed);
    const double way = episode.random().uniform();
    if (way < 0.30) {
        return {true, episode.felt(), episode.now()};
    }
    if (way < 0.45) {
        episode.pass(6);
        episode.touch_person(T::CallChangingPlan);
    } else {
        episode.pass(0.3);
        episode.touch_self_service(T::PlanChanged);
    }
    episode.pass(2);
    episode.touch(T::PlanChangeConfirmed);
    return {true, episode.felt(), episode.now()};
}

Outcome play_leave(Episode& episode) {
    const double way = episode.random().uniform();
    if (way < 0.35) {
        episode.touch_self_service(T::LeavingAsked);
    } else {
        episode.touch_person(T::LeavingAsked);
    }
    if (episode.chance(0.45)) {
        episode.pass(18);
        episode.touch_person(T::OfferToStay);
        if (episode.chance(0.30)) {
            episode.pass(4);
            episode.touch_person(T::Stayed);
            return {true, episode.felt(), episode.now()};
        }
    }
    episode.pass(6);
    episode.touch(T::LeavingConfirmed);
    if (episode.chance(0.8)) {
        episode.pass(150);
        episode.pass_until(at_hour(day_of(episode.now()) + 1, episode.random().uniform(10, 18)));
        episode.touch(T::RouterReturned);
    }
    episode.pass_until(episode.now() + 10 * day_ms);
    episode.touch(T::LastBill).value =
        plan_prices[static_cast<std::size_t>(episode.profile().plan)];
    return {false, episode.felt(), episode.now()};
}

}  // namespace kokemus::sample
