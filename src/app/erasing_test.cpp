#include "app/backup_list.h"
#include "app/command.h"
#include "app/eraser.h"
#include "app/erasing_fixture_test.h"
#include "app/erasure_json.h"
#include "app/secrets.h"
#include "privacy/erased_digests.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(Erasing, ChangesEveryAnswerAtOnceAndLeavesNoByte) {
    EXPECT_THAT(files_with("anna@x.fi"), Not(IsEmpty())) << "else this test proves nothing";
    const std::string by_city = "GET /api/values?field=city";
    EXPECT_THAT(ask("admin", by_city).body, HasSubstr("zanzibar-7"));
    EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi").status, 200);
    const Eraser eraser(*organisation_);

    const json::value receipt = said("admin", "POST /api/erasures", order);
    EXPECT_EQ(receipt.at("encounters"), 3);
    EXPECT_TRUE(receipt.at("finished_at").is_null());
    EXPECT_THAT(json::serialize(receipt), Not(HasSubstr("anna")));
    EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi").status, 404);
    EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi/copy").status, 404);
    EXPECT_THAT(ask("admin", by_city).body, Not(HasSubstr("zanzibar")));
    EXPECT_THAT(ask("admin", "GET /api/customers").body, Not(HasSubstr("anna")));
    EXPECT_THAT(ask("admin", "GET /api/customers?search=zanzibar").body, Not(HasSubstr("anna")));
    EXPECT_EQ(said("admin", "GET /api/freshness").at("encounters"), 1);

    const json::value sealed = finished();
    EXPECT_THAT(files_with("anna@x.fi"), IsEmpty());
    EXPECT_THAT(files_with("zanzibar-7"), IsEmpty());
    EXPECT_EQ(sealed.at("elsewhere").at("refused_rows"), 1);
    EXPECT_EQ(sealed.at("ordered_by").as_string().find("admin"), std::string::npos) << "an id";
    const json::value searched =
        said("admin", "POST /api/erasures/search", R"({"texts":["anna@x.fi","zanzibar-7"]})");
    EXPECT_TRUE(searched.at("found").as_array().empty()) << json::serialize(searched);
    EXPECT_GT(searched.at("files").to_number<int>(), 3);
    EXPECT_FALSE(said("admin", "POST /api/erasures/search", R"({"texts":["bert@x.fi"]})")
                     .at("found")
                     .as_array()
                     .empty());
}

