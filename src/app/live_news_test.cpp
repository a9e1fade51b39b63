#include "app/live_news.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "account/door_api.h"
#include "app/api.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;

TEST(LiveNews, pages_hear_of_new_numbers) {
    const ledger::TestFolder area;
    const auto organisation =
        std::move(*Organisation::open(area.path(), std::nullopt, Organisation::Open::OrNew));
    const LiveNews news(*organisation);
    http::Router router;
    router.guard(account::open_guard({}));
    add_live_routes(router, news);
    http::Request request;
    ASSERT_TRUE(http::parse_target("/api/live", request));
    request.headers["last-event-id"] = "7";
    const http::Response response = router.answer(request);
    EXPECT_EQ(response.events, news.broadcast());
    EXPECT_EQ(response.heard, "7");
    EXPECT_EQ(news.broadcast()->newest(), nullptr);
    std::string last;
    for (const std::uint64_t number : {0, 1}) {
        if (number == 1) {
            encounter::Encounter call;
            call.customer = encounter::CustomerName("anna");
            call.id = encounter::EncounterId("m1");
            call.touchpoint = "call";
            ASSERT_TRUE(organisation->ledger().append(std::vector{call}));
        }
        ASSERT_TRUE(organisation->snapshot());
        auto newest = news.broadcast()->newest();
        for (int i = 0; i < 500 && (!newest || newest->id == last); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            newest = news.broadcast()->newest();
        }
        ASSERT_NE(newest, nullptr);
        EXPECT_NE(newest->id, last);
        EXPECT_EQ(json::parse(newest->text).at("last_number"), number);
        last = newest->id;
    }
}

TEST(LiveNews, nobody_hears_of_parts_that_were_merged) {
    const ledger::TestFolder area;
    const auto organisation =
        std::move(*Organisation::open(area.path(), std::nullopt, Organisation::Open::OrNew));
    for (int i = 0; i < 8; ++i) {
        encounter::Encounter call;
        call.customer = encounter::CustomerName("customer " + std::to_string(i));
        call.id = encounter::EncounterId("m1");
        call.touchpoint = "call";
        ASSERT_TRUE(organisation->ledger().append(std::vector{call}));
        ASSERT_TRUE(organisation->snapshot());
    }
    const LiveNews news(*organisation);
    const auto heard = [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));  // two looks and more
        const auto newest = news.broadcast()->newest();
        return newest ? newest->id : "";
    };
    const std::string before = heard();
    EXPECT_NE(before, "");
    const auto former = organisation->present();
    ASSERT_TRUE(*organisation->merge_some()) << "nothing was merged";
    EXPECT_NE(organisation->present(), former);
    EXPECT_EQ(organisation->present()->version, former->version);
    EXPECT_EQ(heard(), before);
}

}  // namespace
}  // namespace kokemus::app
