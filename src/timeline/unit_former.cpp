#include "timeline/unit_former.h"

#include <fmt/format.h>

namespace kokemus::timeline {

using question::EpisodeStatus;
using question::UnitKind;

Result<UnitFormer> UnitFormer::make(const Part& part, const question::Unit& unit, TimeRange range) {
    UnitFormer former(part, range);
    former.kind_ = unit.kind;
    if (unit.kind == UnitKind::Journey) {
        const auto* journey = part.blueprint->journey(unit.journey);
        if (journey == nullptr) {
            return not_found(fmt::format("the blueprint has no journey \"{}\"", unit.journey));
        }
        former.episodes_.emplace(part, *journey);
    }
    return former;
}

UnitFormer::UnitFormer(const Part& part, TimeRange range)
    : part_(&part),
      from_(range.from.time_since_epoch().count()),
      to_(range.to.time_since_epoch().count()),
      all_times_(from_ <= part.first_time && part.latest_time < to_) {}

std::uint64_t UnitFormer::form(Code customer, Block& block) const {
    if (kind_ == UnitKind::Thread) {
        return form_threads(customer, block);
    }
    if (kind_ == UnitKind::Journey) {
        return form_episodes(customer, block);
    }
    const auto [from, to] = rows_in_range(customer);
    if (from < to) {
        block.add_range(from, to, customer, EpisodeStatus::Open);
    }
    return 0;
}

UnitFormer::Rows UnitFormer::rows_in_range(Code customer) const {
    Rows rows{part_->customer_offsets[customer], part_->customer_offsets[customer + 1]};
    if (!all_times_) {
        rows.from = part_->time.not_before(rows.from, rows.to, from_);
        rows.to = part_->time.not_before(rows.from, rows.to, to_);
    }
    return rows;
}

std::uint64_t UnitFormer::form_threads(Code customer, Block& block) const {
    const auto& index = part_->thread_index;
    for (auto thread = index.of_customer[customer]; thread < index.of_customer[customer + 1];
         ++thread) {
        const auto rows = index.rows_of(thread);
        if (in_range(rows.front())) {
            block.add_rows(rows);
            block.close_unit(customer, EpisodeStatus::Open);
        }
    }
    std::uint64_t without_unit = 0;
    const auto [from, to] = rows_in_range(customer);
    for (Row row = from; row < to; ++row) {
        without_unit += part_->thread[row] == 0 ? 1 : 0;
    }
    return without_unit;
}

std::uint64_t UnitFormer::form_episodes(Code customer, Block& block) const {
    const auto rows = rows_in_range(customer);
    std::uint64_t without_unit = rows.to - rows.from;
    const auto cut = [&](std::size_t count, const auto& row_at, const auto& add_unit) {
        episodes_->cut(count, row_at, [&](std::size_t from, std::size_t to, EpisodeStatus status) {
            if (all_times_) {
                without_unit -= to - from;
            } else {
                for (std::size_t i = from; i < to; ++i) {
                    without_unit -= in_range(row_at(i)) ? 1 : 0;
                }
            }
            if (in_range(row_at(from))) {
                add_unit(from, to, status);
            }
        });
    };
    if (!episodes_->threaded()) {
        const Row first = part_->customer_offsets[customer];
        const auto row_at = [first](std::size_t i) { return static_cast<Row>(first + i); };
        cut(part_->customer_offsets[customer + 1] - first,
            row_at,
            [&](std::size_t from, std::size_t to, EpisodeStatus status) {
                block.add_range(row_at(from), row_at(to), customer, status);
            });
        return without_unit;
    }
    const auto& index = part_->thread_index;
    for (auto thread = index.of_customer[customer]; thread < index.of_customer[customer + 1];
         ++thread) {
        const auto of_thread = index.rows_of(thread);
        cut(
            of_thread.size(),
            [of_thread](std::size_t i) { return of_thread[i]; },
            [&](std::size_t from, std::size_t to, EpisodeStatus status) {
                block.add_rows(of_thread.subspan(from, to - from));
                block.close_unit(customer, status);
            });
    }
    return without_unit;
}

}  // namespace kokemus::timeline
