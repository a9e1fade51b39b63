#include "shape/edit_distance.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "shape/letters_test.h"

namespace kokemus::shape {
namespace {

using Kind = Move::Kind;

/// The definition, word by word.
std::size_t by_definition(std::span<const Step> one, std::span<const Step> other) {
    if (one.empty() || other.empty()) {
        return one.size() + other.size();
    }
    const std::size_t exchanged =
        by_definition(one.subspan(1), other.subspan(1)) + (one.front() == other.front() ? 0 : 1);
    return std::min({exchanged,
                     by_definition(one.subspan(1), other) + 1,
                     by_definition(one, other.subspan(1)) + 1});
}

std::vector<Step> some_steps(std::size_t most) {
    auto text = *rc::gen::container<std::string>(rc::gen::inRange('a', 'e'));
    text.resize(std::min(text.size(), most));
    return letters(text);
}

TEST(EditDistance, NothingAgainstNothing) {
    const EditDistance distance({});
    EXPECT_EQ(distance.levenshtein({}), 0U);
    EXPECT_EQ(distance.fitness({}), 1.0);
    EXPECT_TRUE(distance.moves({}).empty());
}

TEST(EditDistance, NothingDoneOrNothingDesigned) {
    const auto abc = letters("abc");
    EXPECT_EQ(EditDistance(abc).levenshtein({}), 3U);
    EXPECT_EQ(EditDistance(abc).fitness({}), 0.0);
    EXPECT_EQ(EditDistance({}).levenshtein(abc), 3U);
    EXPECT_EQ(EditDistance({}).deviations(abc), 3U);
    EXPECT_EQ(EditDistance({}).fitness(abc), 0.0);
}

TEST(EditDistance, Golden) {
    // order, confirm, ship, deliver, survey against order, call, confirm, ship, call, deliver
    const EditDistance distance(letters("abcde"));
    const auto done = letters("afbcfd");
    EXPECT_EQ(distance.deviations(done), 3U);
    EXPECT_EQ(distance.levenshtein(done), 3U);
    EXPECT_NEAR(distance.fitness(done), .727273, 1e-6);
    const std::vector<Move> expected{{Kind::Both, 0, 0},
                                     {Kind::Inserted, 5, 1},
                                     {Kind::Both, 1, 2},
                                     {Kind::Both, 2, 3},
                                     {Kind::Inserted, 5, 4},
                                     {Kind::Both, 3, 5},
                                     {Kind::Skipped, 4, 6}};
    EXPECT_EQ(distance.moves(done), expected);
}

TEST(EditDistance, OfEqualWaysSkippingComesFirst) {
    const std::vector<Move> expected{{Kind::Skipped, 0, 0}, {Kind::Inserted, 1, 0}};
    EXPECT_EQ(EditDistance(letters("a")).moves(letters("b")), expected);
}

TEST(EditDistance, StepsTheDesignNeverHeardOf) {
    const std::vector<Step> far{900};
    EXPECT_EQ(EditDistance(letters("ab")).levenshtein(far), 2U);
    EXPECT_EQ(EditDistance(letters("ab")).longest_common(far), 0U);
}

TEST(EditDistance, LongDesignsAreTheSameByTheTable) {
    std::vector<Step> designed;
    std::vector<Step> done;
    for (Step i = 0; i < 64; ++i) {
        designed.push_back(i * 7 % 11);
        done.push_back(i * 5 % 11);
    }
    const EditDistance word(designed);
    // One more step on both sides, found nowhere else, changes no distance.
    std::vector<Step> longer = designed;
    std::vector<Step> longer_done = done;
    longer.push_back(99);
    longer_done.push_back(99);
    const EditDistance table(longer);
    EXPECT_EQ(word.levenshtein(done), table.levenshtein(longer_done));
    EXPECT_EQ(word.longest_common(done) + 1, table.longest_common(longer_done));
    EXPECT_EQ(word.levenshtein(designed), 0U);
    EXPECT_EQ(word.longest_common(designed), 64U);
}

RC_GTEST_PROP(EditDistance, IsWhatTheDefinitionSays, ()) {
    const auto designed = some_steps(6);
    const auto done = some_steps(6);
    RC_ASSERT(EditDistance(designed).levenshtein(done) == by_definition(designed, done));
}

RC_GTEST_PROP(EditDistance, MovesAreAsManyAsTheDeviationsAndLeadToBoth, ()) {
    const auto designed = some_steps(70);
    const auto done = some_steps(90);
    const EditDistance distance(designed);
    std::vector<Step> of_design;
    std::vector<Step> of_done;
    std::size_t deviations = 0;
    for (const Move& move : distance.moves(done)) {
        deviations += move.kind == Kind::Both ? 0 : 1;
        if (move.kind != Kind::Inserted) {
            of_design.push_back(move.step);
        }
        if (move.kind != Kind::Skipped) {
            of_done.push_back(move.step);
        }
    }
    RC_ASSERT(deviations == distance.deviations(done));
    RC_ASSERT(of_design == designed);
    RC_ASSERT(of_done == done);
    RC_ASSERT(distance.levenshtein(done) <= deviations);
    RC_ASSERT(EditDistance(done).deviations(designed) == deviations);
}

}  // namespace
}  // namespace kokemus::shape
