#pragma once

#include <cstddef>
#include <type_traits>

#include "duck/duck.h"

namespace kokemus::duck {

/// Calls `take(chunk, row)` for every row of a chunk; `take` gives nothing or a Status.
template <typename Take>
Status each_row(const Chunk& chunk, Take& take) {
    for (std::size_t row = 0; row < chunk.size(); ++row) {
        if constexpr (std::is_void_v<std::invoke_result_t<Take&, const Chunk&, std::size_t>>) {
            take(chunk, row);
        } else {
            TRY(take(chunk, row));
        }
    }
    return {};
}

/// The same for every row that is left, in order. The first error, DuckDB's or that of `take`,
/// ends the walk and is returned.
template <typename Take>
Status each_row(Rows rows, Take take) {
    while (const auto chunk = TRY(rows.next())) {
        TRY(each_row(*chunk, take));
    }
    return {};
}

}  // namespace kokemus::duck
