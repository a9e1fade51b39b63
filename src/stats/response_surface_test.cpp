#include "stats/response_surface.h"

#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(ResponseSurface, TooLittleSaysNothing) {
    EXPECT_FALSE(response_surface({}, {}, {}));
    const std::vector<double> six{1, 2, 3, 4, 5, 6};
    EXPECT_FALSE(response_surface(six, six, six));
    // What came was always what was expected: the squares are one.
    const std::vector<double> ten{1, 2, 3, 4, 5, 6, 7, 1, 2, 3};
    EXPECT_FALSE(response_surface(ten, ten, ten));
    EXPECT_FALSE(response_surface(ten, six, ten));
}

TEST(ResponseSurface, Golden) {
    // methods.md d3
    const auto terms = surface_terms({-.3, .8, -.05, .10, -.06});
    EXPECT_NEAR(terms[0], .5, 1e-12);
    EXPECT_NEAR(terms[1], -.01, 1e-12);
    EXPECT_NEAR(terms[2], -1.1, 1e-12);
    EXPECT_NEAR(terms[3], -.21, 1e-12);
}

TEST(ResponseSurface, FindsWhatWasPlanted) {
    Random random(6);
    std::vector<double> expected, came, outcome;
    for (int i = 0; i < 3000; ++i) {
        const double e = random.normal();
        const double p = .4 * e + random.normal();
        expected.push_back(e);
        came.push_back(p);
        outcome.push_back(5 - .3 * e + .8 * p - .05 * e * e + .1 * e * p - .06 * p * p +
                          random.normal());
    }
    const auto surface = response_surface(expected, came, outcome);
    ASSERT_TRUE(surface);
    EXPECT_NEAR(surface->along_agreement.value, .5, 4 * surface->along_agreement.error);
    EXPECT_NEAR(surface->agreement_curve.value, -.01, 4 * surface->agreement_curve.error);
    EXPECT_NEAR(surface->along_disagreement.value, -1.1, 4 * surface->along_disagreement.error);
    EXPECT_NEAR(surface->disagreement_curve.value, -.21, 4 * surface->disagreement_curve.error);
    EXPECT_LT(surface->along_disagreement.error, .05);
}

}  // namespace
}  // namespace kokemus::stats
