#include <cmath>

#include "sample/journeys.h"

namespace kokemus::sample {

namespace {

using T = Touchpoint;

enum class OrderedBy { Web, Phone, Store, Nobody };

/// Choosing and ordering: mostly on the web, some by phone or in a store; some never order.
OrderedBy play_choose(Episode& episode) {
    episode.wake();
    const double way = episode.random().uniform();
    bool in_store = way >= 0.88;
    bool by_phone = way >= 0.74 && !in_store;
    if (way < 0.74) {
        episode.touch_self_service(T::PlansCompared).duration_seconds =
            std::round(60 + episode.random().exponential(400));
        const double next = episode.random().uniform();
        if (next < 0.05) {
            return OrderedBy::Nobody;
        }
        episode.pass(next < 0.14 ? 5 : 26);
        by_phone = next >= 0.05 && next < 0.13;
        in_store = next >= 0.13 && next < 0.155;
    }
    if (in_store) {
        const std::int64_t day = day_of(episode.now());
        episode.pass_until(at_hour(day + 1, episode.random().uniform(10, 18)));
        episode.touch(T::Store);
        return episode.chance(0.06) ? OrderedBy::Nobody : OrderedBy::Store;
    }
    if (by_phone) {
        episode.touch_person(T::CallSales);
        const double next = episode.random().uniform();
        if (next < 0.08) {
            return OrderedBy::Nobody;
        }
        if (next < 0.84) {
            return OrderedBy::Phone;
        }
        episode.pass(20);
    }
    episode.touch_self_service(T::OrderPlaced).value =
        plan_prices[static_cast<std::size_t>(episode.profile().plan)];
    return OrderedBy::Web;
}

void play_router(Episode& episode, std::int64_t order_day) {
    const std::int64_t due_day = working_days_after(order_day, 3);
    const bool is_december = month_of(order_day) == 12;
    const bool is_late = episode.chance(is_december ? planted::router_late_share_december
                                                    : planted::router_late_share);
    const int days = 1 + static_cast<int>(episode.random().below(3));
    const std::int64_t day =
        is_late ? working_days_after(due_day, 1 + static_cast<int>(episode.random().below(3)))
                : working_days_after(order_day, days);
    episode.pass_until(at_hour(day, episode.random().uniform(9, 17)));
    episode.touch(T::RouterSent);
}

void play_no_connection(Episode& episode) {
    episode.pass(0.6);
    episode.wake();
    episode.touch(T::BotNoConnection);
    if (!episode.chance(0.67)) {
        episode.pass(3);
        return;
    }
    episode.pass(1.2);
    episode.touch_person(T::CallNoConnection);
    if (episode.chance(0.5)) {
        const std::int64_t day = working_days_after(
            day_of(episode.now()), 1 + static_cast<int>(episode.random().below(2)));
        episode.pass_until(at_hour(day, episode.random().uniform(8, 17)));
        Event& visit = episode.touch(T::TechnicianVisit);
        visit.employee = static_cast<std::uint16_t>(1 + episode.random().below(crew_count));
    } else {
        episode.pass(6);
    }
}

void play_self_install(Episode& episode) {
    episode.pass(52);
    episode.wake();
    episode.touch(T::SelfInstall);
    // The fastest plan needs a setting that the guide does not show.
    if (episode.chance(episode.profile().plan == Plan::Gold ? 0.55 : 0.25)) {
        play_no_connection(episode);
    }
    episode.pass(0.5);
    episode.touch(T::LineActive);
}

void play_bill_call(Episode& episode, double mean_hours) {
    episode.pass(mean_hours);
    episode.touch_person(T::CallTheBill);
    while (episode.chance(planted::repeat_call_share)) {
        episode.pass(40);
        episode.touch_person(T::CallTheBill);
    }
}

/// The first bill, as quoted or not, read, rung about, paid.
void play_first_bill(Episode& episode, OrderedBy by, Millis quoted_until) {
    const World& world = episode.world();
    episode.pass_until(episode.now() + static_cast<Millis>(episode.random().uniform(17, 26) *
                                                           static_cast<double>(day_ms)));
    const auto channel = static_cast<std::size_t>(by);
    const bool is_wrong =
        episode.chance(planted::bill_wrong_shares[channel]) || episode.now() > quoted_until;
    episode.pass_until(at_hour(day_of(episode.now()), episode.random().uniform(8, 12)));
    const Millis sent = episode.now();
    Event& bill = episode.touch(is_wrong ? T::BillNotAsQuoted : T::FirstBill);
    bill.value =
        plan_prices[static_cast<std::size_t>(episode.profile().plan)] + (is_wrong ? 19.9 : 0);
    bill.is_bill_test = sent >= world.short_bill_start;
    const bool is_short = bill.is_bill_test && episode.profile().number % 2 == 0;
    bill.short_bill = is_short;
    const double way = episode.random().uniform();
    const double views = is_wrong ? 0.55 : 0.60;
    const double calls = is_wrong ? 0.40 : 0.10;
    if (way < views) {
        episode.pass(15);
        episode.touch_self_service(T::BillViewed);
        if (episode.chance((is_wrong ? 0.55 : 0.12) +
                           (is_short ? planted::short_bill_effect : 0))) {
            play_bill_call(episode, 4);
        }
    } else if (way < views + calls) {
        play_bill_call(episode, 20);
    }
    episode.pass_until(
        sent + static_cast<Millis>(episode.random().uniform(6, 14) * static_cast<double>(day_ms)));
    if (!episode.chance(0.04)) {
        episode.touch_self_service(T::BillPaid);
    }
}

}  // namespace

Outcome play_connect(Episode& episode) {
    const OrderedBy by = play_choose(episode);
    if (by == OrderedBy::Nobody) {
        return {false, episode.felt(), episode.now()};
    }
    episode.pass(0.05);
    const std::int64_t order_day = day_of(episode.now());
    const int wait_days = 7 + static_cast<int>(episode.random().below(5));
    const Millis agreed = at_hour(working_days_after(order_day, wait_days), 20);
    const Millis quoted_until = episode.now() + 75 * day_ms;
    const bool is_self_install = episode.chance(0.28);
    const bool has_router = !is_self_install && episode.chance(0.15);
    Event& confirmed = episode.touch(T::OrderConfirmed);
    confirmed.promise(Promise::LiveOnAgreedDay, agreed);
    confirmed.promise(Promise::FirstBillAsQuoted, quoted_until);
    if (!has_router) {
        confirmed.promise(Promise::RouterInThreeDays,
                          at_hour(working_days_after(order_day, 3), 20));
        play_router(episode, order_day);
    }
    if (is_self_install) {
        play_self_install(episode);
    } else if (!play_visit(episode, agreed, by == OrderedBy::Store)) {
        return {false, episode.felt(), episode.now()};
    }
    if (episode.chance(0.51)) {
        episode.pass(30);
        episode.wake();
        episode.touch(T::SpeedTest).duration_seconds = 40;
    }
    if (!episode.chance(0.015)) {
        play_first_bill(episode, by, quoted_until);
    }
    return {true, episode.felt(), episode.now()};
}

}  // namespace kokemus::sample
