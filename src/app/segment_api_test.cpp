#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/collecting_fixture_test.h"
#include "http/pack.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using encounter::CustomerName;
using testing::HasSubstr;

constexpr const char* track =
    R"({"userId":"anna","event":"Order Completed","messageId":"m1","timestamp":"2026-01-02T03:04:05Z"})";

class SegmentApi : public CollectingTest {
protected:
    void add_routes() override {
        add_segment_routes(router_, *collecting_, account::Transport::Plain);
    }

    http::Response send(const std::string& call, const std::string& body, Headers headers = {}) {
        headers.try_emplace("authorization", "Basic YWJjMTIzOg==");
        return ask(http::Method::Post, "/v1/" + call, body, std::move(headers));
    }
};

TEST_F(SegmentApi, keeps_an_event_once_however_often_it_is_sent) {
    const http::Response first = send("track", track);
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, R"({"success":true})");
    EXPECT_EQ(first.headers.at("x-kokemus-rejected"), "0");
    EXPECT_EQ(send("t", track).body, first.body);
    EXPECT_EQ(kept(), 1U);
    EXPECT_EQ(ledger_->read_customer(CustomerName("anna"))->at(0).encounter.touchpoint,
              "order placed");
}

TEST_F(SegmentApi, only_the_key_opens_in_each_of_three_ways) {
    const std::string with_key = R"({"writeKey":"abc123","userId":"u","event":"e"})";
    EXPECT_EQ(send("track", with_key, {{"authorization", ""}}).status, 200);
    EXPECT_EQ(send("track", with_key, {{"authorization", "Bearer t"}}).status, 200);
    EXPECT_EQ(send("track", track).status, 200);
    const std::uint64_t before = kept();
    const http::Response refused = send("track", track, {{"authorization", ""}});
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(json::parse(refused.body).at("status"), 401);
    EXPECT_EQ(
        send("track", R"({"writeKey":"no","userId":"u","event":"e"})", {{"authorization", ""}})
            .status,
        401);
    EXPECT_EQ(send("track", track, {{"authorization", "Basic eHl6Og=="}}).status, 401);
    EXPECT_EQ(kept(), before);
}

TEST_F(SegmentApi, without_the_key_no_item_is_looked_at) {
    const std::string batch = R"({"batch":7})";
    EXPECT_EQ(send("batch", batch).status, 400);
    const http::Response refused =
        send("batch", batch, {{"authorization", ""}, {"origin", "https://shop.example"}});
    EXPECT_EQ(refused.status, 401);
    EXPECT_TRUE(refused.headers.contains("www-authenticate"));
    EXPECT_TRUE(refused.headers.contains("access-control-allow-origin"));
}

TEST_F(SegmentApi, what_is_refused_is_counted_and_in_strict_mode_listed) {
    const std::string batch =
        R"({"batch":[{"type":"track","userId":"u","event":"e","messageId":"b1"},
        {"type":"track","event":"e"},{"type":"alias","userId":"u","previousId":"p"}]})";
    const http::Response lax = send("batch", batch);
    EXPECT_EQ(lax.status, 200);
    EXPECT_EQ(lax.headers.at("x-kokemus-rejected"), "1");
    EXPECT_EQ(json::parse(lax.body).at("success"), false);
    EXPECT_EQ(json::parse(lax.body).at("code"), "no_user_anon_id");
    const http::Response strict = send("batch?strict=1", batch);
    EXPECT_EQ(strict.status, 200);
    const json::value results = json::parse(strict.body).at("results");
    ASSERT_EQ(results.as_array().size(), 3U);
    EXPECT_EQ(results.at(0).at("result"), "conflict") << "the same id at another time";
    EXPECT_EQ(strict.headers.at("x-kokemus-conflicts"), "1");
    EXPECT_EQ(results.at(1).at("result"), "refused");
    EXPECT_EQ(results.at(1).at("code"), "no_user_anon_id");
    EXPECT_EQ(results.at(2).at("result"), "kept");
    EXPECT_EQ(send("track", R"({"event":"e"})").status, 200);
    EXPECT_EQ(send("track", R"({"event":"e"})", {{"x-kokemus-strict", "true"}}).status, 400);
    EXPECT_EQ(kept(), 1U);
}

TEST_F(SegmentApi, what_comes_for_who_was_erased_is_said_to_be_so) {
    ledger::ErasureOrder order;
    order.customers = {encounter::CustomerName("gone")};
    ASSERT_TRUE(ledger::erasing_of(*ledger_).erase(order));
    const std::string batch =
        R"({"batch":[{"type":"track","userId":"gone","event":"e"},)"
        R"({"type":"identify","userId":"gone","traits":{"plan":"gold"}},)"
        R"({"type":"track","userId":"here","event":"e","timestamp":"2126-01-02T03:04:05Z"}]})";
    const http::Response strict = send("batch?strict=1", batch);
    EXPECT_EQ(strict.status, 200);
    const json::value results = json::parse(strict.body).at("results");
    EXPECT_EQ(results.at(0).at("result"), "erased");
    EXPECT_EQ(results.at(1).at("result"), "erased");
    EXPECT_EQ(results.at(2).at("result"), "kept");
    EXPECT_EQ(results.at(2).at("time_clamped"), true);
    const http::Response lax = send("batch", batch);
    EXPECT_EQ(lax.headers.at("x-kokemus-erased"), "2");
    EXPECT_EQ(lax.headers.at("x-kokemus-clamped"), "1");
    EXPECT_EQ(kept(), 1U);
}

