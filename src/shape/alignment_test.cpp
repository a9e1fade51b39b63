#include "shape/alignment.h"

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "shape/letters_test.h"

namespace kokemus::shape {
namespace {

using Kind = ProcessTree::Kind;

ProcessTree sequence(const std::vector<Step>& steps) {
    std::vector<ProcessTree> parts;
    for (const Step step : steps) {
        parts.push_back(one(step));
    }
    return block(Kind::Sequence, std::move(parts));
}

/// ->( a, X( +( b, c ), e ), d ), the first tree of methods.md c4.
const ProcessTree first_tree =
    block(Kind::Sequence,
          {one(0), block(Kind::Choice, {block(Kind::Parallel, {one(1), one(2)}), one(4)}), one(3)});

TEST(Alignment, NothingAgainstNothing) {
    const Alignment alignment(nothing());
    EXPECT_EQ(alignment.shortest(), 0U);
    EXPECT_EQ(alignment.align({})->fitness, 1.0);
    EXPECT_EQ(alignment.align(letters("ab"))->cost, 2U);
    EXPECT_EQ(alignment.align(letters("ab"))->fitness, 0.0);
    EXPECT_EQ(fitness_of(alignment, Variants{}), 1.0);
}

TEST(Alignment, OneStep) {
    const Alignment alignment(one(0));
    EXPECT_EQ(alignment.align(letters("a"))->cost, 0U);
    EXPECT_EQ(alignment.align({})->cost, 1U);
    EXPECT_EQ(alignment.align(letters("b"))->cost, 2U);
}

TEST(Alignment, Golden) {
    const Alignment alignment(first_tree);
    EXPECT_EQ(alignment.shortest(), 3U);
    const std::array<std::pair<std::string, std::pair<std::size_t, double>>, 6> golden{
        {{"abcd", {0, 1.0}},
         {"abd", {1, .833333}},
         {"aecd", {1, .857143}},
         {"ad", {1, .8}},
         {"dcba", {4, .428571}},
         {"aabcd", {1, .875}}}};
    Variants all;
    for (const auto& [text, expected] : golden) {
        SCOPED_TRACE(text);
        const auto aligned = alignment.align(letters(text));
        ASSERT_TRUE(aligned.has_value());
        EXPECT_EQ(aligned->cost, expected.first);
        EXPECT_NEAR(aligned->fitness, expected.second, 1e-6);
        all.push_back(Variant{letters(text), 1});
    }
    // methods.md has .79998: its costs are multiples of 10,000 and silent steps cost 1.
    EXPECT_NEAR(*fitness_of(alignment, all), .79998, 1e-4);
    EXPECT_NEAR(*fitness_of(alignment, all), 1 - 8.0 / 40, 1e-12);
}

TEST(Alignment, SaysWhatWasSkippedAndInserted) {
    const auto aligned = Alignment(first_tree).align(letters("aecd"));
    const std::vector<Move> expected{{Move::Kind::Both, 0, 0},
                                     {Move::Kind::Both, 4, 1},
                                     {Move::Kind::Inserted, 2, 2},
                                     {Move::Kind::Both, 3, 3}};
    EXPECT_EQ(aligned->moves, expected);
    const std::vector<Move> skipped{
        {Move::Kind::Both, 0, 0}, {Move::Kind::Skipped, 4, 1}, {Move::Kind::Both, 3, 1}};
    EXPECT_EQ(Alignment(first_tree).align(letters("ad"))->moves, skipped);
}

TEST(Alignment, LoopsRunAsOftenAsTheyAreDone) {
    const Alignment loop(block(Kind::Loop, {sequence({0, 1}), one(2), one(3)}));
    EXPECT_EQ(loop.align(letters("ab"))->cost, 0U);
    EXPECT_EQ(loop.align(letters("abcabdab"))->cost, 0U);
    EXPECT_EQ(loop.align(letters("abc"))->cost, 1U);
    EXPECT_EQ(loop.align(letters("abab"))->cost, 1U);
    // A loop that is one of a choice, or stands beside another, runs back to itself only.
    const Alignment choice(block(Kind::Choice, {block(Kind::Loop, {one(0), nothing()}), one(1)}));
    EXPECT_EQ(choice.align(letters("aaa"))->cost, 0U);
    EXPECT_EQ(choice.align(letters("ab"))->cost, 1U);
}

TEST(Alignment, SearchesWithoutEndGiveUp) {
    std::vector<ProcessTree> many;
    std::vector<Step> backwards;
    for (Step step = 0; step < 24; ++step) {
        many.push_back(sequence({step, step + 24}));
        backwards.push_back(47 - step);
    }
    EXPECT_FALSE(Alignment(block(Kind::Parallel, many)).align(backwards).has_value());
}

RC_GTEST_PROP(Alignment, OfASequenceIsTheEditDistance, ()) {
    const auto text = [] {
        return letters((*rc::gen::container<std::string>(rc::gen::inRange('a', 'e'))).substr(0, 9));
    };
    const auto designed = text();
    const auto done = text();
    const Alignment alignment(sequence(designed));
    const auto aligned = alignment.align(done);
    RC_ASSERT(aligned.has_value());
    RC_ASSERT(alignment.shortest() == designed.size());
    RC_ASSERT(aligned->cost == EditDistance(designed).deviations(done));
    std::size_t deviations = 0;
    std::vector<Step> gone;
    for (const Move& move : aligned->moves) {
        deviations += move.kind == Move::Kind::Both ? 0 : 1;
        if (move.kind != Move::Kind::Skipped) {
            gone.push_back(move.step);
        }
    }
    RC_ASSERT(deviations == aligned->cost);
    RC_ASSERT(gone == done);
}

}  // namespace
}  // namespace kokemus::shape
