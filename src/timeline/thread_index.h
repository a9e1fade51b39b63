#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "timeline/code_column.h"

namespace kokemus::timeline {

/// The rows of every (customer, thread) in order. Encounters without a thread (code 0) are in none.
struct ThreadIndex {
    Array<Row> rows;                   ///< thread after thread, each ascending
    Array<std::uint32_t> offsets;      ///< thread t has rows[offsets[t] .. offsets[t + 1])
    Array<std::uint32_t> of_customer;  ///< customer c has the threads of_customer[c] ..
                                       ///< of_customer[c + 1])

    std::span<const Row> rows_of(std::uint32_t thread) const {
        return rows.some(offsets[thread], offsets[thread + 1] - offsets[thread]);
    }

    std::size_t bytes() const { return rows.bytes() + offsets.bytes() + of_customer.bytes(); }

    /// Whether it leads from each of `customers` to rows below `row_count` only (of columns from a
    /// file).
    bool is_sound(std::size_t row_count, std::size_t customers) const;

    friend bool operator==(const ThreadIndex&, const ThreadIndex&) = default;

    template <typename Visit>
    void visit_columns(Visit&& visit) {
        visit(rows);
        visit(offsets);
        visit(of_customer);
    }
};

/// The threads of a customer stand by code, which is by name.
ThreadIndex make_thread_index(std::span<const Row> customer_offsets, const CodeColumn& threads);

}  // namespace kokemus::timeline