TEST_F(SegmentApi, very_many_items_that_are_nothing_get_a_short_answer) {
    std::string batch = R"({"batch":[0)";
    for (int i = 1; i < 250'000; ++i) {
        batch += ",0";
    }
    const http::Response lax = send("batch", batch + "]}");
    EXPECT_EQ(lax.headers.at("x-kokemus-rejected"), "250000");
    EXPECT_LT(lax.body.size(), 1000U);
    const http::Response strict = send("batch?strict=1", batch + "]}");
    EXPECT_EQ(strict.status, 400);
    EXPECT_EQ(json::parse(strict.body).at("results").as_array().size(), 2500U);
    EXPECT_EQ(json::parse(strict.body).at("refused_more"), 247'500);
}

TEST_F(SegmentApi, too_large_and_no_json_are_400) {
    EXPECT_EQ(send("track", "{").status, 400);
    EXPECT_EQ(send("track", std::string(33 * 1024, ' ')).status, 400);
    EXPECT_EQ(send("batch", std::string(501 * 1024, ' ')).status, 400);
    EXPECT_EQ(send("track", "x", {{"content-encoding", "gzip"}}).status, 400);
    EXPECT_EQ(send("track", track, {{"content-encoding", "br"}}).status, 415);
    const std::string bomb = http::gzip(std::string(2 * 1024 * 1024, ' '));
    EXPECT_EQ(send("batch", bomb, {{"content-encoding", "gzip"}}).status, 400);
    EXPECT_EQ(send("track", http::gzip(track), {{"content-encoding", "gzip"}}).status, 200);
    EXPECT_EQ(send("import", track).status, 404);
    EXPECT_EQ(ask(http::Method::Get, "/v1/track", "").status, 405);
}

TEST_F(SegmentApi, who_sends_too_fast_is_told_to_slow_down) {
    open_queues({.batches_max = 0, .bytes_max = 0});
    const http::Response full = send("track", track);
    EXPECT_EQ(full.status, 429);
    EXPECT_EQ(full.headers.at("retry-after"), "1");
    EXPECT_EQ(full.headers.at("x-ratelimit-reset"), "1");
    EXPECT_EQ(json::parse(full.body).at("status"), 429);
}

TEST_F(SegmentApi, a_full_disk_is_told_and_nothing_is_said_to_be_kept) {
    failure_ = Error{ErrorCode::DiskFull, "the disk is full"};
    EXPECT_EQ(send("track", track).status, 507);
    failure_ = Error{ErrorCode::Unavailable, "writing has stopped"};
    EXPECT_EQ(send("track", track).status, 503);
    failure_.reset();
    EXPECT_EQ(send("track", track).status, 200);
    EXPECT_EQ(kept(), 1U);
}

TEST_F(SegmentApi, traits_and_evidence_are_on_disk_with_the_answer) {
    EXPECT_EQ(
        send("identify", R"({"userId":"u","anonymousId":"a","traits":{"plan":"gold"}})").status,
        200);
    EXPECT_EQ((*ledger_->customer(CustomerName("u")))->traits.at("plan"), "gold");
    const auto said = ledger_->assertions_of(std::vector{CustomerName("a")});
    ASSERT_TRUE(said);
    ASSERT_EQ(said->size(), 1U);
    EXPECT_EQ(said->front().assertion.other.value(), "u");
    EXPECT_EQ(said->front().assertion.source, "segment");
    const int before = puts_;
    EXPECT_EQ(send("page", R"({"userId":"u","anonymousId":"a"})").status, 200);
    EXPECT_EQ(puts_, before) << "evidence that is known is not written anew";
    EXPECT_EQ(send("page", R"({"userId":"u2","anonymousId":"a"})").status, 200);
    EXPECT_EQ(puts_, before + 1);
}

/// What was refused while she was erased is told again, even when that was being told meanwhile.
TEST_F(SegmentApi, of_one_customer_only_so_many_traits_are_kept) {
    const auto identify = [&](int from, int to) {
        std::string traits;
        for (int i = from; i < to; ++i) {
            traits += (traits.empty() ? "" : ",") + ("\"t" + std::to_string(i)) + "\":\"x\"";
        }
        return send("batch",
                    R"({"batch":[{"type":"identify","userId":"big","traits":{)" + traits +
                        R"(}},{"type":"track","userId":"big","event":"e","messageId":"m)" +
                        std::to_string(from) + R"("}]})");
    };
    EXPECT_EQ(identify(0, 1000).status, 200);
    const std::uint64_t before = kept();
    const http::Response refused = identify(1000, 1001);
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(json::parse(refused.body).at("code"), "too_many_traits");
    EXPECT_EQ(refused.body.find("big"), std::string::npos);
    EXPECT_EQ(kept(), before + 1) << "its event";
    EXPECT_EQ(identify(0, 2).status, 200) << "what is known already is none too many";
}

