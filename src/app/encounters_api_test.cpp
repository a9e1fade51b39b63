#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "app/api.h"
#include "app/collecting_fixture_test.h"
#include "http/pack.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;

constexpr const char* order =
    R"({"id":"m1","customer":"anna","time":"2026-01-02T03:04:05Z","touchpoint":"order placed"})";

class EncountersApi : public CollectingTest {
protected:
    void add_routes() override { add_encounter_routes(router_, *collecting_); }

    http::Response send(const std::string& body, Headers headers = {}) {
        return ask(http::Method::Post, "/api/encounters", body, std::move(headers));
    }

    http::Response send_packed(const std::string& body, const std::string& coding) {
        return send(body, {{"content-encoding", coding}});
    }
};

TEST_F(EncountersApi, takes_what_is_good_and_lists_the_rest) {
    const std::string other =
        R"({"id":"m1","customer":"anna","time":"2026-01-02","touchpoint":"order placed"})";
    EXPECT_EQ(send(order).body, R"({"accepted":1,"duplicates":0,"conflicts":[],"refused":[]})");
    const http::Response mixed = send("[" + std::string(order) + ",{}," + other + "]");
    EXPECT_EQ(mixed.status, 200) << mixed.body;
    const json::value said = json::parse(mixed.body);
    EXPECT_EQ(said.at("accepted"), 0);
    EXPECT_EQ(said.at("duplicates"), 1);
    EXPECT_EQ(said.at("refused").at(0).at("index"), 1);
    EXPECT_EQ(said.at("conflicts").at(0).at("index"), 2);
    EXPECT_EQ(kept(), 1);
}

TEST_F(EncountersApi, says_by_its_status_when_nothing_was_kept) {
    const http::Response refused = send("[{}]");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(json::parse(refused.body).at("refused").at(0).at("index"), 0);
    EXPECT_EQ(json::parse(refused.body).at("code"), "invalid_input");
    EXPECT_EQ(send("[").status, 400);
    EXPECT_EQ(send("").status, 400);
    EXPECT_EQ(send("[]").status, 200);
    EXPECT_EQ(send(order).status, 200);
    const http::Response conflict =
        send(R"({"id":"m1","customer":"anna","time":1767323046,"touchpoint":"order placed"})");
    EXPECT_EQ(conflict.status, 409);
    EXPECT_EQ(json::parse(conflict.body).at("conflicts").as_array().size(), 1);
}

TEST_F(EncountersApi, unpacks_gzip_within_bounds) {
    EXPECT_EQ(send_packed(http::gzip(order), "gzip").status, 200);
    EXPECT_EQ(kept(), 1);
    EXPECT_EQ(send_packed(order, "gzip").status, 400);
    const http::Response unknown = send_packed(order, "br");
    EXPECT_EQ(unknown.status, 415);
    EXPECT_EQ(unknown.headers.at("accept-encoding"), "gzip, zstd, identity");
    EXPECT_EQ(send_packed(http::gzip(std::string(65 * 1024 * 1024, ' ')), "gzip").status, 413);
}

TEST_F(EncountersApi, tells_a_full_disk_and_a_stopped_ledger) {
    failure_ = Error{ErrorCode::DiskFull, "the disk is full"};
    const http::Response full = send(order);
    EXPECT_EQ(full.status, 507);
    EXPECT_EQ(full.headers.at("retry-after"), "30");
    failure_ = Error{ErrorCode::Unavailable, "writing has stopped"};
    const http::Response stopped = send(order);
    EXPECT_EQ(stopped.status, 503);
    EXPECT_NE(stopped.body.find("writing has stopped"), std::string::npos);
    failure_.reset();
    EXPECT_EQ(send(order).status, 200);
}

TEST_F(EncountersApi, takes_cloud_events_in_each_of_their_modes) {
    const std::string event =
        R"({"specversion":"1.0","id":"7","source":"/shop","type":"visit","subject":"anna","time":"2026-01-02T03:04:05Z"})";
    const auto as = [&](const char* type, const std::string& body) {
        return send(body, {{"content-type", type}});
    };
    const auto one = as("application/cloudevents+json", event);
    EXPECT_EQ(one.body, R"({"accepted":1,"duplicates":0,"conflicts":[],"refused":[]})");
    const auto batch = as("application/cloudevents-batch+json", "[" + event + ",{}]");
    EXPECT_EQ(json::parse(batch.body).at("duplicates"), 1);
    EXPECT_EQ(json::parse(batch.body).at("refused").at(0).at("index"), 1);
    EXPECT_EQ(as("application/cloudevents+avro", "x").status, 415);
    EXPECT_EQ(send("<x/>",
                   {{"content-type", "application/xml"},
                    {"ce-specversion", "1.0"},
                    {"ce-id", "7"},
                    {"ce-source", "/shop"},
                    {"ce-type", "visit"},
                    {"ce-subject", "anna"}})
                  .status,
              415);
    const auto binary = send("",
                             {{"ce-specversion", "1.0"},
                              {"ce-id", "7"},
                              {"ce-source", "/shop"},
                              {"ce-type", "visit"},
                              {"ce-subject", "anna"},
                              {"ce-time", "2026-01-02T03:04:05Z"}});
    EXPECT_EQ(json::parse(binary.body).at("duplicates"), 1);
    EXPECT_EQ(kept(), 1U);
}

TEST_F(EncountersApi, whose_time_lay_in_the_future_is_told) {
    const auto told = json::parse(
        send(R"([{"customer":"anna","time":"2126-01-02T03:04:05Z","touchpoint":"visit"},)"
             R"({"customer":"anna","time":"2026-01-02T03:04:05Z","touchpoint":"visit"}])")
            .body);
    EXPECT_EQ(told.at("accepted"), 2);
    EXPECT_EQ(told.at("clamped"), 1);
}

TEST_F(EncountersApi, a_sender_of_events_that_asks_first_is_told_yes) {
    const http::Response response = ask(http::Method::Options,
                                        "/api/encounters",
                                        "",
                                        {{"webhook-request-origin", "events.example"}});
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.headers.at("webhook-allowed-origin"), "events.example");
    EXPECT_EQ(response.headers.at("webhook-allowed-rate"), "*");
}

TEST_F(EncountersApi, of_very_many_that_are_nothing_the_first_are_listed) {
    std::string body = "[0";
    for (int i = 1; i < 10'000; ++i) {
        body += ",0";
    }
    const http::Response refused = send(body + "]");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(json::parse(refused.body).at("refused").as_array().size(),
              intake::Refusals::listed_max);
    EXPECT_EQ(json::parse(refused.body).at("refused_more"), 10'000 - intake::Refusals::listed_max);
}

}  // namespace
}  // namespace kokemus::app
