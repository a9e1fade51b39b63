#include "shape/process_tree.h"

#include <gtest/gtest.h>

namespace kokemus::shape {
namespace {

using Kind = ProcessTree::Kind;

TEST(ProcessTree, Nothing) {
    EXPECT_EQ(to_text(nothing()), "tau");
    EXPECT_EQ(folded(block(Kind::Sequence, {})), nothing());
    EXPECT_EQ(folded(block(Kind::Parallel, {nothing(), nothing()})), nothing());
    EXPECT_EQ(folded(block(Kind::Choice, {nothing(), nothing()})), nothing());
}

TEST(ProcessTree, BlocksOfOneAreTheirPart) {
    EXPECT_EQ(folded(block(Kind::Choice, {block(Kind::Sequence, {one(3)})})), one(3));
    EXPECT_EQ(folded(block(Kind::Sequence, {one(3), nothing()})), one(3));
}

TEST(ProcessTree, BlocksOfAKindFold) {
    const auto tree =
        block(Kind::Sequence, {one(0), block(Kind::Sequence, {one(1), one(2)}), one(3)});
    EXPECT_EQ(to_text(folded(tree)), "->( 0, 1, 2, 3 )");
    const auto choice =
        block(Kind::Choice, {nothing(), one(0), block(Kind::Choice, {one(1), nothing()})});
    EXPECT_EQ(to_text(folded(choice)), "X( tau, 0, 1 )");
}

TEST(ProcessTree, ALoopKeepsItsWaysBack) {
    const auto loop = block(Kind::Loop, {one(0), nothing()});
    EXPECT_EQ(folded(loop), loop);
    EXPECT_EQ(to_text(loop), "*( 0, tau )");
}

TEST(ProcessTree, OrderIsOneWhereItSaysNothing) {
    const auto tree = [](Kind kind) { return block(kind, {one(2), one(0), one(1)}); };
    EXPECT_EQ(to_text(ordered(tree(Kind::Choice))), "X( 0, 1, 2 )");
    EXPECT_EQ(to_text(ordered(tree(Kind::Parallel))), "+( 0, 1, 2 )");
    EXPECT_EQ(to_text(ordered(tree(Kind::Sequence))), "->( 2, 0, 1 )");
    EXPECT_EQ(to_text(ordered(tree(Kind::Loop))), "*( 2, 0, 1 )");
    EXPECT_EQ(to_text(ordered(block(Kind::Loop, {one(5), one(2), one(1)}))), "*( 5, 1, 2 )");
}

}  // namespace
}  // namespace kokemus::shape
