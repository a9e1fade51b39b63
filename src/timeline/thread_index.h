#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "timeline/code_column.h"

namespace kokemus::timeline {

/// The rows of every (customer, thread) in order. Encounters without a thread (code 0) are in none.
struct ThreadIndex {
    std::vector<Row> rows;                  ///< thread after thread, each ascending
    std::vector<std::uint32_t> offsets{0};  ///< thread t has rows[offsets[t] .. offsets[t + 1])
    std::vector<std::uint32_t> of_customer{
        0};  ///< customer c has the threads of_customer[c] .. of_customer[c + 1])

    std::span<const Row> rows_of(std::uint32_t thread) const {
        return std::span(rows).subspan(offsets[thread], offsets[thread + 1] - offsets[thread]);
    }

    std::size_t bytes() const {
        return (rows.size() + offsets.size() + of_customer.size()) * sizeof(std::uint32_t);
    }

    friend bool operator==(const ThreadIndex&, const ThreadIndex&) = default;
};

/// The threads of a customer stand by code, which is by name.
ThreadIndex make_thread_index(std::span<const Row> customer_offsets, const CodeColumn& threads);

}  // namespace kokemus::timeline
