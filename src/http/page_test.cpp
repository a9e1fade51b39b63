#include "http/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kokemus::http {
namespace {

using testing::ElementsAre;

constexpr Paged letters{"letters", 2, 3};

Request asked(const std::string& query) {
    Request request;
    EXPECT_TRUE(parse_target("/letters?" + query, request));
    return request;
}

TEST(Page, is_the_first_part_unless_something_else_is_asked_for) {
    const auto page = page_of(asked(""), letters);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->limit, 2U);
    EXPECT_EQ(page->after, "");
    EXPECT_EQ(page->read(), 3U);
    EXPECT_EQ(page_of(asked("limit=3"), letters)->limit, 3U);
}

TEST(Page, refuses_what_leads_nowhere) {
    for (const char* wrong : {"limt=2",
                              "state=open",
                              "limit=0",
                              "limit=4",
                              "limit=-1",
                              "limit=x",
                              "after=x",
                              "after=zz",
                              "after=6",

                              "after=6c"}) {
        EXPECT_FALSE(page_of(asked(wrong), letters)) << wrong;
    }
    const Page other{"numbers", 2};
    EXPECT_FALSE(page_of(asked("after=" + other.cursor("7")), letters));
    EXPECT_FALSE(page_of(asked("after=" + Page{"letters", 2}.cursor("")), letters));
}

TEST(Page, goes_on_behind_the_place_of_the_last_entry) {
    std::vector<std::string> rows{"a", "b", "c"};
    const auto same = [](const std::string& row) { return row; };
    Page page = page_of(asked(""), letters).value();
    const auto next = cut(rows, page, same);
    EXPECT_THAT(rows, ElementsAre("a", "b"));
    ASSERT_TRUE(next);
    page = page_of(asked("after=" + *next), letters).value();
    EXPECT_EQ(page.after, "b");
    rows = {"c", "d"};
    EXPECT_FALSE(cut(rows, page, same)) << "that was all";
    EXPECT_THAT(rows, ElementsAre("c", "d"));
}

TEST(Page, places_are_any_bytes_and_some_are_numbers) {
    const std::string odd("ä/\0\xff", 5);
    const std::string cursor = Page{"letters", 2}.cursor(odd);
    EXPECT_EQ(page_of(asked("after=" + cursor), letters)->after, odd);
    EXPECT_EQ(number_of(Page{"letters", 2, "-42"}).value(), -42);
    EXPECT_FALSE(number_of(Page{"letters", 2, "42x"}));
    EXPECT_FALSE(number_of(Page{"letters", 2, ""}));
    EXPECT_FALSE(number_of(Page{"letters", 2, "99999999999999999999"}));
}

}  // namespace
}  // namespace kokemus::http
