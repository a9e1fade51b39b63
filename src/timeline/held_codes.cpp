#include "timeline/held_codes.h"

#include "timeline/full_width.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kokemus::timeline {
namespace {

#if defined(__x86_64__)
/// Does not read behind the last code or place of the table.
[[gnu::target(KOKEMUS_FULL_WIDTH)]] void find_bytes(std::span<const std::uint8_t> holds,
                                                    const std::uint8_t* codes, std::size_t count,
                                                    Words words) {
    const __m512i table =
        _mm512_maskz_loadu_epi8(~std::uint64_t{0} >> (64 - holds.size()), holds.data());
    for (std::size_t from = 0; from < count; from += 64) {
        const std::size_t rest = std::min<std::size_t>(count - from, 64);
        const __mmask64 some = ~std::uint64_t{0} >> (64 - rest);
        const __m512i read = _mm512_maskz_loadu_epi8(some, codes + from);
        const __m512i held = _mm512_maskz_permutexvar_epi8(some, read, table);
        words[from / 64] = _mm512_test_epi8_mask(held, held);
    }
}
#endif

}  // namespace

bool are_found_at_once([[maybe_unused]] std::size_t places) {
#if defined(__x86_64__)
    return has_full_width() && places > 0 && places <= 64;
#else
    return false;
#endif
}

void find_held(std::span<const std::uint8_t> holds, const std::uint8_t* codes, std::size_t count,
               Words words) {
#if defined(__x86_64__)
    if (are_found_at_once(holds.size())) {
        find_bytes(holds, codes, count, words);
        return;
    }
#endif
    find_held<std::uint8_t>(holds, codes, count, words);
}

}  // namespace kokemus::timeline
