#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "blueprint/blueprint.h"
#include "question/filter.h"
#include "timeline/code_column.h"
#include "timeline/dictionary.h"
#include "timeline/row_set.h"
#include "timeline/thread_index.h"

namespace kokemus::timeline {

/// One promise to one customer. Times in milliseconds since 1970.
struct PromiseMade {
    std::uint32_t promise = 0;  ///< place in the blueprint's promises
    question::PromiseOutcome outcome = question::PromiseOutcome::Open;
    std::int64_t due = 0;
    std::int64_t actual = not_kept;  ///< when it was kept, in time or late

    static constexpr std::int64_t not_kept = INT64_MAX;

    friend bool operator==(const PromiseMade&, const PromiseMade&) = default;
};

/// Every promise of the blueprint that was made, at the row that made it, with what became of it by
/// the ledger's latest time. None of this depends on a question, so it is settled when the timeline
/// is built.
///
/// Made: where an encounter carries a due for it (if the promise names `made` touchpoints, at one
/// of these only), and, for a promise with `within`, at every `made` encounter without a due of its
/// own. Kept: by the first later encounter (in the total order; equal times are fine) at a `kept`
/// touchpoint, of the same customer, and of the same thread when the encounter that made it has
/// one. In time when not after the due.
class PromiseIndex {
public:
    PromiseIndex() = default;

    bool empty() const { return rows_.empty(); }

    /// The promises made at `row`, by their place in the blueprint.
    std::span<const PromiseMade> made_at(Row row) const {
        if (!rows_.contains(row)) {
            return {};
        }
        const std::size_t place = rows_.rank(row);
        return std::span(made_).subspan(offsets_[place], offsets_[place + 1] - offsets_[place]);
    }

    std::size_t size() const { return made_.size(); }
    std::size_t bytes() const {
        return rows_.bytes() + offsets_.size() * sizeof(offsets_[0]) +
               made_.size() * sizeof(PromiseMade);
    }

    friend bool operator==(const PromiseIndex&, const PromiseIndex&) = default;

private:
    friend class PromiseSettler;

    RowSet rows_;
    std::vector<std::uint32_t> offsets_{0};
    std::vector<PromiseMade> made_;
};

/// A due that an encounter carries.
struct DueGiven {
    Row row = 0;
    std::uint32_t promise = 0;  ///< place in the blueprint's promises
    std::int64_t due = 0;
};

/// What the index is made from, all in row order.
struct PromiseSource {
    const blueprint::Blueprint& blueprint;
    const Dictionary& touchpoints;
    std::span<const Row> customer_offsets;
    const CodeColumn& touchpoint;
    const CodeColumn& thread;
    const ThreadIndex& threads;
    std::span<const std::int64_t> time;
    std::int64_t now = 0;  ///< the ledger's latest time
};

/// `dues` may come in any order.
PromiseIndex make_promise_index(const PromiseSource& source, std::vector<DueGiven> dues);

}  // namespace kokemus::timeline
