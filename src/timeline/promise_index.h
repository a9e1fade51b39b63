#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "blueprint/blueprint.h"
#include "question/filter.h"
#include "timeline/code_column.h"
#include "timeline/dictionary.h"
#include "timeline/row_set.h"
#include "timeline/thread_index.h"
#include "timeline/time_column.h"

namespace kokemus::timeline {

/// One promise to one customer. Times in milliseconds since 1970.
struct PromiseMade {
    std::uint32_t promise = 0;  ///< place in the blueprint's promises
    std::int64_t due = 0;
    std::int64_t actual = not_kept;  ///< when it was kept, in time or late

    static constexpr std::int64_t not_kept = INT64_MAX;
};

/// Says what has become of promises by a certain time. Kept in time when not after the due.
class PromiseJudge {
public:
    PromiseJudge(const blueprint::Blueprint& blueprint, std::int64_t now);

    question::PromiseOutcome outcome(const PromiseMade& made) const {
        if (made.actual != PromiseMade::not_kept) {
            return made.actual <= made.due ? question::PromiseOutcome::Kept
                                           : question::PromiseOutcome::Late;
        }
        if (made.due < now_) {
            return question::PromiseOutcome::Broken;
        }
        return made.due - now_ <= at_risk_[made.promise] ? question::PromiseOutcome::AtRisk
                                                         : question::PromiseOutcome::Open;
    }

private:
    std::int64_t now_;
    std::vector<std::int64_t> at_risk_;  ///< of each promise of the blueprint
};

/// Every promise of the blueprint that was made, at the row that made it, and when it was kept.
/// None of this depends on a question, so it is settled when the part is built; what an open one
/// is called depends on "now" and is said by a PromiseJudge.
///
/// Made: where an encounter carries a due for it (if the promise names `made` touchpoints, at one
/// of these only), and, for a promise with `within`, at every `made` encounter without a due of its
/// own. Kept: by the first later encounter (in the total order; equal times are fine) at a `kept`
/// touchpoint, of the same customer, and of the same thread when the encounter that made it has
/// one.
class PromiseIndex {
public:
    PromiseIndex() = default;

    bool empty() const { return rows_.empty(); }

    /// Walks promises made, by value.
    class Iterator {
    public:
        using value_type = PromiseMade;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        Iterator(const PromiseIndex& index, std::size_t place) : index_(&index), place_(place) {}

        PromiseMade operator*() const { return index_->made(place_); }

        Iterator& operator++() {
            ++place_;
            return *this;
        }

        Iterator operator++(int) {
            const Iterator before = *this;
            ++place_;
            return before;
        }

        friend bool operator==(const Iterator& a, const Iterator& b) {
            return a.place_ == b.place_;
        }

    private:
        const PromiseIndex* index_ = nullptr;
        std::size_t place_ = 0;
    };

    struct Range {
        Iterator first, last;
        Iterator begin() const { return first; }
        Iterator end() const { return last; }
    };

    /// The promises made at `row`, by their place in the blueprint.
    Range made_at(Row row) const {
        if (!rows_.contains(row)) {
            return {};
        }
        return made_by(rows_.rank(row));
    }

    /// As above, of the row at a rank among those that make any.
    Range made_by(std::size_t rank) const {
        return {Iterator(*this, offsets_[rank]), Iterator(*this, offsets_[rank + 1])};
    }

    /// The rows that make any promise.
    const RowSet& rows() const { return rows_; }

    /// The promise at a place among all of them, in row order.
    PromiseMade made(std::size_t place) const {
        const auto at = static_cast<Row>(place);
        return {promise_[place],
                due_[place],
                kept_.contains(at) ? actual_[kept_.rank(at)] : PromiseMade::not_kept};
    }

    /// Reads promises by ascending places, without counting the kept ones before each.
    class Cursor {
    public:
        explicit Cursor(const PromiseIndex& index) : index_(&index) {}

        PromiseMade made(std::size_t place) {
            const auto at = static_cast<Row>(place);
            if (place != next_) {
                rank_ = index_->kept_.empty() ? 0 : index_->kept_.rank(at);
            }
            next_ = place + 1;
            return {index_->promise_[place],
                    index_->due_[place],
                    index_->kept_.contains(at) ? index_->actual_[rank_++] : PromiseMade::not_kept};
        }

        /// Calls `use(made)` for all that the row at a rank among those that make any has made.
        template <typename Use>
        void for_each_by(std::size_t rank, const Use& use) {
            const std::size_t end = index_->offsets_[rank + 1];
            for (std::size_t place = index_->offsets_[rank]; place < end; ++place) {
                use(made(place));
            }
        }

    private:
        const PromiseIndex* index_;
        std::size_t next_ = SIZE_MAX;  ///< the place that rank_ is for
        std::size_t rank_ = 0;
    };

    std::size_t size() const { return promise_.size(); }
    std::size_t bytes() const {
        return rows_.bytes() + offsets_.bytes() + promise_.bytes() + due_.bytes() + kept_.bytes() +
               actual_.bytes();
    }

    /// Whether every row below `rows` can be asked for and every promise is one of so many (of
    /// columns from a file).
    bool is_sound(std::size_t rows, std::size_t promises) const;

    friend bool operator==(const PromiseIndex&, const PromiseIndex&) = default;

    template <typename Visit>
    void visit_columns(Visit&& visit) {
        rows_.visit_columns(visit);
        visit(offsets_);
        promise_.visit_columns(visit);
        due_.visit_columns(visit);
        kept_.visit_columns(visit);
        actual_.visit_columns(visit);
    }

private:
    friend class PromiseSettler;

    RowSet rows_;
    Array<std::uint32_t> offsets_;  ///< the k-th row of rows_ makes [offsets[k], offsets[k + 1])
    CodeColumn promise_;
    TimeColumn due_;
    RowSet kept_;        ///< places of those that were kept
    TimeColumn actual_;  ///< of these
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
    const TimeColumn& time;
};

/// `dues` may come in any order.
PromiseIndex make_promise_index(const PromiseSource& source, std::vector<DueGiven> dues);

}  // namespace kokemus::timeline
