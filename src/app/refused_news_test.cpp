#include "app/refused_news.h"

#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/guarded.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using refused::Door;
using std::chrono::milliseconds;

refused::Item item(Door door, const std::string& code) {
    refused::Item one;
    one.arrival.door = door;
    one.code = code;
    one.text = "anna@example.com";
    one.reason = "anna@example.com is nobody";
    return one;
}

struct Heard {
    std::mutex mutex;
    std::vector<json::value> told;
    SystemClock clock;

    Tell tell() {
        return [this](std::string_view type, std::string_view fields) {
            const std::scoped_lock lock(mutex);
            EXPECT_EQ(type, "encounters.refused");
            EXPECT_EQ(fields.find("anna"), std::string_view::npos) << "who it was is not told";
            told.push_back(json::parse(fields));
        };
    }

    std::size_t count() {
        const std::scoped_lock lock(mutex);
        return told.size();
    }

    bool comes(std::size_t events) {
        for (int i = 0; i < 1000 && count() < events; ++i) {
            std::this_thread::sleep_for(milliseconds(10));
        }
        return count() == events;
    }
};

TEST(RefusedNews, AreASumByDoorAndCode) {
    Heard heard;
    RefusedNews news(heard.tell(), heard.clock, milliseconds(100));
    news.count({});
    const std::vector items{item(Door::Segment, "no_event"),
                            item(Door::Encounters, "bad_time"),
                            item(Door::Segment, "no_event")};
    news.count(items);
    news.count(std::span(items).first(1));
    ASSERT_TRUE(heard.comes(1));
    const json::value& told = heard.told.front();
    EXPECT_EQ(told.at("count"), 4);
    EXPECT_EQ(told.at("kinds").as_array().size(), 2U);
    EXPECT_EQ(told.at("kinds").at(0).at("door"), "encounters");
    EXPECT_EQ(told.at("kinds").at(1).at("code"), "no_event");
    EXPECT_EQ(told.at("kinds").at(1).at("count"), 3);
    news.count(std::span(items).first(1));
    ASSERT_TRUE(heard.comes(2));
    EXPECT_EQ(heard.told.back().at("count"), 1) << "since the last time";
}

TEST(RefusedNews, ComeNoOftenerThanTold) {
    Heard heard;
    const std::vector items{item(Door::Webhook, "x")};
    {
        RefusedNews news(heard.tell(), heard.clock, milliseconds(60'000));
        for (int i = 0; i < 100; ++i) {
            news.count(items);
        }
        std::this_thread::sleep_for(milliseconds(100));
        EXPECT_EQ(heard.count(), 0U);
    }
    ASSERT_EQ(heard.count(), 1U) << "what was not told is told at the end";
    EXPECT_EQ(heard.told.front().at("count"), 100);
}

TEST(RefusedNews, WhereNothingIsRefusedNothingIsTold) {
    Heard heard;
    { const RefusedNews news(heard.tell(), heard.clock, milliseconds(1)); }
    EXPECT_EQ(heard.count(), 0U);
}

}  // namespace
}  // namespace kokemus::app
