#include <unistd.h>

#include <filesystem>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "account/door_api.h"
#include "app/api.h"
#include "app/collecting.h"
#include "app/live_news.h"
#include "http/files.h"
#include "intake/commit_queue.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;

constexpr const char* order =
    R"({"id":"m1","customer":"anna","time":"2026-01-02T03:04:05Z","touchpoint":"order placed"})";

/// An organisation that takes encounters in, asked through the router as the server asks it.
class EncountersApi : public ::testing::Test {
protected:
    void SetUp() override {
        router_.guard(account::open_guard({}));
        folder_ = std::filesystem::temp_directory_path() /
                  ("kokemus-encounters-api-test-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder_);
        auto opened = Organisation::open(folder_, std::nullopt, Organisation::Open::OrNew);
        ASSERT_TRUE(opened) << opened.error().message;
        organisation_ = std::move(*opened);
        queue_ = std::make_unique<intake::CommitQueue>([this](auto batches) {
            return failure_ ? std::vector<Result<ledger::Receipt>>(batches.size(), *failure_)
                            : organisation_->ledger().append_each(batches);
        });
        customers_ = std::make_unique<intake::CustomerQueue>(
            [this](auto batch) { return organisation_->ledger().put_customers(batch); });
        collecting_ = std::make_unique<Collecting>(
            [this] { return organisation_->blueprint(); }, *queue_, *customers_, gate_);
        add_encounter_routes(router_, *queue_, *collecting_);
    }

    void TearDown() override {
        collecting_.reset();
        customers_.reset();
        queue_.reset();
        organisation_.reset();
        std::filesystem::remove_all(folder_);
    }

    http::Response send(const std::string& body, const std::string& coding = "") {
        http::Request request;
        request.method = http::Method::Post;
        request.body = body;
        if (!coding.empty()) {
            request.headers["content-encoding"] = coding;
        }
        EXPECT_TRUE(http::parse_target("/api/encounters", request));
        return router_.answer(request);
    }

    std::uint64_t kept() { return organisation_->ledger().totals()->encounters; }

    std::filesystem::path folder_;
    std::unique_ptr<Organisation> organisation_;
    std::optional<Error> failure_;
    const intake::OneWriteKey gate_{"", {}, intake::OneWriteKey::WithoutKey::Closed};
    std::unique_ptr<intake::CommitQueue> queue_;
    std::unique_ptr<intake::CustomerQueue> customers_;
    std::unique_ptr<Collecting> collecting_;
    http::Router router_;
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
        send(R"({"id":"m1","customer":"anna","time":1,"touchpoint":"order placed"})");
    EXPECT_EQ(conflict.status, 409);
    EXPECT_EQ(json::parse(conflict.body).at("conflicts").as_array().size(), 1);
}

TEST_F(EncountersApi, unpacks_gzip_within_bounds) {
    EXPECT_EQ(send(http::gzip(order), "gzip").status, 200);
    EXPECT_EQ(kept(), 1);
    EXPECT_EQ(send(order, "gzip").status, 400);
    EXPECT_EQ(send(order, "br").status, 400);
    EXPECT_EQ(send(http::gzip(std::string(65 * 1024 * 1024, ' ')), "gzip").status, 413);
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
        http::Request request;
        request.method = http::Method::Post;
        request.body = body;
        request.headers["content-type"] = type;
        EXPECT_TRUE(http::parse_target("/api/encounters", request));
        return router_.answer(request);
    };
    const auto one = as("application/cloudevents+json", event);
    EXPECT_EQ(one.body, R"({"accepted":1,"duplicates":0,"conflicts":[],"refused":[]})");
    const auto batch = as("application/cloudevents-batch+json", "[" + event + ",{}]");
    EXPECT_EQ(json::parse(batch.body).at("duplicates"), 1);
    EXPECT_EQ(json::parse(batch.body).at("refused").at(0).at("index"), 1);
    EXPECT_EQ(as("application/cloudevents+avro", "x").status, 415);
    http::Request binary;
    binary.method = http::Method::Post;
    binary.headers = {{"ce-specversion", "1.0"},
                      {"ce-id", "7"},
                      {"ce-source", "/shop"},
                      {"ce-type", "visit"},
                      {"ce-subject", "anna"},
                      {"ce-time", "2026-01-02T03:04:05Z"}};
    ASSERT_TRUE(http::parse_target("/api/encounters", binary));
    EXPECT_EQ(json::parse(router_.answer(binary).body).at("duplicates"), 1);
    EXPECT_EQ(kept(), 1U);
}

TEST_F(EncountersApi, a_sender_of_events_that_asks_first_is_told_yes) {
    http::Request request;
    request.method = http::Method::Options;
    request.headers["webhook-request-origin"] = "events.example";
    ASSERT_TRUE(http::parse_target("/api/encounters", request));
    const http::Response response = router_.answer(request);
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.headers.at("webhook-allowed-origin"), "events.example");
    EXPECT_EQ(response.headers.at("webhook-allowed-rate"), "*");
}

TEST_F(EncountersApi, pages_hear_of_new_numbers) {
    const LiveNews news(*organisation_);
    add_live_routes(router_, news);
    http::Request request;
    ASSERT_TRUE(http::parse_target("/api/live", request));
    request.headers["last-event-id"] = "7";
    const http::Response response = router_.answer(request);
    EXPECT_EQ(response.events, news.broadcast());
    EXPECT_EQ(response.heard, "7");
    EXPECT_EQ(news.broadcast()->newest(), nullptr);
    std::string last;
    for (const std::uint64_t number : {0, 1}) {
        if (number == 1) {
            ASSERT_EQ(send(order).status, 200);
        }
        ASSERT_TRUE(organisation_->snapshot());
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

}  // namespace
}  // namespace kokemus::app
