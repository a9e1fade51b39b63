#include "timeline/pack_marked.h"

#include "timeline/full_width.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kokemus::timeline {
namespace {

#if defined(__x86_64__)
/// Does not read behind the last code that is marked: what is masked out is not touched.
[[gnu::target(KOKEMUS_FULL_WIDTH)]] void pack_bytes(std::span<const std::uint64_t> marks,
                                                    const std::uint8_t* codes, std::uint8_t* out) {
    for (const std::uint64_t mark : marks) {
        const __m512i read = _mm512_maskz_loadu_epi8(mark, codes);
        _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(mark, read));
        codes += 64;
        out += _mm_popcnt_u64(mark);
    }
}
#endif

}  // namespace

void pack_marked(std::span<const std::uint64_t> marks, const std::uint8_t* codes,
                 std::uint8_t* out) {
#if defined(__x86_64__)
    if (has_full_width()) {
        pack_bytes(marks, codes, out);
        return;
    }
#endif
    pack_marked<std::uint8_t, std::uint8_t>(marks, codes, out);
}

}  // namespace kokemus::timeline