/// Until it is finished the snapshot on disk is of before, and the ledger's news do not show it.
TEST_F(Erasing, NobodyComesBackWhenTheBlueprintChangesBeforeItIsFinished) {
    const auto until_written = [&] {
        for (int i = 0; i < 600 && files_with("zanzibar-7").size() < 2; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return std::filesystem::exists(data() / "timeline" / "head.columns");
    };
    ASSERT_TRUE(until_written()) << "without a snapshot on disk this test proves nothing";
    ASSERT_TRUE(organisation_->ledger().append(std::vector{at("carl@x.fi", 5, "Sales", "Eve")}));
    said("admin", "POST /api/erasures", order);
    ASSERT_TRUE(organisation_->keep_blueprint_text(
        "name = \"Another shop\"\n[dimension.city]\nsource = \"traits\"\n", "shop"));
    ASSERT_TRUE(organisation_->ledger().append(std::vector{at("carl@x.fi", 6, "Sales", "Eve")}));
    EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi").status, 404);
    EXPECT_THAT(ask("admin", "GET /api/values?field=city").body, Not(HasSubstr("zanzibar")));
    EXPECT_EQ(said("admin", "GET /api/freshness").at("encounters"), 3);
    {
        const Eraser eraser(*organisation_);
        finished();
    }
    EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi").status, 404);
    EXPECT_THAT(files_with("zanzibar-7"), IsEmpty());
}

TEST_F(Erasing, TakesEveryNameOfThePersonByAnyOfThem) {
    const auto said_of_them = [&](encounter::Evidence evidence,
                                  const char* name,
                                  const char* other) {
        const std::vector<encounter::Assertion> words = {
            {encounter::CustomerName(name), encounter::CustomerName(other), evidence, {}, {}, {}}};
        ASSERT_TRUE(
            organisation_->ledger().tell({.customers = {}, .assertions = words, .source = "x"}));
    };
    Encounter words = at("cookie-99", 4, "Sales", "");
    words.text = "zanzibar-8";
    ASSERT_TRUE(organisation_->ledger().append(std::vector{words}));
    said_of_them(encounter::Evidence::SameMessage, "cookie-99", "anna@x.fi");
    said_of_them(encounter::Evidence::Member, "anna@x.fi", "acme-99");
    said_of_them(encounter::Evidence::SameMessage, "cookie-of-bert", "bert@x.fi");
    const std::string copy = ask("admin", "GET /api/customers/cookie-99/copy").body;
    for (const char* held : {"zanzibar-7", "zanzibar-8", "same_message", "acme-99", "anna@x.fi"}) {
        EXPECT_THAT(copy, HasSubstr(held));
    }
    EXPECT_THAT(ask("admin", "GET /api/joins").body, HasSubstr("cookie-99"));
    EXPECT_EQ(said("admin", "GET /api/accounts/acme-99").at("people").as_array().size(), 1U);
    EXPECT_THAT(files_with("cookie-99"), Not(IsEmpty())) << "else this test proves nothing";
    const Eraser eraser(*organisation_);

    const json::value receipt =
        said("admin", "POST /api/erasures", R"({"customers":["cookie-99"],"reason":"17"})");
    EXPECT_EQ(receipt.at("encounters"), 4);
    EXPECT_EQ(ask("admin", "GET /api/customers/cookie-99").status, 404);
    EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi").status, 404);
    EXPECT_EQ(ask("admin", "GET /api/accounts/acme-99").status, 404);
    const std::string joins = ask("admin", "GET /api/joins").body;
    EXPECT_THAT(joins, Not(HasSubstr("cookie-99")));
    EXPECT_THAT(joins, HasSubstr("cookie-of-bert"));
    finished();
    for (const char* gone : {"anna@x.fi", "cookie-99", "zanzibar", "acme-99"}) {
        EXPECT_THAT(files_with(gone), IsEmpty()) << gone;
    }
    EXPECT_EQ(said("admin", "GET /api/customers/cookie-of-bert").at("customer"), "bert@x.fi");
}

TEST_F(Erasing, IsInTheAuditLogEachTime) {
    for (int i = 0; i < 2; ++i) {
        said("admin", "POST /api/erasures", order);
        said("admin", "POST /api/erasures/readmission", R"({"customers":["anna@x.fi"]})");
    }
    for (const char* action : {"customer.erase", "customer.readmit"}) {
        const json::value noted =
            said("admin", fmt::format("GET /api/audit?action={}&customer=anna%40x.fi", action));
        EXPECT_EQ(noted.at("entries").as_array().size(), 2U) << action;
    }
}

TEST_F(Erasing, SearchesNoSecrets) {
    ASSERT_TRUE(write_file(data() / "kokemus.toml", "write_key = \"hunter22\"\n"));
    std::filesystem::create_directories(data() / "deep");
    ASSERT_TRUE(write_file(data() / "deep" / "other.key", "hunter22"));
    ASSERT_TRUE(write_file(data() / "deep" / "other.toml", "hunter22"));
    CommandSettings settings;
    settings.data = data();
    settings.configuration = data() / "deep" / "other.toml";
    Configuration configuration;
    configuration.seal_key = data() / "deep" / ".." / "deep" / "other.key";
    const std::vector<std::string> texts{"hunter22"};
    const auto found =
        search_json(*organisation_, texts, files_of_secrets(settings, configuration));
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_THAT(*found, HasSubstr(R"("found":[])"));
    EXPECT_THAT(*search_json(*organisation_, texts, {}), HasSubstr("kokemus.toml"));
    const json::value searched =
        said("admin", "POST /api/erasures/search", R"({"texts":["write_key"]})");
    EXPECT_TRUE(searched.at("found").as_array().empty()) << json::serialize(searched);
}

TEST_F(Erasing, SaysWhatIsWrongWithAnOrder) {
    for (const char* wrong : {"",
                              "[]",
                              "{}",
                              R"({"customers":[]})",
                              R"({"customers":[""]})",
                              R"({"customers":"anna"})",
                              R"({"customers":["a"],"reason":1})"}) {
        const Heard heard = ask("admin", "POST /api/erasures", wrong);
        EXPECT_EQ(heard.status, 400) << wrong << heard.body;
    }
    EXPECT_EQ(ask("admin", "POST /api/erasures/search", R"({"texts":["ab"]})").status, 400);
    EXPECT_EQ(said("admin", "GET /api/freshness").at("encounters"), 4);
}

TEST_F(Erasing, RulesOfRetentionChangeAnswersAndLeaveNoByte) {
    const std::string by_touchpoint = "GET /api/values?field=touchpoint";
    EXPECT_THAT(ask("admin", by_touchpoint).body, HasSubstr("call"));
    // All that the fixture has is decades old; this is of today.
    Encounter today = at("bert@x.fi", 0, "Billing", "");
    today.id = encounter::EncounterId("today");
    today.touchpoint = "visit";
    today.time = SystemClock().now();
    today.text = "kept-words";
    ASSERT_TRUE(organisation_->ledger().append(std::vector{today}));
    RetentionDays days;
    days.encounters = 30;
    days.traits = 30;
    days.refused = 1;
    std::filesystem::last_write_time(
        data() / "refused.csv",
        std::filesystem::file_time_type::clock::now() - std::chrono::hours(48));
    const json::value told =
        json::parse(retention_json(days, *organisation_, clock_.now()).value());
    EXPECT_EQ(told.at("too_old").at("encounters"), 4);
    EXPECT_EQ(told.at("too_old").at("traits"), 1);
    EXPECT_EQ(told.at("too_old").at("refused_lists"), 1);
    const Status kept = organisation_->keep_retention(days, clock_.now(), {});
    ASSERT_TRUE(kept) << kept.error().message;
    const std::string body = ask("admin", by_touchpoint).body;
    EXPECT_THAT(body, Not(HasSubstr("call")));
    EXPECT_THAT(body, HasSubstr("visit"));
    EXPECT_EQ(said("admin", "GET /api/freshness").at("encounters"), 1);
    EXPECT_THAT(files_with("zanzibar-7"), IsEmpty());
    EXPECT_FALSE(std::filesystem::exists(data() / "refused.csv"));
    EXPECT_EQ(said("admin", "GET /api/customers/bert%40x.fi").at("traits").at("city"), "Oulu");
    EXPECT_EQ(said("admin", "GET /api/retention").at("too_old").at("encounters"), 0);
    ASSERT_TRUE(organisation_->keep_retention(days, clock_.now(), {})) << "nothing to be done";
}

TEST_F(Erasing, ACopyHoldsWhatIsKeptAndIsNoted) {
    const Heard copy = ask("admin", "GET /api/customers/anna%40x.fi/copy");
    EXPECT_EQ(copy.status, 200);
    EXPECT_EQ(json::parse(copy.body).at("encounters").as_array().size(), 3U);
    const Heard page = ask("admin", "GET /api/customers/anna%40x.fi/copy?form=html");
    EXPECT_THAT(page.body, HasSubstr("zanzibar-7"));
    EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi/copy?form=pdf").status, 400);
    said("admin", "POST /api/erasures", order);
    reads_.reset();  // writes what it gathered
    for (const char* action : {"customer.copy", "customer.erase"}) {
        account::AuditSought sought;
        sought.action = action;
        const auto noted = accounts_->audit(sought, 10);
        ASSERT_TRUE(noted);
        ASSERT_FALSE(noted->empty()) << action;
        EXPECT_EQ(noted->front().subject, accounts_->audit_names_of_customer("anna@x.fi").front());
    }
}

}  // namespace
}  // namespace kokemus::app
