#include "app/health.h"

#include <cstdio>
#include <fstream>
#include <map>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

/// Measures of one scrape: each line but comments, as "name{labels}" to its number.
std::map<std::string, double> read_measures(const std::string& text) {
    std::map<std::string, double> read;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t blank = line.rfind(' ');
        if (!line.starts_with('#') && blank != std::string::npos) {
            EXPECT_TRUE(
                read.emplace(line.substr(0, blank), std::stod(line.substr(blank + 1))).second)
                << line << " is there twice";
        }
    }
    return read;
}

class Operations : public Rights {
protected:
    std::string scrape() {
        const Heard heard = asked(server_->port(),
                                  "GET /metrics",
                                  with_key(key(admin_.user.id, {Right::ReadOperations})));
        EXPECT_EQ(heard.status, 200) << heard.body;
        return heard.body;
    }
};

TEST_F(Operations, MeasuresAreWhatPromtoolTakesWithoutAWord) {
    ask("admin", "GET /api/ask?q=flow");
    ask("nobody", "GET /api/customers/anna%40x.fi");
    ask("admin", "POST /api/encounters", "[7]");
    const std::filesystem::path file = area_.path() / "metrics.txt";
    std::ofstream(file) << scrape();
    const std::string command = fmt::format("promtool check metrics <{} 2>&1", file.string());
    std::FILE* promtool = ::popen(command.c_str(), "r");
    std::string words;
    char part[4096];
    while (std::fgets(part, sizeof part, promtool) != nullptr) {
        words += part;
    }
    EXPECT_EQ(::pclose(promtool), 0) << words;
    EXPECT_EQ(words, "");
}

TEST_F(Operations, MeasuresCountWhatHappened) {
    const std::string one = R"({"id":"a","customer":"cleo","time":"2026-01-01","touchpoint":"t"})";
    const std::string other =
        R"({"id":"a","customer":"cleo","time":"2026-01-02","touchpoint":"t"})";
    EXPECT_EQ(ask("admin", "POST /api/encounters", one).status, 200);
    EXPECT_EQ(ask("admin", "POST /api/encounters", one).status, 200);
    EXPECT_EQ(ask("admin", "POST /api/encounters", other).status, 409);
    EXPECT_EQ(ask("admin", "POST /api/encounters", "[7, 8]").status, 400);
    EXPECT_EQ(ask("admin", "GET /api/ask?q=flow").status, 200);
    EXPECT_EQ(ask("admin", "GET /api/ask?q=flow").status, 200);
    EXPECT_EQ(ask("nobody", "GET /no/such/place").status, 404);
    EXPECT_EQ(ask("admin", "GET /api/customers/somebody").status, 404);
    const auto measured = read_measures(scrape());
    const auto is = [&](const std::string& name, double value) {
        const auto found = measured.find(name);
        ASSERT_NE(found, measured.end()) << name;
        EXPECT_EQ(found->second, value) << name;
    };
    const std::string encounters = "kokemus_intake_encounters_total{outcome=";
    is(encounters + "\"acknowledged\"}", 1);
    is(encounters + "\"duplicate\"}", 1);
    is(encounters + "\"conflict\"}", 1);
    is(encounters + "\"refused\"}", 2);
    const std::string requests = "kokemus_http_requests_total{method=";
    is(requests + R"("POST",route="/api/encounters",status="200"})", 2);
    is(requests + R"("POST",route="/api/encounters",status="409"})", 1);
    is(requests + R"("POST",route="/api/encounters",status="400"})", 1);
    is(requests + R"("none",route="none",status="404"})", 1);
    is(requests + R"("GET",route="/api/customers/{id}",status="404"})", 1);
    is(R"(kokemus_http_request_duration_seconds_count{method="GET",route="/api/ask"})", 2);
    is("kokemus_ledger_commit_duration_seconds_count", 3);
    is("kokemus_ledger_encounters", 4);
    is("kokemus_ledger_writable", 1);
    is(R"(kokemus_answers_total{from="cache"})", 1);
    is(R"(kokemus_answers_total{from="timeline"})", 1);
    is("kokemus_timeline_encounters", 4);
    is("kokemus_timeline_behind_encounters", 0);
    is("kokemus_records_reachable", 1);
    is("kokemus_intake_batches_waiting", 0);
    EXPECT_GT(measured.at("kokemus_timeline_size_bytes"), 0);
    EXPECT_GT(measured.at("kokemus_disk_free_bytes"), 0);
}

