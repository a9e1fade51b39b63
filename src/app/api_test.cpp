#include "app/api.h"

#include <unistd.h>

#include <filesystem>
#include <thread>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "account/door_api.h"
#include "app/asker.h"
#include "app/kept_records.h"
#include "app/served_blueprint.h"
#include "encounter/faults.h"
#include "encounter/properties.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using encounter::Encounter;

constexpr std::string_view shop = R"(
name = "Shop"
[channel.web]
kind = "self-service"
[channel.phone]
kind = "human"
[touchpoint."order placed"]
channel = "web"
stage = "order"
owner = "Sales"
[touchpoint."delivered"]
channel = "web"
owner = "Sales"
[journey.buying]
starts = ["order placed"]
ends = ["delivered"]
thread = true
feeling = "certain"
owner = "Sales"
[promise.delivery]
kept = ["delivered"]
target = 0.9
owner = "Sales"
)";

Encounter at(const std::string& customer, const std::string& thread, int hour,
             const std::string& touchpoint) {
    Encounter made;
    made.customer = encounter::CustomerName(customer);
    made.thread = encounter::ThreadName(thread);
    made.time = Instant(std::chrono::hours(24 * 20'000 + hour));
    made.touchpoint = touchpoint;
    made.id = encounter::EncounterId(thread + touchpoint);
    return made;
}

/// A small shop in a folder of its own, asked through the router as the server asks it.
class Api : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("kokemus-api-test-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder_);
        auto opened = Organisation::open(folder_, std::nullopt, Organisation::Open::OrNew);
        ASSERT_TRUE(opened) << opened.error().message;
        organisation_ = std::move(*opened);
        ASSERT_TRUE(organisation_->keep_blueprint_text(shop, "shop"));
        asker_ = std::make_unique<Asker>(*organisation_);
        router_.guard(account::open_guard({}));
        add_ask_routes(router_, *asker_);
        blueprint_ = std::make_unique<ServedBlueprint>(
            *organisation_, std::nullopt, open_records({}, folder_)->records, clock_);
        ASSERT_TRUE(blueprint_->reload());
        add_blueprint_routes(router_, *blueprint_);
        add_customer_routes(router_, *organisation_, note_nothing);
        add_freshness_routes(router_, *organisation_);
        add_overview_routes(router_, *asker_);
        add_suggest_routes(router_, *asker_);
        add_about_routes(router_, *organisation_, About{});
    }

    void TearDown() override {
        blueprint_.reset();
        organisation_.reset();
        std::filesystem::remove_all(folder_);
    }

    void add(std::vector<Encounter> encounters) {
        const auto receipt = organisation_->ledger().append(encounters);
        ASSERT_TRUE(receipt) << receipt.error().message;
    }

    void add_two_orders() {
        Encounter promised = at("anna@example.com", "o1", 0, "order placed");
        promised.due["delivery"] = promised.time + std::chrono::hours(48);
        promised.text = "<script>alert(1)</script>";
        add({promised,
             at("anna@example.com", "o1", 24, "delivered"),
             at("b/c", "o2", 1, "order placed")});
    }

    http::Response answer(http::Method method, const std::string& target,
                          const std::string& body = {}) {
        http::Request request;
        request.method = method;
        request.body = body;
        const Status parsed = http::parse_target(target, request);
        return parsed ? router_.answer(request) : http::problem(parsed.error());
    }

    json::value get(const std::string& target) {
        const http::Response response = answer(http::Method::Get, target);
        EXPECT_EQ(response.status, 200) << target << ": " << response.body;
        return json::parse(response.body);
    }

    std::filesystem::path folder_;
    std::unique_ptr<Organisation> organisation_;
    SystemClock clock_;
    std::unique_ptr<ServedBlueprint> blueprint_;
    std::unique_ptr<Asker> asker_;
    http::Router router_;
};

TEST_F(Api, CountsSnapshotsSoThatOpenPagesCanWaitForTheNext) {
    const std::uint64_t seen = organisation_->version();
    EXPECT_EQ(organisation_->wait_for_change(seen, Milliseconds(1)), seen) << "nothing happened";
    const std::jthread later([this] {
        ASSERT_TRUE(organisation_->ledger().append(std::vector{at("zoe", "z1", 9, "delivered")}));
        ASSERT_TRUE(organisation_->snapshot());
    });
    EXPECT_EQ(organisation_->wait_for_change(seen, std::chrono::minutes(1)), seen + 1);
}

TEST_F(Api, answers_before_anything_came_in) {
    EXPECT_EQ(get("/api/ask?q=flow").at("finding").at("id"), "nothing");
    EXPECT_EQ(get("/api/overview").at("finding").at("id"), "nothing");
    EXPECT_TRUE(get("/api/freshness").at("latest").is_null());
    EXPECT_TRUE(get("/api/customers").at("customers").as_array().empty());
}

TEST_F(Api, answers_a_question_from_get_and_post_alike) {
    add_two_orders();
    const http::Response got = answer(http::Method::Get, "/api/ask?q=flow+per+buying");
    const http::Response posted =
        answer(http::Method::Post, "/api/ask", R"({"question":"flow per buying"})");
    EXPECT_EQ(got.status, 200) << got.body;
    EXPECT_EQ(got.body, posted.body);
    EXPECT_EQ(json::parse(got.body).at("population").at("units"), 2);
    EXPECT_EQ(answer(http::Method::Get, "/api/ask?q=flow&per=buying").body, got.body);
}

TEST_F(Api, new_encounters_are_in_the_next_answer) {
    add_two_orders();
    EXPECT_EQ(get("/api/ask?q=flow").at("population").at("encounters"), 3);
    add({at("d", "o3", 2, "order placed")});
    EXPECT_EQ(get("/api/ask?q=flow").at("population").at("encounters"), 4);
}

TEST_F(Api, the_same_question_is_counted_once_for_a_snapshot) {
    add_two_orders();
    const std::string first = answer(http::Method::Get, "/api/ask?q=flow").body;
    EXPECT_EQ(answer(http::Method::Get, "/api/ask?q=flow").body, first);
    EXPECT_EQ(answer(http::Method::Get, "/api/ask?q=++flow").body, first);
    EXPECT_EQ(asker_->cache_use().made, 1U);
    EXPECT_EQ(asker_->cache_use().given, 2U);
    EXPECT_NE(answer(http::Method::Get, "/api/ask?q=flow&format=csv").body, first);
}

TEST_F(Api, a_question_that_takes_too_long_or_that_nobody_waits_for_is_given_up) {
    add_two_orders();
    http::Router router;
    router.guard(account::open_guard({}));
    Asker hasty(*organisation_, Task::Seconds(0));
    add_ask_routes(router, hasty);
    http::Request request;
    ASSERT_TRUE(http::parse_target("/api/ask?q=flow", request));
    const http::Response late = router.answer(request);
    EXPECT_EQ(late.status, 504);
    EXPECT_NE(late.body.find("ask for a shorter time"), std::string::npos) << late.body;

    std::stop_source gone;
    gone.request_stop();
    request.gone = gone.get_token();
    EXPECT_EQ(router_.answer(request).status, 499);
}

TEST_F(Api, a_task_can_be_looked_at_and_called_off_by_its_name) {
    EXPECT_EQ(answer(http::Method::Get, "/api/tasks/mine").status, 404);
    EXPECT_EQ(answer(http::Method::Delete, "/api/tasks/mine").status, 404);
    Task task;
    task.begin_pass(4);
    task.advance(1);
    {
        const Tasks::Listed listed(asker_->tasks(), "nobody\nmine", task);
        EXPECT_EQ(get("/api/tasks/mine").at("share"), 0.25);
        EXPECT_EQ(get("/api/tasks/mine").at("passes"), 1);
        EXPECT_EQ(answer(http::Method::Delete, "/api/tasks/mine").status, 200);
    }
    EXPECT_TRUE(task.is_over());
    EXPECT_EQ(answer(http::Method::Get, "/api/tasks/mine").status, 404);
}

TEST_F(Api, several_questions_fail_one_by_one) {
    add_two_orders();
    const http::Response response =
        answer(http::Method::Post, "/api/ask", R"({"questions":["flow","flwo"]})");
    const json::value body = json::parse(response.body);
    EXPECT_EQ(body.at("answers").at(0).at("kind"), "flow");
    EXPECT_EQ(body.at("answers").at(1).at("status"), 400);
    EXPECT_EQ(body.at("answers").at(1).at("column"), 1);
}

TEST_F(Api, a_wrong_question_says_the_column) {
    const http::Response response =
        answer(http::Method::Get, "/api/ask?q=flow+where+chanel+%3D+%27web%27");
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_NE(response.body.find("did you mean"), std::string::npos) << response.body;
    for (const char* body : {"", "{", "[]", R"({"question":1})", R"({"questions":[1]})"}) {
        EXPECT_EQ(answer(http::Method::Post, "/api/ask", body).status, 400) << body;
    }
}

TEST_F(Api, rows_come_as_csv_on_request) {
    add_two_orders();
    const http::Response response =
        answer(http::Method::Get, "/api/ask?q=episodes+per+buying&format=csv");
    EXPECT_EQ(response.content_type, "text/csv; charset=utf-8");
    EXPECT_NE(response.body.find("anna@example.com"), std::string::npos) << response.body;
}

TEST_F(Api, a_customer_is_found_with_words_and_promises) {
    add_two_orders();
    const json::value timeline = get("/api/customers/anna%40example.com/timeline");
    ASSERT_EQ(timeline.at("encounters").as_array().size(), 2U);
    const json::value& first = timeline.at("encounters").at(0);
    EXPECT_EQ(first.at("text"), "<script>alert(1)</script>");
    EXPECT_EQ(first.at("promises").at(0).at("outcome"), "kept");
    EXPECT_EQ(get("/api/customers/b%2Fc").at("encounters"), 1);
    EXPECT_EQ(get("/api/customers?search=anna").at("customers").as_array().size(), 1U);
    EXPECT_EQ(get("/api/customers").at("customers").as_array().size(), 2U);
    EXPECT_EQ(answer(http::Method::Get, "/api/customers/nobody").status, 404);
    EXPECT_EQ(answer(http::Method::Get, "/api/customers?limit=x").status, 400);
}

TEST_F(Api, a_misspelt_parameter_is_told_what_there_is) {
    for (const auto& [path, words] : std::vector<std::pair<std::string, std::string>>{
             {"/api/customers?q=zzzz", "there are search, limit"},
             {"/api/customers?serch=anna", "did you mean \\\"search\\\"?"},
             {"/api/customers/anna/timeline?limt=1", "there are limit, offset"},
             {"/api/values?feld=channel", "did you mean \\\"field\\\"?"},
             {"/api/suggest?txt=ch", "did you mean \\\"text\\\"?"},
             {"/api/ask?q=flow&fromat=csv", "did you mean \\\"format\\\"?"},
             {"/api/overview?too=2026-01-01", "did you mean \\\"to\\\"?"},
             {"/api/suggest", "parameter text"}}) {
        const http::Response refused = answer(http::Method::Get, path);
        EXPECT_EQ(refused.status, 400) << path;
        EXPECT_NE(refused.body.find(words), std::string::npos) << refused.body;
    }
    EXPECT_EQ(answer(http::Method::Get, "/api/suggest?text=").status, 200);
}

/// What may be kept nests deeper than Boost.JSON reads unasked: one encounter shut its customer
/// off.
TEST_F(Api, a_customer_is_shown_with_properties_as_deep_as_they_may_be) {
    Encounter deep = at("anna", "o1", 0, "order placed");
    deep.properties = R"({"a":)" + std::string(encounter::properties_depth_max - 1, '[') +
                      std::string(encounter::properties_depth_max - 1, ']') + "}";
    ASSERT_TRUE(encounter::check(deep).empty());
    add({deep});
    const http::Response shown = answer(http::Method::Get, "/api/customers/anna/timeline");
    EXPECT_EQ(shown.status, 200) << shown.body;
    EXPECT_NE(shown.body.find(deep.properties), std::string::npos) << shown.body;
}

TEST_F(Api, a_posted_question_may_not_hold_very_many_values) {
    std::string many = "0";
    for (int i = 0; i < 2000; ++i) {
        many += ",0";
    }
    EXPECT_EQ(answer(http::Method::Post, "/api/ask", R"({"question":"flow"})").status, 200);
    const auto refused =
        answer(http::Method::Post, "/api/ask", R"({"question":"flow","x":[)" + many + "]}");
    EXPECT_EQ(refused.status, 400) << refused.body;
}

TEST_F(Api, values_and_suggestions_know_the_data) {
    add_two_orders();
    EXPECT_EQ(get("/api/values?field=touchpoint").at("values").at(0).at("value"), "order placed");
    const json::value most = get("/api/values?field=touchpoint&limit=1");
    EXPECT_EQ(most.at("values").as_array().size(), 1U);
    EXPECT_EQ(most.at("looked_at"), 1);
    EXPECT_EQ(most.at("distinct"), 2);
    EXPECT_EQ(answer(http::Method::Get, "/api/values?field=nonsense").status, 400);
    EXPECT_FALSE(get("/api/suggest?text=ch&cursor=2").at("suggestions").as_array().empty());
    const std::string after_operator =
        json::serialize(get("/api/suggest?text=thread+%3D+&cursor=9"));
    EXPECT_NE(after_operator.find(R"("o1")"), std::string::npos) << after_operator;
}

TEST_F(Api, a_value_of_the_blueprint_that_the_data_have_too_is_suggested_once) {
    Encounter call = at("cleo", "o3", 2, "call");
    call.channel = "phone";
    add({call});
    const json::value suggested = get("/api/suggest?text=channel+%3D+&cursor=10");
    int times = 0;
    for (const json::value& row : suggested.at("suggestions").as_array()) {
        times += row.at("text") == "phone" || row.at("text") == "'phone'" ? 1 : 0;
    }
    EXPECT_EQ(times, 1);
}

TEST_F(Api, blueprint_and_overview_speak_of_the_same_journeys) {
    add_two_orders();
    EXPECT_EQ(get("/api/blueprint").at("journeys").at(0).at("name"), "buying");
    const json::value overview = get("/api/overview");
    EXPECT_EQ(overview.at("journeys").at(0).at("episodes"), 2);
    EXPECT_EQ(overview.at("promises").at(0).at("kept"), 1);
}

}  // namespace
}  // namespace kokemus::app
