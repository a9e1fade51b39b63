#include "shape/inductive_miner.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "shape/alignment.h"
#include "shape/letters_test.h"

namespace kokemus::shape {
namespace {

std::string mined(const Variants& variants, double noise = 0) {
    return to_text(ordered(inductive_miner(variants, noise)));
}

TEST(InductiveMiner, NothingDone) {
    EXPECT_EQ(mined({}), "tau");
    EXPECT_EQ(mined(ways({{"", 5}})), "tau");
    EXPECT_EQ(mined(ways({{"a", 0}})), "tau");
}

TEST(InductiveMiner, OneStepOnceOrSometimesOrAgain) {
    EXPECT_EQ(mined(ways({{"a", 5}})), "0");
    EXPECT_EQ(mined(ways({{"a", 5}, {"", 5}})), "X( tau, 0 )");
    EXPECT_EQ(mined(ways({{"a", 9}, {"", 1}}), .2), "0");
    EXPECT_EQ(mined(ways({{"aa", 5}, {"a", 2}})), "*( 0, tau )");
}

TEST(InductiveMiner, GoldenOfTheFourBlocks) {
    // methods.md c4; steps are a = 0, b = 1...
    EXPECT_EQ(mined(ways({{"abcd", 3}, {"acbd", 2}, {"aed", 1}})), "->( 0, X( 4, +( 1, 2 ) ), 3 )");
    EXPECT_EQ(mined(ways({{"abcd", 3},
                          {"acbd", 4},
                          {"abcefbcd", 2},
                          {"abcefcbd", 1},
                          {"acbefbcd", 2},
                          {"acbefbcefcbd", 1}})),
              "->( 0, *( +( 1, 2 ), ->( 4, 5 ) ), 3 )");
    EXPECT_EQ(mined(ways({{"ab", 5}, {"abcab", 3}, {"abcabcab", 1}})), "*( ->( 0, 1 ), 2 )");
}

TEST(InductiveMiner, GoldenWithNoise) {
    const Variants variants = ways({{"abcd", 50}, {"acbd", 45}, {"abd", 2}, {"dcba", 1}});
    EXPECT_EQ(mined(variants, 0), "+( 0, 1, 3, X( tau, 2 ) )");
    EXPECT_EQ(mined(variants, .2), "->( 0, +( 1, 2 ), 3 )");
}

TEST(InductiveMiner, GoldenOfTheBook) {
    // a register, b examine casually, c examine thoroughly, d check ticket, e decide,
    // f reinitiate, g reject, h pay
    const Variants variants = ways({{"acdeg", 1},
                                    {"adbeh", 1},
                                    {"abdefcdeh", 1},
                                    {"adceg", 1},
                                    {"abdefdbefbdeg", 1},
                                    {"abdeh", 1}});
    for (const double noise : {0.0, .2}) {
        EXPECT_EQ(mined(variants, noise), "->( 0, *( ->( +( 3, X( 1, 2 ) ), 4 ), 5 ), X( 6, 7 ) )");
    }
}

TEST(InductiveMiner, AnythingInAnyOrderWhereNothingElseIsFound) {
    // A ring: a step of the first three, then one of its two neighbours of the last three. All hang
    // together, for any two groups there are steps that do not come one after the other, no step is
    // in all, what begins never comes later; and without any one step it is still so.
    const Variants ring = ways({{"ad", 3}, {"ae", 3}, {"be", 3}, {"bf", 3}, {"cf", 3}, {"cd", 3}});
    for (const double noise : {0.0, .2}) {
        EXPECT_EQ(mined(ring, noise), "*( X( 0, 1, 2, 3, 4, 5 ), tau )");
    }
    // With an end of the ring open, there is a step beside the others.
    const Variants fence = ways({{"ac", 3}, {"ad", 3}, {"bd", 3}});
    EXPECT_EQ(mined(fence), "+( X( tau, 0 ), X( 2, ->( X( tau, 1 ), 3 ) ) )");
}

Variants some_variants() {
    Variants variants;
    for (const auto& text : *rc::gen::container<std::vector<std::string>>(
             rc::gen::container<std::string>(rc::gen::inRange('a', 'f')))) {
        variants.push_back(
            Variant{letters(text.substr(0, 8)), *rc::gen::inRange<std::uint64_t>(1, 20)});
    }
    variants.resize(std::min<std::size_t>(variants.size(), 8));
    return variants;
}

RC_GTEST_PROP(InductiveMiner, TheTreeCanDoWhateverWasDone, ()) {
    const Variants variants = some_variants();
    const Alignment alignment(inductive_miner(variants, 0));
    for (const Variant& variant : variants) {
        const auto aligned = alignment.align(variant.steps);
        RC_ASSERT(aligned.has_value());
        RC_ASSERT(aligned->cost == 0U);
    }
}

RC_GTEST_PROP(InductiveMiner, TheOrderOfTheVariantsDoesNotMatter, ()) {
    Variants variants = some_variants();
    const auto tree = inductive_miner(variants, .2);
    std::ranges::reverse(variants);
    RC_ASSERT(inductive_miner(variants, .2) == tree);
}

}  // namespace
}  // namespace kokemus::shape
