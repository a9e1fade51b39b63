#include "shape/heuristics_net.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "shape/letters_test.h"

namespace kokemus::shape {
namespace {

constexpr Step a = 0, b = 1, c = 2, d = 3, e = 4;

/// The log of van der Aalst's book (2016), chapter 7.
const Variants book = ways({{"ae", 5},
                            {"abce", 10},
                            {"acbe", 10},
                            {"abe", 1},
                            {"ace", 1},
                            {"ade", 10},
                            {"adde", 2},
                            {"addde", 1}});

bool has(const std::vector<Edge>& edges, Step from, Step to) {
    for (const Edge& edge : edges) {
        if (edge.from == from && edge.to == to) {
            return true;
        }
    }
    return false;
}

TEST(HeuristicsNet, NothingHasNoEdges) {
    EXPECT_TRUE(heuristics_net(Follows(Variants{})).empty());
    EXPECT_TRUE(heuristics_net(Follows(ways({{"", 5}}))).empty());
    const ConnectedMap map = connected_map(Variants{}, .8);
    EXPECT_TRUE(map.edges.empty());
    EXPECT_EQ(map.variant_share, 1.0);
}

TEST(HeuristicsNet, OneStepAlone) {
    const Variants alone = ways({{"a", 7}});
    const Follows follows(alone);
    EXPECT_EQ(follows.starts(a), 7U);
    EXPECT_EQ(follows.ends(a), 7U);
    EXPECT_TRUE(heuristics_net(follows).empty());
    EXPECT_EQ(connected_map(alone, .8).variant_share, 1.0);
}

TEST(HeuristicsNet, GoldenCounts) {
    const Follows follows(book);
    EXPECT_EQ(follows.count(a, b), 11U);
    EXPECT_EQ(follows.count(a, c), 11U);
    EXPECT_EQ(follows.count(a, d), 13U);
    EXPECT_EQ(follows.count(a, e), 5U);
    EXPECT_EQ(follows.count(d, d), 4U);
    EXPECT_EQ(follows.starts(a), 40U);
    EXPECT_EQ(follows.ends(e), 40U);
    EXPECT_EQ(follows.times(d), 17U);
}

TEST(HeuristicsNet, GoldenDependencies) {
    const Follows follows(book);
    EXPECT_NEAR(dependency(follows, a, b), .916667, 1e-6);
    EXPECT_NEAR(dependency(follows, a, d), .928571, 1e-6);
    EXPECT_NEAR(dependency(follows, a, e), .833333, 1e-6);
    EXPECT_NEAR(dependency(follows, d, d), .8, 1e-6);
    EXPECT_EQ(dependency(follows, b, c), 0.0);
    EXPECT_NEAR(together(follows, a, b, c), .869565, 1e-6);
    EXPECT_EQ(together(follows, a, b, d), 0.0);
}

TEST(HeuristicsNet, WhatLeadsIsKept) {
    const auto edges = heuristics_net(Follows(book), {.dependency = .9});
    EXPECT_TRUE(has(edges, a, b));
    EXPECT_TRUE(has(edges, a, d));
    EXPECT_FALSE(has(edges, b, c));
    EXPECT_FALSE(has(edges, a, e));
    EXPECT_FALSE(has(edges, d, d));
    EXPECT_TRUE(has(heuristics_net(Follows(book), {.dependency = .8}), d, d));
}

TEST(HeuristicsNet, TakingTurns) {
    const Follows follows(ways({{"cababd", 3}}));
    EXPECT_EQ(follows.round_trips(a, b), 3U);
    EXPECT_NEAR(turns(follows, a, b), 6.0 / 7, 1e-12);
    const auto edges = heuristics_net(follows);
    EXPECT_TRUE(has(edges, a, b));
    EXPECT_TRUE(has(edges, b, a));
}

TEST(HeuristicsNet, AMapSaysWhatIsNotInThePicture) {
    const ConnectedMap map = connected_map(ways({{"abc", 90}, {"adc", 9}, {"aec", 1}}), .5);
    // The rare steps keep their best ways in and out, so nothing floats and nothing is missing.
    EXPECT_EQ(map.edges.size(), 6U);
    EXPECT_EQ(map.variant_share, 1.0);
    const ConnectedMap less = connected_map(ways({{"abc", 90}, {"acb", 5}, {"bac", 5}}), .5);
    EXPECT_EQ(less.edges.size(), 4U);  // a>b, b>c, and the best out of c and into a
    EXPECT_LT(less.edge_share, 1.0);
    EXPECT_LT(less.variant_share, 1.0);
    EXPECT_GE(less.variant_share, .9);
}

RC_GTEST_PROP(HeuristicsNet, ThereAndBackAreOpposites, ()) {
    Variants variants;
    for (const auto& text : *rc::gen::container<std::vector<std::string>>(
             rc::gen::container<std::string>(rc::gen::inRange('a', 'e')))) {
        variants.push_back(Variant{letters(text), 1});
    }
    const Follows follows(variants);
    for (Step one = 0; one < follows.steps(); ++one) {
        for (Step other = 0; other < follows.steps(); ++other) {
            const double there = dependency(follows, one, other);
            RC_ASSERT(std::abs(there) < 1);
            if (one != other) {
                RC_ASSERT(there == -dependency(follows, other, one));
            }
        }
    }
    const ConnectedMap whole = connected_map(variants, 1);
    RC_ASSERT(whole.edge_share == 1);
    RC_ASSERT(whole.variant_share == 1);
}

}  // namespace
}  // namespace kokemus::shape
