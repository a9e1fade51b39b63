#include "shape/removal_effect.h"

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "shape/letters_test.h"

namespace kokemus::shape {
namespace {

TEST(RemovalEffect, NobodyAndNever) {
    EXPECT_EQ(removal_effects({}).rate, 0.0);
    const std::vector<Ending> never{{{letters("ab"), 5}, false}};
    const RemovalEffects effects = removal_effects(never);
    EXPECT_EQ(effects.rate, 0.0);
    EXPECT_EQ(effects.effects, (std::vector<double>{0, 0}));
    EXPECT_EQ(effects.shares, (std::vector<double>{0, 0}));
}

TEST(RemovalEffect, OutcomeWithoutAnyStep) {
    const std::vector<Ending> endings{{{{}, 3}, true}, {{letters("a"), 1}, false}};
    EXPECT_NEAR(removal_effects(endings).rate, .75, 1e-12);
    EXPECT_NEAR(removal_effects(endings).effects[0], 0, 1e-12);
}

TEST(RemovalEffect, AStepThatAllPassSaysNothing) {
    const std::vector<Ending> endings{{{letters("ab"), 3}, true}, {{letters("ac"), 1}, false}};
    const RemovalEffects effects = removal_effects(endings);
    EXPECT_NEAR(effects.effects[0], 1, 1e-12);
    EXPECT_NEAR(effects.effects[1], 1, 1e-12);
    EXPECT_NEAR(effects.effects[2], 0, 1e-12);
}

TEST(RemovalEffect, Golden) {
    // a email, b web, c store
    const std::vector<Ending> endings{{{letters("ab"), 30}, true},
                                      {{letters("b"), 40}, true},
                                      {{letters("bc"), 20}, true},
                                      {{letters("a"), 50}, false},
                                      {{letters("ba"), 40}, false},
                                      {{letters("c"), 10}, true},
                                      {{letters("cb"), 10}, false}};
    const RemovalEffects effects = removal_effects(endings);
    EXPECT_NEAR(effects.rate, .5, 1e-12);
    const std::array golden{.188889, .85, .353846};
    const std::array shares{.135624, .610310, .254066};
    for (std::size_t i = 0; i < golden.size(); ++i) {
        EXPECT_NEAR(effects.effects[i], golden[i], 1e-6) << i;
        EXPECT_NEAR(effects.shares[i], shares[i], 1e-6) << i;
    }
}

RC_GTEST_PROP(RemovalEffect, TheRateIsAlwaysTheOneThatWasSeen, ()) {
    std::vector<Ending> endings;
    double all = 0;
    double reached = 0;
    const auto texts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
        rc::gen::container<std::string>(rc::gen::inRange('a', 'g'))));
    for (const auto& text : texts) {
        const bool did = *rc::gen::arbitrary<bool>();
        const auto times = *rc::gen::inRange<std::uint64_t>(1, 9);
        endings.push_back(Ending{{letters(text), times}, did});
        all += static_cast<double>(times);
        reached += did ? static_cast<double>(times) : 0;
    }
    const RemovalEffects effects = removal_effects(endings);
    RC_ASSERT(std::abs(effects.rate - reached / all) < 1e-9);
    for (const double effect : effects.effects) {
        RC_ASSERT(effect >= -1e-9);
        RC_ASSERT(effect <= 1 + 1e-9);
    }
}

}  // namespace
}  // namespace kokemus::shape
