#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/exporting.h"
#include "app/rights_fixture_test.h"
#include "base/file.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

/// A real server, and customers who say what they allow.
class Consents : public Rights {
protected:
    json::value set(const std::string& purpose, const std::string& state) {
        return said(
            "admin",
            "POST " + anna,
            fmt::format(R"({{"purpose":"{}","state":"{}","wording":"2026-03"}})", purpose, state));
    }

    std::int64_t customers_asked_about(const std::string& question) {
        return said("admin", "GET /api/ask?q=" + question)
            .at("population")
            .at("customers")
            .to_number<std::int64_t>();
    }

    /// From now on questions need the consent to be analysed.
    void make_analysis_need_consent() {
        ASSERT_EQ(asked(server_->port(),
                        "POST /api/blueprint",
                        proof_.at("admin") + "If-Match: \"1\"\r\n",
                        json::serialize(json::object{
                            {"toml",
                             "name = \"Shop\"\n[dimension.may_analyse]\nsource = \"traits\"\n"
                             "key = \"consent.analysis\"\n"},
                            {"reason", "consents"}}))
                      .status,
                  200);
        ASSERT_TRUE(organisation_->wait_until_in_force(Milliseconds(20'000)));
    }

    /// As a tag or a backend sends it, over the socket.
    void send(const std::string& call, const std::string& members) {
        const Heard heard = ask(
            "nobody",
            "POST /v1/" + call,
            fmt::format(R"({{"writeKey":"wk","timestamp":"2024-10-05T12:00:00Z",{}}})", members));
        ASSERT_EQ(heard.status, 200) << heard.body;
        ASSERT_TRUE(organisation_->refresh());
    }

    /// As the customer's own page says it.
    std::string state_of(const std::string& customer) {
        const json::value consents =
            said("admin", "GET /api/customers/" + customer + "/consents").at("consents");
        return consents.as_array().empty() ? "none"
                                           : std::string(consents.at(0).at("state").as_string());
    }

    const std::string anna = "/api/customers/anna%40x.fi/consents";
};

TEST_F(Consents, AreRespectedHoweverTheyAreSpelled) {
    make_analysis_need_consent();
    for (const char* traits : {R"({"consent.analysis":false})",
                               R"({"consent.analysis":"no"})",
                               R"({"consent.analysis":"Refused"})",
                               R"({"consents":{"analysis":false}})"}) {
        send("identify", R"("userId":"u1","traits":{"consents":{"analysis":true}})");
        send("track", R"("userId":"u1","event":"Seen","messageId":"m1")");
        EXPECT_EQ(customers_asked_about("episodes"), 3) << traits;
        send("identify", fmt::format(R"("userId":"u1","traits":{})", traits));
        EXPECT_EQ(state_of("u1"), "refused") << traits;
        EXPECT_EQ(customers_asked_about("episodes"), 2) << traits;
    }
    for (const char* traits :
         {R"({"consent.analysis":null})", R"({"consents":{"analysis":null}})"}) {
        send("identify", R"("userId":"u1","traits":{"consents":{"analysis":true}})");
        EXPECT_EQ(customers_asked_about("episodes"), 3) << traits;
        send("identify", fmt::format(R"("userId":"u1","traits":{})", traits));
        EXPECT_EQ(state_of("u1"), "withdrawn") << traits;
        EXPECT_EQ(customers_asked_about("episodes"), 2) << traits;
    }
}

/// Agreed to when signed in, refused in the banner later, and the other way round.
TEST_F(Consents, OfAllNamesTheNewestWordHoldsInQuestionsToo) {
    make_analysis_need_consent();
    send("identify",
         R"("userId":"v1","anonymousId":"ck1","traits":{"consents":{"analysis":true}})");
    send("track", R"("userId":"v1","anonymousId":"ck1","event":"Seen","messageId":"m1")");
    EXPECT_EQ(customers_asked_about("episodes"), 3);
    const auto banner = [&](bool answer) {
        send("track",
             fmt::format(R"("anonymousId":"ck1","event":"Seen","messageId":"m{}",)"
                         R"("context":{{"consent":{{"categoryPreferences":{{"analysis":{}}}}}}})",
                         answer,
                         answer));
    };
    banner(false);
    EXPECT_EQ(state_of("v1"), "refused");
    EXPECT_EQ(customers_asked_about("episodes"), 2);
    EXPECT_THAT(
        said("admin", "GET /api/suggest?text=touchpoint%20=%20%27Se").at("suggestions").as_array(),
        testing::IsEmpty())
        << "nor are values of theirs offered";
    send("identify", R"("userId":"v1","traits":{"consents":{"analysis":true}})");
    EXPECT_EQ(customers_asked_about("episodes"), 2) << "what the name says already is no new word";
    banner(true);
    EXPECT_EQ(state_of("v1"), "granted");
    EXPECT_EQ(customers_asked_about("episodes"), 3);
    banner(false);
    server_->stop();
    ExportCommand wanted;
    wanted.file = area_.path() / "out.jsonl";
    wanted.purpose = "analysis";
    ASSERT_TRUE(export_for(*organisation_, wanted));
    EXPECT_THAT(read_file(wanted.file, 1U << 20U).value(), Not(HasSubstr("v1")));
}

TEST_F(Consents, AreSetShownAndWithdrawnWithTheirHistory) {
    EXPECT_TRUE(said("admin", "GET " + anna).at("consents").as_array().empty());
    set("contact", "granted");
    const json::value now = set("contact", "withdrawn");
    ASSERT_EQ(now.at("consents").as_array().size(), 1U);
    const json::value& one = now.at("consents").at(0);
    EXPECT_EQ(one.at("purpose"), "contact");
    EXPECT_EQ(one.at("state"), "withdrawn");
    EXPECT_EQ(one.at("wording"), "2026-03");
    EXPECT_NE(one.at("source"), "");
    EXPECT_TRUE(one.at("at").is_string());
    EXPECT_EQ(now.at("history").as_array().size(), 2U);
    EXPECT_EQ(now.at("history").at(1).at("state"), "granted");
    EXPECT_EQ(said("admin", "GET /api/customers/anna%40x.fi").at("consents"), now.at("consents"));
    EXPECT_EQ(said("agent", "GET " + anna).at("consents"), now.at("consents")) << "whom she served";
    EXPECT_EQ(ask("viewer", "GET " + anna).status, 403);
    EXPECT_EQ(ask("agent", "POST " + anna, "{}").status, 403);
    const auto noted =
        said("admin", "GET /api/audit?action=customer.consent&customer=anna%40x.fi").at("entries");
    ASSERT_EQ(noted.as_array().size(), 2U);
    EXPECT_EQ(noted.at(0).at("note"), "contact=withdrawn");
}

TEST_F(Consents, SayWhatIsWrong) {
    for (const char* wrong : {"{}",
                              R"({"purpose":"a b","state":"granted"})",
                              R"({"purpose":"contact","state":"perhaps"})",
                              R"({"purpose":"contact"})",
                              R"({"purpose":"contact","state":"granted","when":"now"})"}) {
        EXPECT_EQ(ask("admin", "POST " + anna, wrong).status, 400) << wrong;
    }
    EXPECT_EQ(ask("admin",
                  "POST /api/customers/nobody/consents",
                  R"({"purpose":"contact","state":"granted"})")
                  .status,
              404);
}

TEST_F(Consents, WhoRefusesAnalysisIsInNoQuestionWhereTheBlueprintSaysSo) {
    set("analysis", "refused");
    EXPECT_EQ(customers_asked_about("flow"), 2) << "no dimension says that questions need it";
    make_analysis_need_consent();
    EXPECT_EQ(customers_asked_about("flow"), 1);
    EXPECT_EQ(customers_asked_about("episodes"), 1);
    const json::value overview = said("admin", "GET /api/overview");
    EXPECT_EQ(overview.at("population").at("customers"), 1);
    const json::value answer = said("admin", "GET /api/ask?q=flow");
    EXPECT_THAT(std::string(answer.at("question").as_string()), HasSubstr("may_analyse"));
    // Asked as an answer says it, it is the same question.
    EXPECT_EQ(said("admin",
                   "POST /api/ask",
                   json::serialize(json::object{{"question", answer.at("question")}}))
                  .at("question"),
              answer.at("question"));
    set("analysis", "granted");
    EXPECT_EQ(customers_asked_about("flow"), 2) << "at once";
    EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi/timeline").status, 200);
}

TEST_F(Consents, WhoRefusesAPurposeIsInNoExportForIt) {
    set("contact", "refused");
    server_->stop();
    for (const bool customers : {true, false}) {
        ExportCommand wanted;
        wanted.file = area_.path() / "out.jsonl";
        wanted.customers = customers;
        wanted.purpose = "contact";
        const auto purpose_export = export_for(*organisation_, wanted);
        ASSERT_TRUE(purpose_export) << purpose_export.error().message;
        const std::string written = read_file(wanted.file, 1U << 20U).value();
        EXPECT_THAT(written, Not(HasSubstr("anna")));
        if (!customers) {
            EXPECT_THAT(written, HasSubstr("bert"));
        }
        wanted.purpose = "analysis";
        ASSERT_TRUE(export_for(*organisation_, wanted));
        EXPECT_THAT(read_file(wanted.file, 1U << 20U).value(), HasSubstr("anna"));
    }
}

TEST_F(Consents, GoWithAnErasure) {
    set("contact", "granted");
    said("admin", "POST /api/erasures", R"({"customers":["anna@x.fi"]})");
    EXPECT_EQ(ask("admin", "GET " + anna).status, 404);
    ASSERT_TRUE(organisation_->finish_erasures({}));
    const auto found =
        organisation_->ledger().trait_changes(std::vector{encounter::CustomerName("anna@x.fi")});
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->empty());
}

}  // namespace
}  // namespace kokemus::app
