#include <algorithm>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"
#include "encounter/deep_properties.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// Over a real server: what the doors refuse, seen, corrected and sent again.
class RefusedApi : public Rights {
protected:
    json::value get(const std::string& target, const std::string& who = "admin") {
        const Heard heard = ask(who, "GET /api/refused" + target);
        EXPECT_EQ(heard.status, 200) << heard.body;
        return json::parse(heard.body);
    }

    json::value post(const std::string& target, const std::string& body, int status = 200) {
        const Heard heard = ask("admin", "POST /api/refused" + target, body);
        EXPECT_EQ(heard.status, status) << heard.body;
        return json::parse(heard.body);
    }

    /// The one open item there is.
    json::value the_item() {
        const json::value list = get("?state=open");
        EXPECT_EQ(list.at("items").as_array().size(), 1U) << list;
        return list.at("items").at(0);
    }

    static std::string id_of(const json::value& item) {
        return std::string(item.at("id").as_string());
    }

    std::uint64_t kept() { return organisation_->ledger().totals()->encounters; }

    void send(const std::string& body) { ask("admin", "POST /api/encounters", body); }

    void call(const std::string& body) {
        asked(server_->port(), "POST /v1/track", "Authorization: Basic d2s6\r\n", body);
    }

    const std::uint64_t before_ = 3;
};

constexpr const char* without_event =
    R"({"userId":"carl","messageId":"m1","timestamp":"2026-01-02T03:04:05Z"})";

TEST_F(RefusedApi, WhatADoorRefusesIsListedWithItsReason) {
    EXPECT_TRUE(get("").at("items").as_array().empty());
    call(without_event);
    send(R"([{"customer":"dora","time":1767323045,"touchpoint":"call"},{"customer":"x"},7])");
    send("[1,");
    const json::value list = get("");
    ASSERT_EQ(list.at("items").as_array().size(), 4U) << list;
    EXPECT_EQ(list.at("not_kept"), 0);
    EXPECT_EQ(list.at("next"), nullptr);
    EXPECT_EQ(get("?door=segment").at("items").at(0).at("code"), "missing_event");
    EXPECT_EQ(get("?door=segment").at("items").at(0).at("source"), "write-key");
    EXPECT_EQ(get("?code=not_json").at("items").as_array().size(), 1U);
    EXPECT_EQ(get("?code=invalid_encounter").at("items").as_array().size(), 2U);
    const json::value part = get("?limit=3");
    EXPECT_EQ(part.at("items").as_array().size(), 3U);
    const std::string after(part.at("next").as_string());
    EXPECT_EQ(get("?limit=3&after=" + after).at("items").as_array().size(), 1U);
    EXPECT_EQ(ask("admin", "GET /api/refused?door=window").status, 400);
}

/// Without times of their own, the place in the batch alone says what came first.
TEST_F(RefusedApi, ACorrectedItemStandsWhereItStoodInItsBatch) {
    const Heard sent = asked(
        server_->port(),
        "POST /v1/batch",
        "Authorization: Basic d2s6\r\n",
        R"({"batch":[{"type":"track","userId":"eve","event":"S0"},{"type":"track","userId":"eve","event":"S1"},
            {"type":"track","userId":"eve"},{"type":"track","userId":"eve","event":"S3"}]})");
    ASSERT_EQ(sent.status, 200);
    const json::value corrected = json::object{
        {"text", R"({"type":"track","userId":"eve","event":"S2"})"}, {"dry_run", false}};
    EXPECT_EQ(
        post("/" + id_of(the_item()) + "/correction", json::serialize(corrected)).at("outcome"),
        "accepted");
    std::vector<std::pair<std::uint64_t, std::string>> course;
    for (const ledger::Entry& entry :
         organisation_->ledger().read_customer(encounter::CustomerName("eve")).value()) {
        course.emplace_back(entry.encounter.sequence, entry.encounter.touchpoint);
    }
    std::ranges::sort(course);
    EXPECT_THAT(course,
                testing::ElementsAre(testing::Pair(0, "S0"),
                                     testing::Pair(1, "S1"),
                                     testing::Pair(2, "S2"),
                                     testing::Pair(3, "S3")));
}

