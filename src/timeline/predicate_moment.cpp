#include <algorithm>
#include <array>
#include <vector>

#include "timeline/contacts.h"
#include "timeline/marked_block.h"
#include "timeline/predicate_row.h"

namespace kokemus::timeline {
namespace {

/// Whether the customer, whose first row is `begin`, was in contact about the topic of `row` within
/// so many milliseconds before it.
bool was_before(const Part& part, Row begin, Row row, std::int64_t within) {
    for (Row earlier = row; earlier > begin; --earlier) {
        if (part.time[row] - part.time[earlier - 1] > within) {
            return false;
        }
        if (is_contact(part, earlier - 1) && topic_of(part, earlier - 1) == topic_of(part, row)) {
            return true;
        }
    }
    return false;
}

/// Looks around each contact, as far as the time reaches: 1 ns an encounter, 5 a contact and 3 for
/// each encounter within reach of it.
class FirstContactPredicate final : public RowPredicate {
public:
    FirstContactPredicate(const Part& part, const question::FirstContact& condition)
        : RowPredicate(5),
          part_(part),
          contacts_(part.facts),
          within_(condition.within.count()),
          repeated_(condition.repeated) {}

    void narrow_rows(const Judged& judged, Words rows, WordPool&) const override {
        part_.touchpoint.visit([&](const auto* touchpoints) {
            part_.channel.visit([&](const auto* channels) {
                narrow_each(judged.stretch, rows, part_.rows(), [&](std::size_t row) {
                    return contacts_.is_contact(touchpoints[row], channels[row]);
                });
            });
        });
        const MarkedBlock marked{judged.block, judged.stretch, rows};
        for (std::size_t unit = 0; unit < judged.block.units(); ++unit) {
            const Code customer = judged.block.customers[unit];
            marked.for_each_row(unit, [&](Row row) {
                if (!holds(customer, row)) {
                    const std::size_t bit = judged.stretch.bit(row);
                    rows[bit / 64] &= ~(std::uint64_t{1} << bit % 64);
                }
            });
        }
    }

private:
    bool holds(Code customer, Row row) const {
        return !was_before(part_, part_.customer_offsets[customer], row, within_) &&
               (!repeated_ || is_repeated(part_, customer, row, within_));
    }

    const Part& part_;
    ContactTable contacts_;
    std::int64_t within_;
    bool repeated_;
};

}  // namespace

PredicatePtr compile_row(const question::MakesPromise& makes, const Part& part) {
    std::vector<std::uint8_t> wanted(part.blueprint->promises.size());
    for (std::size_t promise = 0; promise < wanted.size(); ++promise) {
        wanted[promise] =
            makes.promise.empty() || part.blueprint->promises[promise].name == makes.promise;
    }
    std::array<bool, 5> outcomes{};
    for (const auto outcome : makes.outcomes) {
        outcomes[static_cast<std::size_t>(outcome)] = true;
        if (outcome == question::PromiseOutcome::Open) {
            outcomes[static_cast<std::size_t>(question::PromiseOutcome::AtRisk)] = true;
        }
    }
    return row_rule(0.5,
                    [&index = part.promises,
                     judge = PromiseJudge(*part.blueprint, part.latest_time),
                     wanted,
                     outcomes](const Stretch& stretch, Words rows) {
                        narrow_to_members(index.rows(), stretch, rows, [&](std::size_t place) {
                            return std::ranges::any_of(
                                index.made_by(place), [&](const PromiseMade& made) {
                                    return wanted[made.promise] != 0 &&
                                           outcomes[static_cast<std::size_t>(judge.outcome(made))];
                                });
                        });
                    });
}

PredicatePtr compile_row(const question::FirstContact& contact, const Part& part) {
    return std::make_unique<FirstContactPredicate>(part, contact);
}

}  // namespace kokemus::timeline