TEST_F(SegmentApi, evidence_of_who_comes_back_is_not_taken_for_known) {
    const encounter::CustomerName anna("anna");
    ledger::ErasureOrder order;
    order.customers = {anna};
    ASSERT_TRUE(ledger::erasing_of(*ledger_).erase(order));
    after_put_ = [&] {
        EXPECT_TRUE(ledger::erasing_of(*ledger_).readmit(anna));
        collecting_->forget_asserted();
    };
    const std::string body =
        R"({"anonymousId":"cookie-1","userId":"anna","event":"Product Viewed"})";
    EXPECT_EQ(send("track", body).status, 200);
    EXPECT_EQ(ledger_->last_assertion(), 0U);
    after_put_ = nullptr;
    EXPECT_EQ(send("track", body).status, 200);
    EXPECT_EQ(ledger_->last_assertion(), 1U);
}

TEST_F(SegmentApi, pages_of_allowed_origins_may_send) {
    const auto asked = [&](const char* origin) {
        return ask(http::Method::Options, "/v1/t", "", {{"origin", origin}});
    };
    const http::Response allowed = asked("https://shop.example");
    EXPECT_EQ(allowed.status, 204);
    EXPECT_EQ(allowed.headers.at("access-control-allow-origin"), "https://shop.example");
    EXPECT_THAT(allowed.headers.at("access-control-allow-headers"), HasSubstr("content-type"));
    EXPECT_FALSE(asked("https://evil.example").headers.contains("access-control-allow-origin"));
    EXPECT_EQ(asked("https://evil.example").headers.at("vary"), "origin");
    EXPECT_EQ(send("t", track, {{"origin", "https://shop.example"}})
                  .headers.at("access-control-allow-origin"),
              "https://shop.example");
    EXPECT_FALSE(send("t", track).headers.contains("access-control-allow-origin"));
    EXPECT_TRUE(send("t", "{", {{"origin", "https://shop.example"}})
                    .headers.contains("access-control-allow-origin"))
        << "so that the page sees the fault";
}

TEST_F(SegmentApi, pages_may_read_whatever_the_answer_says_beside_its_body) {
    collecting_->ask_erased([](const CustomerName& name) { return name.value() == "gone"; });
    const http::Response said = send(
        "batch",
        R"({"batch":[{"type":"track","userId":"u","event":"e","timestamp":"2126-01-02T03:04:05Z"},
            {"type":"track","userId":"gone","event":"e"},{"type":"track"}]})",
        {{"origin", "https://shop.example"}});
    const std::string exposed = ", " + said.headers.at("access-control-expose-headers") + ",";
    std::set<std::string> ours;
    for (const auto& [name, value] : said.headers) {
        if (name.starts_with("x-kokemus-")) {
            ours.insert(name);
            EXPECT_THAT(exposed, HasSubstr(", " + name + ","));
        }
    }
    EXPECT_TRUE(ours.contains("x-kokemus-clamped"));
    EXPECT_TRUE(ours.contains("x-kokemus-erased"));
}

TEST_F(SegmentApi, the_browser_library_learns_where_to_send) {
    const http::Response settings =
        ask(http::Method::Get,
            "/v1/projects/abc123/settings",
            "",
            {{"host", "localhost:8080"}, {"origin", "https://shop.example"}});
    EXPECT_EQ(settings.status, 200);
    const json::value ours = json::parse(settings.body).at("integrations").at("Segment.io");
    EXPECT_EQ(ours.at("apiHost"), "localhost:8080/v1");
    EXPECT_EQ(ours.at("apiKey"), "abc123");
    EXPECT_EQ(ours.at("protocol"), "http");
    router_ = http::Router();
    router_.guard(account::open_guard({}));
    add_segment_routes(router_, *collecting_, account::Transport::Tls);
    for (const char* said : {"", "http", "https"}) {
        const http::Response within_tls =
            ask(http::Method::Get,
                "/v1/projects/abc123/settings",
                "",
                {{"host", "localhost:8080"}, {"x-forwarded-proto", said}});
        EXPECT_EQ(json::parse(within_tls.body).at("integrations").at("Segment.io").at("protocol"),
                  "https")
            << said;
    }
    EXPECT_TRUE(settings.headers.contains("access-control-allow-origin"));
}

}  // namespace
}  // namespace kokemus::app
