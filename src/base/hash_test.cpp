#include "base/hash.h"

#include <gtest/gtest.h>

namespace kokemus {
namespace {

// Files on disk depend on these numbers: a change here is a change of the file format.
TEST(Hash, NeverChanges) {
    EXPECT_EQ(hash64(""), 0x2D06800538D394C2ULL);
    EXPECT_EQ(hash64("kokemus"), 0x5A52B1B5D6908F2EULL);
    EXPECT_EQ(hash64("kokemus", 7), 0x048EF9CBDB4E3EBFULL);
    EXPECT_EQ(hash128("").hex(), "99aa06d3014798d86001c324468d497f");
    EXPECT_EQ(hash128("kokemus").hex(), "35ac89e3dbdccf8694f0feb148da13d3");
    EXPECT_EQ(hash64(std::string(1000, 'x')), 0xC0A4877B962CBA82ULL);
}

TEST(Hash, SeesEveryByteAndTheSeed) {
    EXPECT_NE(hash64("a"), hash64("b"));
    EXPECT_NE(hash64("a"), hash64(std::string_view("a\0", 2)));
    EXPECT_NE(hash64("a"), hash64("a", 1));
    EXPECT_NE(hash128("a"), hash128("a", 1));
}

TEST(Hash128, IsOrderedHighFirst) {
    EXPECT_LT((Hash128{1, 9}), (Hash128{2, 0}));
    EXPECT_LT((Hash128{1, 1}), (Hash128{1, 2}));
    EXPECT_EQ((Hash128{0, 255}).hex(), "000000000000000000000000000000ff");
}

}  // namespace
}  // namespace kokemus
