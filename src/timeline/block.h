#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "question/filter.h"
#include "timeline/code_column.h"

namespace kokemus::timeline {

/// Units of a run of whole customers, their rows listed one unit after the other: what kernels work
/// on, small enough for the cache. A customer's units stand together; no customer is in two blocks.
struct Block {
    std::vector<Row> rows;
    std::vector<std::uint32_t> offsets{0};  ///< unit u has rows[offsets[u] .. offsets[u + 1])
    std::vector<Code> customers;            ///< of each unit
    std::vector<question::EpisodeStatus> statuses;  ///< of each unit; Open where it is no episode

    std::size_t units() const { return customers.size(); }

    std::span<const Row> unit(std::size_t unit) const {
        return std::span(rows).subspan(offsets[unit], offsets[unit + 1] - offsets[unit]);
    }

    /// Ends the unit whose rows have been appended.
    void close_unit(Code customer, question::EpisodeStatus status) {
        offsets.push_back(static_cast<std::uint32_t>(rows.size()));
        customers.push_back(customer);
        statuses.push_back(status);
    }

    void clear() {
        rows.clear();
        offsets.resize(1);
        customers.clear();
        statuses.clear();
    }
};

}  // namespace kokemus::timeline
