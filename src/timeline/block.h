#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "question/filter.h"
#include "timeline/code_column.h"
#include "timeline/row_bits.h"

namespace kokemus::timeline {

/// Units of a run of whole customers, one after the other: what kernels work on, small enough for
/// the cache. A customer's units stand together; no customer is in two blocks.
///
/// A block is made either of ranges of rows (whole timelines, episodes), of marked rows (what a
/// filter leaves of ranges) or of listed rows (threads), not of several. The encounters of a block
/// have places 0 .. size(); unit u has the places offsets[u] .. offsets[u + 1]. Rows of a unit
/// ascend, and so do their times.
///
/// For one thread at a time, also where it is const.
class Block {
public:
    std::vector<std::uint32_t> offsets{0};
    std::vector<Code> customers;                    ///< of each unit
    std::vector<question::EpisodeStatus> statuses;  ///< of each unit; Open where it is no episode

    std::size_t units() const { return customers.size(); }

    /// Encounters.
    std::size_t size() const { return offsets.back(); }

    /// All ranges follow one another without a gap: place i is row first_row() + i, and kernels may
    /// read the columns where they stand.
    bool is_run() const { return is_run_; }
    Row first_row() const { return starts_.front(); }

    /// Every unit is a range, and this is the first row of each; else empty.
    std::span<const Row> starts() const { return starts_; }

    /// Place i is the i-th row with a bit here, the first bit being that of marks_base(); else
    /// empty.
    std::span<const std::uint64_t> marks() const { return marks_; }
    Row marks_base() const { return marks_base_; }

    Row first(std::size_t unit) const {
        return starts_.empty() ? rows()[offsets[unit]] : starts_[unit];
    }

    Row last(std::size_t unit) const {
        return starts_.empty() ? rows()[offsets[unit + 1] - 1]
                               : starts_[unit] + (offsets[unit + 1] - offsets[unit] - 1);
    }

    /// The row of every place. Ranges and marks are written out when first asked for, at 1 ns a
    /// row.
    std::span<const Row> rows() const {
        if (rows_.size() < size()) {
            marks_.empty() ? list_ranges() : list_marks();
        }
        return rows_;
    }

    /// As above, of one unit.
    std::span<const Row> unit(std::size_t unit) const {
        return rows().subspan(offsets[unit], offsets[unit + 1] - offsets[unit]);
    }

    /// Appends the unit of the rows [from, to), of which there is at least one.
    void add_range(Row from, Row to, Code customer, question::EpisodeStatus status) {
        is_run_ = units() == 0 || (is_run_ && from == last(units() - 1) + 1);
        starts_.push_back(from);
        close(offsets.back() + (to - from), customer, status);
    }

    /// Appends the customers [from, to) that have any rows, each with all of them as a range.
    void add_customers(std::span<const Row> customer_offsets, Code from, Code to) {
        const std::size_t before = units();
        offsets.resize(before + 1 + to - from);
        customers.resize(before + to - from);
        starts_.resize(before + to - from);
        is_run_ = before == 0 || (is_run_ && customer_offsets[from] == last(before - 1) + 1);
        const Row shift = offsets[before] - customer_offsets[from];
        std::size_t unit = before;
        for (Code customer = from; customer < to; ++customer) {
            starts_[unit] = customer_offsets[customer];
            customers[unit] = customer;
            offsets[unit + 1] = customer_offsets[customer + 1] + shift;
            unit += customer_offsets[customer] < customer_offsets[customer + 1] ? 1 : 0;
        }
        offsets.resize(unit + 1);
        customers.resize(unit);
        starts_.resize(unit);
        statuses.resize(unit, question::EpisodeStatus::Open);
    }

    /// Appends a row to the unit that `close_unit` will end.
    void add_row(Row row) { rows_.push_back(row); }

    void add_rows(std::span<const Row> rows) {
        rows_.insert(rows_.end(), rows.begin(), rows.end());
    }

    /// Makes it those rows of `from`, made of ranges, that have a bit, the first bit being that of
    /// the row `base`; no other row has one, and the units ascend. Units left without any drop out.
    /// 1 ns a unit.
    void mark_rows_of(const Block& from, Row base, std::span<const std::uint64_t> marks);

    /// Makes it the units of `from` with fewer rows each: `list(unit, out)` writes those of a unit,
    /// in order, from `out` on and returns the end of them. Units left without any drop out.
    template <typename List>
    void list_units(const Block& from, const List& list) {
        clear();
        rows_.resize(from.size());
        Row* end = rows_.data();
        for (std::size_t unit = 0; unit < from.units(); ++unit) {
            end = list(unit, end);
            const auto listed = static_cast<std::uint32_t>(end - rows_.data());
            if (listed > size()) {
                close(listed, from.customers[unit], from.statuses[unit]);
            }
        }
        rows_.resize(size());
    }

    /// Rows added since the last unit was closed.
    bool has_open_unit() const { return rows_.size() > size(); }

    void close_unit(Code customer, question::EpisodeStatus status) {
        close(static_cast<std::uint32_t>(rows_.size()), customer, status);
    }

    void clear() {
        rows_.clear();
        starts_.clear();
        marks_.clear();
        is_run_ = false;
        offsets.resize(1);
        customers.clear();
        statuses.clear();
    }

private:
    void close(std::uint32_t end, Code customer, question::EpisodeStatus status) {
        offsets.push_back(end);
        customers.push_back(customer);
        statuses.push_back(status);
    }

    void list_ranges() const {
        rows_.resize(size());
        for (std::size_t unit = 0; unit < units(); ++unit) {
            Row row = starts_[unit];
            for (std::size_t place = offsets[unit]; place < offsets[unit + 1]; ++place) {
                rows_[place] = row++;
            }
        }
    }

    void list_marks() const;

    std::vector<Row> starts_;
    std::vector<std::uint64_t> marks_;
    Row marks_base_ = 0;
    std::vector<std::uint32_t> mark_ranks_;  ///< how many bits there are before each word of marks_
    mutable std::vector<Row> rows_;
    bool is_run_ = false;
};

}  // namespace kokemus::timeline