TEST_F(RefusedApi, ACorrectionIsRehearsedThenKeptOnce) {
    call(without_event);
    const std::string id = id_of(the_item());
    const json::value seen = get("/" + id);
    EXPECT_THAT(std::string(seen.at("text").as_string()), HasSubstr("\"userId\":\"carl\""));
    const std::string text =
        R"({"type":"track","event":"Order Completed","userId":"carl","messageId":"m1","timestamp":"2026-01-02T03:04:05Z"})";
    const auto body = [&](const std::string& corrected, const std::string& more) {
        return R"({"text":)" + json::serialize(json::value(corrected)) + more + "}";
    };
    const json::value wrong = post("/" + id + "/correction", body(R"({"type":"track"})", ""));
    EXPECT_EQ(wrong.at("outcome"), "refused");
    EXPECT_EQ(wrong.at("refused").at(0).at("code"), "no_user_anon_id");
    const json::value rehearsed = post("/" + id + "/correction", body(text, ""));
    EXPECT_EQ(rehearsed.at("dry_run"), true);
    EXPECT_EQ(rehearsed.at("outcome"), "would be taken");
    EXPECT_EQ(rehearsed.at("encounters").at(0).at("touchpoint"), "order placed");
    EXPECT_EQ(kept(), before_);
    const json::value done = post("/" + id + "/correction", body(text, R"(,"dry_run":false)"));
    EXPECT_EQ(done.at("outcome"), "accepted");
    EXPECT_EQ(kept(), before_ + 1);
    const json::value after = get("/" + id);
    EXPECT_EQ(after.at("state"), "replayed");
    EXPECT_EQ(after.at("text"), nullptr) << "what is decided keeps no personal data";
    EXPECT_EQ(post("/" + id + "/correction", body(text, ""), 409).at("code"), "conflict");
    EXPECT_EQ(post("/none/correction", body(text, ""), 404).at("code"), "not_found");
    call(without_event);
    EXPECT_EQ(id_of(the_item()), id) << "the same again is open again";
    EXPECT_EQ(the_item().at("times"), 2);
    EXPECT_EQ(post("/" + id + "/correction", body(text, R"(,"dry_run":false)")).at("outcome"),
              "duplicate");
    EXPECT_EQ(kept(), before_ + 1);
}

TEST_F(RefusedApi, ACorrectionOfWhichAPartIsRefusedKeepsNothing) {
    send("[7]");
    const std::string id = id_of(the_item());
    const std::string good =
        R"({"id":"g","customer":"dora","time":1767323045,"touchpoint":"call"})";
    const std::string half = "[" + good + R"(,{"customer":"dora"}])";
    const auto body = [](const std::string& text) {
        return json::serialize(json::object{{"text", text}, {"dry_run", false}});
    };
    const json::value refused = post("/" + id + "/correction", body(half));
    EXPECT_EQ(refused.at("outcome"), "refused");
    EXPECT_EQ(refused.at("done"), false);
    EXPECT_EQ(kept(), before_) << "what is not taken is not in a timeline";
    EXPECT_EQ(post("/" + id + "/correction", body(good)).at("outcome"), "accepted");
    EXPECT_EQ(kept(), before_ + 1);
}

/// An item that was decided has lost by whom it was sent, and comes again with it.
TEST_F(RefusedApi, WhatComesAgainIsLeftOutByTheSameRule) {
    ASSERT_TRUE(organisation_->keep_blueprint_text(
        "name = \"Shop\"\n[exclude.bots]\nuser_agents = [\"mybot\"]\n", "shop"));
    const auto fault = [&] {
        asked(server_->port(),
              "POST /api/encounters",
              proof_.at("admin") + "User-Agent: MyBot/1\r\n",
              R"([{"customer":"m","touchpoint":"call","time":"never"}])");
    };
    const auto outcome = [&] {
        return std::string(
            post("/" + id_of(the_item()) + "/correction",
                 R"({"text":"{\"customer\":\"m\",\"touchpoint\":\"call\",\"time\":1767323045}"})")
                .at("outcome")
                .as_string());
    };
    fault();
    EXPECT_EQ(outcome(), "left out by bots");
    EXPECT_EQ(ask("admin", "DELETE /api/refused/" + id_of(the_item())).status, 200);
    fault();
    EXPECT_EQ(outcome(), "left out by bots");
}

TEST_F(RefusedApi, WhenTheRuleWasMendedAllAreSentAgain) {
    ASSERT_TRUE(organisation_->keep_blueprint_text(
        "name = \"Shop\"\n[event.\"sold\"]\nscore = \"/properties/what\"\n", "shop"));
    for (const char* message : {"a", "b"}) {
        call(R"({"userId":"u","event":"sold","properties":{"what":"good"},"messageId":")" +
             std::string(message) + R"("})");
    }
    call(R"({"userId":"u"})");
    EXPECT_EQ(get("?code=invalid_event").at("items").as_array().size(), 2U);
    EXPECT_EQ(post("/replay", R"({"code":"invalid_event"})").at("refused"), 2);
    ASSERT_TRUE(organisation_->keep_blueprint_text("name = \"Shop\"", "shop"));
    const json::value tried = post("/replay", R"({"code":"invalid_event","dry_run":true})");
    EXPECT_EQ(tried.at("done"), 2);
    EXPECT_EQ(kept(), before_);
    const json::value done = post("/replay", R"({"door":"segment"})");
    EXPECT_EQ(done.at("looked_at"), 3);
    EXPECT_EQ(done.at("done"), 2);
    EXPECT_EQ(done.at("refused"), 1);
    EXPECT_EQ(done.at("after"), nullptr);
    EXPECT_EQ(kept(), before_ + 2);
    EXPECT_EQ(post("/" + id_of(the_item()) + "/replay", "{}").at("outcome"), "refused");
}

