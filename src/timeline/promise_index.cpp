#include "timeline/promise_index.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <tuple>

#include "base/parallel.h"

namespace kokemus::timeline {

/// Finds who made which promise, then walks every customer and thread backwards, remembering the
/// next keeping encounter of each promise: linear, however many promises stay open.
class PromiseSettler {
public:
    explicit PromiseSettler(const PromiseSource& source);

    PromiseIndex settle(std::vector<DueGiven> dues);

private:
    bool may_make(const DueGiven& due) const;
    void add_standing(std::vector<DueGiven>& dues) const;
    void index(const std::vector<DueGiven>& dues);
    void find_keeping();
    bool any_made(Row from, Row to) const;
    void walk_back(std::span<const Row> rows, bool threaded, std::vector<std::int64_t>& next);
    PromiseIndex finish();

    const PromiseSource& source_;
    std::size_t promises_;
    std::vector<std::vector<std::uint32_t>> keeps_;  ///< touchpoint -> promises it keeps
    std::vector<std::vector<std::uint32_t>> makes_;  ///< touchpoint -> promises it may make
    std::vector<Row> rows_;                          ///< those that make a promise, ascending
    RowSet made_at_;
    std::vector<std::uint32_t> offsets_{0};
    std::vector<PromiseMade> made_;
};

namespace {

std::vector<std::vector<std::uint32_t>> by_touchpoint(
    const PromiseSource& source, std::vector<std::string> blueprint::Promise::*list) {
    std::vector<std::vector<std::uint32_t>> promises_at(source.touchpoints.size());
    for (std::uint32_t promise = 0; promise < source.blueprint.promises.size(); ++promise) {
        for (const auto& touchpoint : source.blueprint.promises[promise].*list) {
            const auto code = source.touchpoints.find(touchpoint);
            if (code && std::ranges::count(promises_at[*code], promise) == 0) {
                promises_at[*code].push_back(promise);
            }
        }
    }
    return promises_at;
}

}  // namespace

PromiseSettler::PromiseSettler(const PromiseSource& source)
    : source_(source),
      promises_(source.blueprint.promises.size()),
      keeps_(by_touchpoint(source, &blueprint::Promise::kept)),
      makes_(by_touchpoint(source, &blueprint::Promise::made)) {}

PromiseIndex PromiseSettler::settle(std::vector<DueGiven> dues) {
    std::erase_if(dues, [&](const DueGiven& due) { return !may_make(due); });
    const auto order = [](const DueGiven& a, const DueGiven& b) {
        return std::tie(a.row, a.promise) < std::tie(b.row, b.promise);
    };
    std::ranges::sort(dues, order);
    add_standing(dues);
    std::ranges::sort(dues, order);
    index(dues);
    find_keeping();
    return finish();
}

bool PromiseSettler::may_make(const DueGiven& due) const {
    return source_.blueprint.promises[due.promise].made.empty() ||
           std::ranges::count(makes_[source_.touchpoint[due.row]], due.promise) != 0;
}

/// Adds the promises that every `made` encounter makes by itself. `dues` are in order.
void PromiseSettler::add_standing(std::vector<DueGiven>& dues) const {
    std::vector<std::vector<std::uint32_t>> standing(makes_);
    bool any = false;
    for (auto& promises : standing) {
        std::erase_if(promises, [&](std::uint32_t promise) {
            return !source_.blueprint.promises[promise].within;
        });
        any = any || !promises.empty();
    }
    if (!any) {
        return;
    }
    const std::size_t given = dues.size();
    std::size_t next = 0;
    for (Row row = 0; row < source_.time.size(); ++row) {
        while (next < given && dues[next].row < row) {
            ++next;
        }
        for (const auto promise : standing[source_.touchpoint[row]]) {
            std::size_t own = next;
            while (own < given && dues[own].row == row && dues[own].promise != promise) {
                ++own;
            }
            if (own == given || dues[own].row != row) {
                const auto within = *source_.blueprint.promises[promise].within;
                dues.push_back(DueGiven{row, promise, source_.time[row] + within.count()});
            }
        }
    }
}

void PromiseSettler::index(const std::vector<DueGiven>& dues) {
    RowSetBuilder made_at(source_.time.size());
    made_.reserve(dues.size());
    for (const auto& due : dues) {
        if (rows_.empty() || rows_.back() != due.row) {
            made_at.insert(due.row);
            rows_.push_back(due.row);
            offsets_.push_back(0);
        }
        made_.push_back(PromiseMade{due.promise, due.due});
        offsets_.back() = static_cast<std::uint32_t>(made_.size());
    }
    made_at_ = made_at.seal();
}

void PromiseSettler::find_keeping() {
    if (made_.empty()) {
        return;
    }
    constexpr std::size_t chunk_customers = 1U << 13U;
    const std::size_t customers = source_.customer_offsets.size() - 1;
    for_each_chunk_plain(customers, chunk_customers, [&](const Chunk& chunk) {
        std::vector<std::int64_t> next(promises_, PromiseMade::not_kept);
        std::vector<Row> rows;
        for (std::size_t customer = chunk.from; customer < chunk.to; ++customer) {
            const Row from = source_.customer_offsets[customer];
            const Row to = source_.customer_offsets[customer + 1];
            if (!any_made(from, to)) {
                continue;
            }
            rows.resize(to - from);
            std::iota(rows.begin(), rows.end(), from);
            walk_back(rows, false, next);
            for (auto thread = source_.threads.of_customer[customer];
                 thread < source_.threads.of_customer[customer + 1];
                 ++thread) {
                walk_back(source_.threads.rows_of(thread), true, next);
            }
        }
    });
}

bool PromiseSettler::any_made(Row from, Row to) const {
    const auto first = std::ranges::lower_bound(rows_, from);
    return first != rows_.end() && *first < to;
}

/// Settles the promises made at `rows` by encounters with a thread (`threaded`) or without one,
/// latest first.
void PromiseSettler::walk_back(std::span<const Row> rows, bool threaded,
                               std::vector<std::int64_t>& next) {
    std::ranges::fill(next, PromiseMade::not_kept);
    for (std::size_t i = rows.size(); i-- > 0;) {
        const Row row = rows[i];
        if (made_at_.contains(row) && (source_.thread[row] != 0) == threaded) {
            const std::size_t place = made_at_.rank(row);
            for (std::size_t at = offsets_[place]; at < offsets_[place + 1]; ++at) {
                made_[at].actual = next[made_[at].promise];
            }
        }
        for (const auto promise : keeps_[source_.touchpoint[row]]) {
            next[promise] = source_.time[row];
        }
    }
}

PromiseIndex PromiseSettler::finish() {
    std::vector<std::int64_t> due;
    std::vector<std::int64_t> actual;
    RowSetBuilder kept(made_.size());
    due.reserve(made_.size());
    for (std::size_t place = 0; place < made_.size(); ++place) {
        due.push_back(made_[place].due);
        if (made_[place].actual != PromiseMade::not_kept) {
            kept.insert(static_cast<Row>(place));
            actual.push_back(made_[place].actual);
        }
    }
    PromiseIndex index;
    index.rows_ = std::move(made_at_);
    index.offsets_ = Array(std::move(offsets_));
    index.promise_ = CodeColumn::make(made_.size(), promises_, [&](auto* promises) {
        for (std::size_t place = 0; place < made_.size(); ++place) {
            promises[place] = static_cast<WidthOf<decltype(promises)>>(made_[place].promise);
        }
    });
    index.due_ = TimeColumn::make(due);
    index.kept_ = kept.seal();
    index.actual_ = TimeColumn::make(actual);
    return index;
}

PromiseJudge::PromiseJudge(const blueprint::Blueprint& blueprint, std::int64_t now) : now_(now) {
    for (const auto& promise : blueprint.promises) {
        at_risk_.push_back(promise.at_risk.value_or(std::chrono::hours(24)).count());
    }
}

PromiseIndex make_promise_index(const PromiseSource& source, std::vector<DueGiven> dues) {
    return PromiseSettler(source).settle(std::move(dues));
}

}  // namespace kokemus::timeline
