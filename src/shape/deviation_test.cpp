#include "shape/deviation.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace kokemus::shape {
namespace {

using Kind = Deviation::Kind;
using Steps = std::vector<Step>;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Deviation, OfNothing) {
    EXPECT_THAT(deviations(EditDistance({}), Steps{}), IsEmpty());
    EXPECT_THAT(deviations(EditDistance({}), Steps{3, 3}), ElementsAre(Deviation{Kind::PutIn, 3}));
    EXPECT_THAT(deviations(EditDistance({1, 2}), Steps{}),
                ElementsAre(Deviation{Kind::LeftOut, 1}, Deviation{Kind::LeftOut, 2}));
    EXPECT_THAT(deviations(EditDistance({1, 2}), Steps{1, 2}), IsEmpty());
}

TEST(Deviation, LeftOutPutInAndMoved) {
    // order 0, confirm 1, ship 2, deliver 3, survey 4 against order call(9) confirm ship call
    // deliver: methods c5
    const EditDistance design({0, 1, 2, 3, 4});
    EXPECT_THAT(deviations(design, Steps{0, 9, 1, 2, 9, 3}),
                ElementsAre(Deviation{Kind::LeftOut, 4}, Deviation{Kind::PutIn, 9}));
    EXPECT_THAT(deviations(design, Steps{0, 2, 3, 4, 1}), ElementsAre(Deviation{Kind::Moved, 1}));
    EXPECT_THAT(deviations(design, Steps{0, 1, 1, 2, 3, 4}), ElementsAre(Deviation{Kind::PutIn, 1}))
        << "once more than designed";
    EXPECT_THAT(deviations(design, Steps{4, 0, 1, 2, 3, 4, 4}),
                ElementsAre(Deviation{Kind::PutIn, 4}))
        << "what is there in its place too is not moved";
}

TEST(Deviation, OfTwoThatChangedPlacesOneIsMoved) {
    EXPECT_THAT(deviations(EditDistance({0, 1}), Steps{1, 0}),
                ElementsAre(Deviation{Kind::Moved, 0}));
}

Steps any_steps(int most) {
    Steps steps(static_cast<std::size_t>(*rc::gen::inRange(0, most)));
    for (Step& step : steps) {
        step = static_cast<Step>(*rc::gen::inRange(0, 5));
    }
    return steps;
}

TEST(Deviation, WhatIsLeftOutOrPutInIsHowOftenItIsThere) {
    EXPECT_TRUE(rc::check("by counting", [] {
        const Steps designed = any_steps(8);
        const Steps done = any_steps(12);
        const auto found = deviations(EditDistance(designed), done);
        const auto has = [&](Kind kind, Step step) {
            return std::ranges::find(found, Deviation{kind, step}) != found.end();
        };
        for (Step step = 0; step < 5; ++step) {
            const auto of_design = std::ranges::count(designed, step);
            const auto of_done = std::ranges::count(done, step);
            RC_ASSERT(has(Kind::LeftOut, step) == (of_done < of_design));
            RC_ASSERT(has(Kind::PutIn, step) == (of_done > of_design));
            RC_ASSERT(!has(Kind::Moved, step) || (of_done > 0 && of_design > 0));
        }
        RC_ASSERT(found.empty() == (designed == done));
    }));
}

}  // namespace
}  // namespace kokemus::shape
