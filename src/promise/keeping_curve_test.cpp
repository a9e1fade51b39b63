#include "promise/keeping_curve.h"

#include <gtest/gtest.h>

namespace kokemus::promise {
namespace {

/// Of tests/reference/keeping.R, which asks R's package survival about the same twenty.
std::vector<Watched> twenty() {
    const std::int64_t entries[] = {0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0};
    const std::int64_t exits[] = {5,  6,  6,  7,  8,  8,  9,  9,  10, 10,
                                  12, 14, 15, 16, 16, 17, 18, 19, 20, 20};
    const int kept[] = {1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0};
    std::vector<Watched> all;
    for (std::size_t i = 0; i < 20; ++i) {
        all.push_back({entries[i], exits[i], kept[i] != 0});
    }
    return all;
}

TEST(KeepingCurve, IsThatOfKaplanAndMeierWithLateEntry) {
    const KeepingCurve curve(twenty());
    EXPECT_EQ(curve.kept(), 14U);
    const auto not_kept = [&](std::int64_t due, std::int64_t now) {
        return curve.not_kept_by(due, now, 0.95)->not_kept;
    };
    EXPECT_NEAR(not_kept(4, 4), 1, 1e-12);
    EXPECT_NEAR(not_kept(6, 4), 0.9, 1e-12);
    EXPECT_NEAR(not_kept(9, 4), 0.688235294118, 1e-12);
    EXPECT_NEAR(not_kept(12, 4), 0.516176470588, 1e-12);
    EXPECT_NEAR(not_kept(12, 9), 0.516176470588 / 0.688235294118, 1e-12)
        << "of those not kept at 9";
    EXPECT_NEAR(not_kept(20, 4), 0.516176470588, 1e-12) << "later fewer than ten were watched";
}

TEST(KeepingCurve, KnowsHowWellItKnows) {
    const KeepingCurve curve(twenty());
    const auto chance = *curve.not_kept_by(12, 4, 0.95);
    EXPECT_EQ(chance.n, 20U);
    // Greenwood's sum 0.0514328808 gives n = (1 - p) / (p * sum) = 18.2244; Wilson's of that.
    EXPECT_NEAR(chance.low, 0.304829, 1e-6);
    EXPECT_NEAR(chance.high, 0.721892, 1e-6);
    const auto certain = *curve.not_kept_by(4, 4, 0.95);
    EXPECT_EQ(certain.high, 1);
    EXPECT_LT(certain.low, 0.9) << "twenty in agreement are no certainty";
}

TEST(KeepingCurve, SaysNothingBeyondWhatWasSeen) {
    const KeepingCurve curve(twenty());
    EXPECT_FALSE(curve.not_kept_by(30, 20, 0.95));
    EXPECT_TRUE(curve.not_kept_by(30, 19, 0.95));
    EXPECT_FALSE(KeepingCurve({}).not_kept_by(1, 0, 0.95));
    const std::vector<Watched> no_time = {{5, 5, true}, {7, 3, true}};
    EXPECT_EQ(KeepingCurve(no_time).kept(), 0U);
}

TEST(KeepingCurve, WhereAllAreKeptAtOnceNothingIsLeft) {
    const std::vector<Watched> all(12, Watched{0, 4, true});
    const KeepingCurve curve(all);
    EXPECT_EQ(curve.not_kept_by(4, 1, 0.95)->not_kept, 0);
    EXPECT_GT(curve.not_kept_by(4, 1, 0.95)->high, 0.05);
    EXPECT_EQ(curve.not_kept_by(3, 1, 0.95)->not_kept, 1);
}

}  // namespace
}  // namespace kokemus::promise