TEST_F(RefusedApi, AReplayReadsAsIfItWereThen) {
    call(R"({"userId":"u","event":"sold","messageId":")" + std::string(150, 'm') + R"("})");
    const json::value item = the_item();
    const json::value made =
        post("/" + id_of(item) + "/correction",
             R"({"text":"{\"type\":\"track\",\"userId\":\"u\",\"event\":\"sold\"}"})");
    EXPECT_EQ(made.at("encounters").at(0).at("time"), item.at("first"));
}

TEST_F(RefusedApi, WhatIsAsDeepAsADoorTakesIsShownWhereItIsKept) {
    send("[7]");
    const std::string text =
        R"({"id":"deep","customer":"dora","time":"2026-01-02T03:04:05Z","touchpoint":"call",)"
        R"("properties":)" +
        encounter::deepest_properties() + "}";
    const std::string body = json::serialize(json::object{{"text", text}, {"dry_run", false}});
    const Heard tried =
        ask("admin", "POST /api/refused/" + id_of(the_item()) + "/correction", body);
    EXPECT_EQ(tried.status, 200) << tried.body;
    EXPECT_THAT(tried.body, HasSubstr(R"("outcome":"accepted")"));
    EXPECT_THAT(tried.body, HasSubstr(R"("plan":"gold")"));
    const Heard timeline = ask("admin", "GET /api/customers/dora/timeline");
    EXPECT_EQ(timeline.status, 200) << timeline.body;
    EXPECT_THAT(timeline.body, HasSubstr(R"("plan":"gold")"));
    EXPECT_EQ(ask("admin", "GET /api/customers/dora/copy").status, 200);
}

TEST_F(RefusedApi, AConflictStaysOpen) {
    send(R"({"id":"m1","customer":"carl","time":1767323045,"touchpoint":"call"})");
    send(R"({"id":"m1","customer":"carl","time":1767323045})");
    const std::string id = id_of(the_item());
    const json::value said = post(
        "/" + id + "/correction",
        R"({"dry_run":false,"text":"{\"id\":\"m1\",\"customer\":\"carl\",\"time\":1767323045,\"touchpoint\":\"mail\"}"})");
    EXPECT_EQ(said.at("outcome"), "conflict");
    EXPECT_EQ(the_item().at("code"), "conflict");
}

TEST_F(RefusedApi, ItemsAreDroppedAndEverythingIsInTheAuditLog) {
    call(without_event);
    call(R"({"userId":"u"})");
    const std::string id = id_of(get("").at("items").at(0));
    EXPECT_EQ(ask("admin", "DELETE /api/refused/" + id).status, 200);
    EXPECT_EQ(ask("admin", "DELETE /api/refused/" + id).status, 409);
    EXPECT_EQ(post("/drop", R"({"door":"segment"})").at("dropped"), 1);
    EXPECT_TRUE(get("?state=open").at("items").as_array().empty());
    const std::string log = ask("admin", "GET /api/audit?limit=10").body;
    EXPECT_THAT(log, HasSubstr("refused.drop"));
    EXPECT_THAT(log, HasSubstr(id));
    EXPECT_THAT(log, HasSubstr("door=segment code=any"));
}

TEST_F(RefusedApi, WithoutTheRightToPersonalDataThereAreNoTextsAndNoCorrections) {
    call(without_event);
    const std::string id = id_of(the_item());
    proof_["corrector"] = with_key(key(admin_.user.id, {Right::CorrectRefused}));
    EXPECT_EQ(get("", "corrector").at("items").at(0).at("reason"), nullptr);
    EXPECT_EQ(get("/" + id, "corrector").at("text"), nullptr);
    EXPECT_EQ(
        ask("corrector", "POST /api/refused/" + id + "/correction", R"({"text":"{}"})").status,
        403);
    const Heard replayed = ask("corrector", "POST /api/refused/" + id + "/replay", "{}");
    EXPECT_EQ(replayed.status, 200);
    EXPECT_EQ(json::parse(replayed.body).at("refused").at(0).at("reason"), nullptr);
}

}  // namespace
}  // namespace kokemus::app
