#include "timeline/clock_reach.h"

#include <variant>

#include "timeline/contacts.h"
#include "timeline/row_bits.h"

namespace kokemus::timeline {
namespace {

/// One overload for every condition that there is, so that a new one must say what it depends on.
struct ReachOf {
    const blueprint::Blueprint& blueprint;
    const question::Unit& per;

    ClockReach operator()(const question::TextCondition&) const { return {}; }
    ClockReach operator()(const question::NumberCondition&) const { return {}; }
    ClockReach operator()(const question::Touches&) const { return {}; }
    ClockReach operator()(const question::Goes&) const { return {}; }
    ClockReach operator()(const question::Follows&) const { return {}; }
    ClockReach operator()(const question::Lasts&) const { return {}; }
    ClockReach operator()(const question::Size&) const { return {}; }
    ClockReach operator()(const question::Reaches&) const { return {}; }
    ClockReach operator()(const question::Switches&) const { return {}; }
    ClockReach operator()(const question::Repeats&) const { return {}; }
    ClockReach operator()(const question::Deviates&) const { return {}; }
    ClockReach operator()(const question::FirstContact&) const { return {}; }

    ClockReach operator()(const question::StatusCondition&) const {
        return reach_of_statuses(blueprint, per);
    }

    ClockReach operator()(const question::PromiseCondition&) const { return {.promises = true}; }
    ClockReach operator()(const question::MakesPromise&) const { return {.promises = true}; }

    ClockReach operator()(const question::Has& has) const { return of(has.inner); }
    ClockReach operator()(const question::Not& negation) const { return of(negation.part); }
    ClockReach operator()(const question::And& junction) const { return of_all(junction.parts); }
    ClockReach operator()(const question::Or& junction) const { return of_all(junction.parts); }

    ClockReach of(const question::ConditionPtr& condition) const {
        return condition == nullptr ? ClockReach{} : std::visit(*this, condition->is);
    }

    ClockReach of_all(const std::vector<question::ConditionPtr>& parts) const {
        ClockReach reach;
        for (const auto& part : parts) {
            reach.add(of(part));
        }
        return reach;
    }
};

/// Inserts who has an encounter not longer than `reach` before now for which `matters(row)`.
template <typename Matters>
void insert_active(const Part& part, std::int64_t reach, std::int64_t now, RowSetBuilder& customers,
                   const Matters& matters) {
    const auto offsets = part.customer_offsets.span();
    part.time.visit([&](const auto& times) {
        for (Code customer = 0; customer < part.customer_count(); ++customer) {
            for (Row end = offsets[customer + 1];
                 end > offsets[customer] && now - times[end - 1] <= reach;
                 --end) {
                if (matters(end - 1)) {
                    customers.insert(customer);
                    break;
                }
            }
        }
    });
}

void insert_with_open_promises(const Part& part, std::int64_t now, RowSetBuilder& customers) {
    const auto offsets = part.customer_offsets.span();
    PromiseIndex::Cursor cursor(part.promises);
    Code customer = 0;
    const Stretch all{0, static_cast<Row>(part.rows())};
    for_each_member(part.promises.rows(), all, [&](Row row, std::size_t rank) {
        while (row >= offsets[customer + 1]) {
            ++customer;
        }
        cursor.for_each_by(rank, [&](const PromiseMade& made) {
            if (made.actual == PromiseMade::not_kept && made.due >= now) {
                customers.insert(customer);
            }
        });
    });
}

}  // namespace

/// An episode that nothing ends is open until it has been silent or taken for too long; both are
/// over so long after the customer's last encounter.
ClockReach reach_of_statuses(const blueprint::Blueprint& blueprint, const question::Unit& per) {
    ClockReach reach;
    if (per.kind != question::UnitKind::Journey) {
        return reach;
    }
    if (const auto* journey = blueprint.journey(per.journey)) {
        for (const auto& limit : {journey->silence, journey->within}) {
            if (limit && (reach.after_last < 0 || limit->count() < reach.after_last)) {
                reach.after_last = limit->count();
            }
        }
    }
    return reach;
}

ClockReach reach_of(const question::ConditionPtr& condition, const blueprint::Blueprint& blueprint,
                    const question::Unit& per) {
    return ReachOf{blueprint, per}.of(condition);
}

RowSet with_restless(const RowSet& gone, const Part& part, const ClockReach& reach,
                     std::int64_t now) {
    if (reach.stands_still()) {
        return gone;
    }
    RowSetBuilder customers(part.customer_count(), gone);
    if (reach.after_last >= 0) {
        insert_active(part, reach.after_last, now, customers, [](Row) { return true; });
    }
    if (reach.after_contact >= 0) {
        insert_active(part, reach.after_contact, now, customers, [&part](Row row) {
            return is_contact(part, row);
        });
    }
    if (reach.promises && !part.promises.empty()) {
        insert_with_open_promises(part, now, customers);
    }
    return customers.seal();
}

}  // namespace kokemus::timeline
