#include "sample/journeys.h"

namespace kokemus::sample {

namespace {

using T = Touchpoint;

void play_repair_visit(Episode& episode) {
    const std::int64_t day =
        working_days_after(day_of(episode.now()), 1 + static_cast<int>(episode.random().below(2)));
    episode.pass_until(at_hour(day, episode.random().uniform(8, 17)));
    Event& visit = episode.touch(T::RepairVisit);
    visit.employee = static_cast<std::uint16_t>(
        1 + 5 * static_cast<std::uint64_t>(episode.profile().region) + episode.random().below(4));
    visit.duration_seconds = static_cast<double>(1200 + episode.random().below(3600));
}

/// "We ring you back within four hours." Mondays are where it breaks.
void play_call_back(Episode& episode, Event& call) {
    const Millis promised = call.time;
    call.promise(Promise::CallBack, promised + 4 * hour_ms);
    const bool is_monday = weekday_of(day_of(promised)) == 0;
    const double late =
        is_monday ? planted::call_back_late_share_monday : planted::call_back_late_share;
    const double fate = episode.random().uniform();
    if (fate < planted::call_back_never_share) {
        episode.feel(planted::late_call_back_effect);
        episode.pass(24);
        return;
    }
    const bool is_late = fate < planted::call_back_never_share + late;
    const double hours =
        is_late ? 4.2 + episode.random().exponential(5) : episode.random().uniform(0.3, 3.9);
    episode.pass_until(promised + static_cast<Millis>(hours * static_cast<double>(hour_ms)));
    if (is_late) {
        episode.feel(planted::late_call_back_effect);
    }
    episode.touch(T::CalledBack);
}

/// A person takes it on; repeats are likelier when the chatbot had it before.
void play_call(Episode& episode, bool after_bot) {
    const double repeats =
        after_bot ? planted::repeat_call_share_after_hand_off : planted::repeat_call_share;
    Event& call = episode.touch_person(T::CallSomethingIsWrong);
    const double way = episode.random().uniform();
    if (way < 0.38) {
        play_call_back(episode, call);
    } else if (way < 0.60) {
        play_repair_visit(episode);
    }
    if (episode.chance(repeats)) {
        episode.pass(30);
        episode.touch_person(T::CallSomethingIsWrong);
        if (episode.chance(0.5)) {
            play_repair_visit(episode);
        }
    }
}

void play_bot(Episode& episode) {
    episode.touch(T::BotSomethingIsWrong).duration_seconds =
        static_cast<double>(60 + episode.random().below(500));
    const double way = episode.random().uniform();
    if (way < 0.52) {
        episode.pass(1.1);
        play_call(episode, true);
    } else if (way < 0.64) {
        episode.pass(0.3);
        episode.touch_person(T::ChatSomethingIsWrong);
    }
}

}  // namespace

Outcome play_fault(Episode& episode) {
    episode.wake();
    const double way = episode.random().uniform();
    if (way < 0.36) {
        episode.touch(T::FaultReported);
        const double next = episode.random().uniform();
        if (next < 0.24) {
            episode.pass(2.5);
            play_call(episode, false);
        } else if (next < 0.50) {
            play_repair_visit(episode);
        }
    } else if (way < 0.70) {
        play_bot(episode);
    } else {
        play_call(episode, false);
    }
    episode.pass(7);
    episode.touch(T::FaultFixed);
    return {true, episode.felt(), episode.now()};
}

void play_complaint(Episode& episode, bool about_bill) {
    episode.pass(20);
    episode.wake();
    const std::int64_t day = day_of(episode.now());
    const Millis due = at_hour(working_days_after(day, 2), 20);
    episode.touch(T::ComplaintSent).promise(Promise::ComplaintAnswer, due);
    const double late =
        about_bill ? planted::complaint_late_share_billing : planted::complaint_late_share;
    if (episode.chance(late)) {
        episode.pass_until(
            at_hour(working_days_after(day, 3 + static_cast<int>(episode.random().below(5))), 14));
    } else {
        const std::int64_t answer_day =
            working_days_after(day, 1 + static_cast<int>(episode.random().below(2)));
        episode.pass_until(at_hour(answer_day, episode.random().uniform(8, 18)));
    }
    episode.touch(T::ComplaintAnswered);
}

}  // namespace kokemus::sample
