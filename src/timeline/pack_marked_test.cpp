#include "timeline/pack_marked.h"

#include <cstdint>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "timeline/block.h"

namespace kokemus::timeline {
namespace {

const std::vector<std::uint64_t> marks = {0x8000'0000'0000'0005U, 0, ~std::uint64_t{0}, 0x10U};

/// The bits one by one.
std::vector<std::size_t> places_of(const std::vector<std::uint64_t>& words) {
    std::vector<std::size_t> places;
    for (std::size_t bit = 0; bit < words.size() * 64; ++bit) {
        if ((words[bit / 64] >> bit % 64 & 1U) != 0) {
            places.push_back(bit);
        }
    }
    return places;
}

/// Exactly as many codes as the last mark needs, so that reading on would be seen.
template <typename From, typename To>
void expect_packed() {
    std::vector<From> codes(3 * 64 + 5);
    std::iota(codes.begin(), codes.end(), From{1});
    const auto places = places_of(marks);
    std::vector<To> packed(places.size() + 64);
    pack_marked(marks, codes.data(), packed.data());
    for (std::size_t i = 0; i < places.size(); ++i) {
        EXPECT_EQ(packed[i], codes[places[i]]) << i;
    }
}

TEST(PackMarked, PutsMarkedCodesSideBySideInOrder) {
    expect_packed<std::uint8_t, std::uint8_t>();
    expect_packed<std::uint8_t, std::uint32_t>();
    expect_packed<std::uint16_t, std::uint32_t>();
    std::uint8_t untouched = 7;
    pack_marked({}, static_cast<const std::uint8_t*>(nullptr), &untouched);
    EXPECT_EQ(untouched, 7);
}

TEST(PackMarked, ABlockOfMarksHasTheMarkedRowsOfItsUnits) {
    using question::EpisodeStatus;
    Block ranges;
    ranges.add_range(64, 66, 3, EpisodeStatus::Open);         // the first two bits: one is marked
    ranges.add_range(70, 128, 3, EpisodeStatus::Completed);   // the last bit of the word
    ranges.add_range(128, 180, 4, EpisodeStatus::Open);       // none
    ranges.add_range(190, 261, 5, EpisodeStatus::Abandoned);  // from word to word
    std::vector<std::uint64_t> of_units = marks;
    of_units[0] &= ~std::uint64_t{4};  // row 66 is in no unit
    of_units[1] |= std::uint64_t{1} << 62;
    of_units[3] = 0x10;
    of_units[2] = ~std::uint64_t{0};
    Block kept;
    kept.mark_rows_of(ranges, 64, of_units);
    ASSERT_EQ(kept.units(), 3U);
    EXPECT_EQ(kept.customers, (std::vector<Code>{3, 3, 5}));
    EXPECT_EQ(kept.statuses[2], EpisodeStatus::Abandoned);
    EXPECT_EQ(kept.offsets, (std::vector<std::uint32_t>{0, 1, 2, 68}));
    EXPECT_EQ(kept.first(0), 64U);
    EXPECT_EQ(kept.first(1), 127U);
    EXPECT_EQ(kept.last(2), 260U);
    EXPECT_EQ(kept.unit(2).front(), 190U);
    EXPECT_TRUE(kept.starts().empty());
    kept.clear();
    EXPECT_TRUE(kept.marks().empty());
}

}  // namespace
}  // namespace kokemus::timeline
