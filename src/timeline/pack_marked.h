#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "timeline/row_bits.h"

namespace kokemus::timeline {

/// Copies the codes whose bits are set to `out`, side by side; `out` has room for 64 more than
/// that. Bytes cost 0.05 ns each, marked or not, where the processor packs 64 of them at once; all
/// else 0.7 ns one that is marked.
void pack_marked(std::span<const std::uint64_t> marks, const std::uint8_t* codes,
                 std::uint8_t* out);

template <typename From, typename To>
void pack_marked(std::span<const std::uint64_t> marks, const From* codes, To* out) {
    for_each_bit(marks, 0, marks.size() * 64, [&](std::size_t bit) {
        *out++ = static_cast<To>(codes[bit]);
    });
}

}  // namespace kokemus::timeline