TEST_F(Operations, MeasuresTellNothingOfAnybody) {
    ask("admin", "GET /api/customers/anna%40x.fi");
    ask("admin", "GET /anna/secret");
    const std::string text = scrape();
    for (const char* personal : {"anna", "@x.fi", "Sales", "127.0.0.1", "Admin"}) {
        EXPECT_THAT(text, Not(HasSubstr(personal)));
    }
}

TEST_F(Operations, AServerThatCanWorkIsReady) {
    EXPECT_EQ(ask("nobody", "GET /health/live").body, R"({"live":true})");
    const Heard heard = ask("nobody", "GET /health/ready");
    EXPECT_EQ(heard.status, 200);
    EXPECT_EQ(heard.body, R"({"ready":true})");
}

/// A server whose records and timeline are as a test says.
class HealthTest : public ::testing::Test {
protected:
    void SetUp() override {
        organisation_ = std::move(
            *Organisation::open(area_.path() / "data", std::nullopt, Organisation::Open::OrNew));
        router_.guard(until_built(*organisation_, account::open_guard({})));
        add_freshness_routes(router_, *organisation_);
    }

    http::Response get(const std::string& target) {
        http::Request request;
        EXPECT_TRUE(http::parse_target(target, request));
        return router_.answer(request);
    }

    ledger::TestFolder area_;
    std::unique_ptr<Organisation> organisation_;
    http::Router router_;
};

TEST_F(HealthTest, SaysInWordsThatTheTimelineIsStillBeingBuiltAndRefusesWhatNeedsIt) {
    const Health health(*organisation_, {});
    add_health_routes(router_, health);
    const http::Response before = get("/health/ready");
    EXPECT_EQ(before.status, 503);
    EXPECT_EQ(json::parse(before.body).at("faults").at(0).at("part"), "timeline");
    EXPECT_THAT(before.body, HasSubstr("being built"));
    EXPECT_EQ(get("/health/live").status, 200);
    EXPECT_EQ(get("/api/freshness").status, 503);
    ASSERT_TRUE(organisation_->snapshot());
    EXPECT_EQ(get("/health/ready").status, 200);
    EXPECT_EQ(get("/api/freshness").status, 200);
}

TEST_F(HealthTest, SaysThatTheRecordsCannotBeReachedAndThatTheyCanAgain) {
    std::atomic<bool> reachable{false};
    const Health health(*organisation_, [&]() -> Result<std::int64_t> {
        if (!reachable) {
            return Error{ErrorCode::Unavailable, "gone"};
        }
        return 3;
    });
    add_health_routes(router_, health);
    ASSERT_TRUE(organisation_->snapshot());
    const auto becomes = [&](int status) {
        for (int i = 0; i < 500 && get("/health/ready").status != status; ++i) {
            std::this_thread::sleep_for(Milliseconds(20));
        }
        return get("/health/ready");
    };
    const http::Response without = becomes(503);
    EXPECT_EQ(without.status, 503);
    EXPECT_EQ(json::parse(without.body).at("faults").at(0).at("part"), "records");
    EXPECT_THAT(without.body, Not(HasSubstr("gone"))) << "a stranger need not know the fault";
    EXPECT_EQ(health.open_sessions(), std::nullopt);
    reachable = true;
    EXPECT_EQ(becomes(200).status, 200);
    EXPECT_EQ(health.open_sessions(), 3);
}

}  // namespace
}  // namespace kokemus::app
