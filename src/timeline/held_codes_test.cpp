#include "timeline/held_codes.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "timeline/row_bits.h"

namespace kokemus::timeline {
namespace {

/// Against one look at a time. The arrays have no place to spare, so that reading on would be seen.
template <typename Width>
void expect_found(std::size_t places, std::size_t count) {
    std::vector<std::uint8_t> holds(places);
    for (std::size_t place = 0; place < places; ++place) {
        holds[place] = place % 3 == 1 ? 1 : 0;
    }
    std::vector<Width> codes(count);
    for (std::size_t i = 0; i < count; ++i) {
        codes[i] = static_cast<Width>(i * 7 % places);
    }
    std::vector<std::uint64_t> words((count + 63) / 64, ~std::uint64_t{0});
    find_held(holds, codes.data(), count, words);
    for (std::size_t i = 0; i < words.size() * 64; ++i) {
        EXPECT_EQ(has_bit(words, i), i < count && holds[codes[i]] != 0)
            << places << " places, " << count << " codes, " << i;
    }
}

TEST(HeldCodes, FindsThoseOfTheTableWhateverItsSizeAndTheirs) {
    for (const std::size_t places : {1U, 2U, 46U, 64U, 65U, 200U}) {
        for (const std::size_t count : {0U, 1U, 63U, 64U, 65U, 300U}) {
            expect_found<std::uint8_t>(places, count);
            expect_found<std::uint16_t>(places, count);
            expect_found<std::uint32_t>(places, count);
        }
    }
}

}  // namespace
}  // namespace kokemus::timeline
