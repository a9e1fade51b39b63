#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "timeline/array.h"
#include "timeline/code_column.h"

namespace kokemus::timeline {

/// When each row was, in milliseconds since 1970, exactly, in as few bytes as the times allow: 4
/// where all of them are whole seconds within 136 years or lie within 49 days, 5 within 34 years, 8
/// beyond.
class TimeColumn {
public:
    TimeColumn() = default;

    /// The times of all rows.
    static TimeColumn make(std::span<const std::int64_t> times);

    /// Readers of each layout: `reader[row]` without a branch.
    struct Short {
        const std::uint32_t* low;
        std::int64_t base, unit;
        std::int64_t operator[](std::size_t row) const {
            return base + unit * static_cast<std::int64_t>(low[row]);
        }
    };

    struct Middle {
        const std::uint32_t* low;
        const std::uint8_t* high;
        std::int64_t base;
        std::int64_t operator[](std::size_t row) const {
            return base + static_cast<std::int64_t>(std::uint64_t{high[row]} << 32U | low[row]);
        }
    };

    struct Wide {
        const std::int64_t* time;
        std::int64_t operator[](std::size_t row) const { return time[row]; }
    };

    /// For single rows; loops over many rows use `visit`.
    std::int64_t operator[](std::size_t row) const {
        if (!high_.empty()) {
            return Middle{low_.data(), high_.data(), base_}[row];
        }
        return wide_.empty() ? Short{low_.data(), base_, unit_}[row] : wide_[row];
    }

    /// Calls `use` with the reader of this column, typed by its layout.
    template <typename Use>
    decltype(auto) visit(Use&& use) const {
        if (!high_.empty()) {
            return use(Middle{low_.data(), high_.data(), base_});
        }
        if (!wide_.empty()) {
            return use(Wide{wide_.data()});
        }
        return use(Short{low_.data(), base_, unit_});
    }

    /// The first of the rows [from, to), which are in order, that is not before `time`; `to` when
    /// all are.
    Row not_before(Row from, Row to, std::int64_t time) const {
        return visit([=](const auto& times) {
            Row first = from;
            for (Row count = to - from; count > 0;) {
                const Row half = count / 2;
                if (times[first + half] < time) {
                    first += half + 1;
                    count -= half + 1;
                } else {
                    count = half;
                }
            }
            return first;
        });
    }

    /// Whether all times of the rows [from, to) are known to lie between `first` and `latest`,
    /// without looking at them: by what is kept of every span_rows of them.
    bool lie_within(Row from, Row to, std::int64_t first, std::int64_t latest) const;

    std::size_t size() const { return low_.size() + wide_.size(); }
    std::size_t bytes() const {
        return low_.bytes() + high_.bytes() + wide_.bytes() + least_.bytes() + greatest_.bytes();
    }

    /// Whether it has a time for each of `rows` (of columns from a file).
    bool is_sound(std::size_t rows) const;

    friend bool operator==(const TimeColumn&, const TimeColumn&) = default;

    template <typename Visit>
    void visit_columns(Visit&& visit) {
        visit(base_);
        visit(unit_);
        visit(low_);
        visit(high_);
        visit(wide_);
        visit(least_);
        visit(greatest_);
    }

private:
    static constexpr std::size_t span_rows = 512;

    void find_spans(std::span<const std::int64_t> times);

    std::int64_t base_ = 0;
    std::int64_t unit_ = 1;     ///< milliseconds that `low_` counts from `base_`
    Array<std::uint32_t> low_;  ///< empty when `wide_` is in use
    Array<std::uint8_t> high_;  ///< the bits above `low_`, where they are needed
    Array<std::int64_t> wide_;
    Array<std::int64_t> least_, greatest_;  ///< of every span_rows rows
};

}  // namespace kokemus::timeline
