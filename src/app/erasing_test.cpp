#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/backup_list.h"
#include "app/command.h"
#include "app/eraser.h"
#include "app/erasure_json.h"
#include "app/rights_fixture_test.h"
#include "app/secrets.h"
#include "base/file.h"
#include "privacy/erased_digests.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* order = R"({"customers":["anna@x.fi"],"reason":"ticket 17"})";

/// A real server whose timeline is kept on disk from the first encounter on, with somebody in it
/// who is to be erased.
class Erasing : public Rights {
protected:
    Erasing() {
        ::setenv("KOKEMUS_TEST_SNAPSHOT_ENCOUNTERS", "1", 1);
        ::setenv("KOKEMUS_TEST_ERASURES_GATHERED_MS", "1", 1);
    }
    ~Erasing() override {
        ::unsetenv("KOKEMUS_TEST_SNAPSHOT_ENCOUNTERS");
        ::unsetenv("KOKEMUS_TEST_ERASURES_GATHERED_MS");
    }

    void SetUp() override {
        Rights::SetUp();
        ASSERT_TRUE(organisation_->keep_blueprint_text(
            "name = \"Shop\"\n[dimension.city]\nsource = \"traits\"\n", "shop"));
        Encounter said = at("anna@x.fi", 3, "Sales", "Eve");
        said.text = "zanzibar-7, and anna@x.fi is where you reach me";
        ASSERT_TRUE(organisation_->ledger().append(std::vector{said}));
        ASSERT_TRUE(organisation_->ledger().put_customers(std::vector<encounter::Customer>{
            {encounter::CustomerName("anna@x.fi"), {{"city", "zanzibar-7"}}},
            {encounter::CustomerName("bert@x.fi"), {{"city", "Oulu"}}}}));
        ASSERT_TRUE(organisation_->snapshot());
        ASSERT_TRUE(write_file(data() / "refused.csv",
                               "file,line,column,value,reason\na,1,customer,anna@x.fi,is odd\n"));
    }

    json::value said(const std::string& who, const std::string& route,
                     const std::string& body = {}) {
        const Heard heard = ask(who, route, body);
        EXPECT_EQ(heard.status, 200) << route << ": " << heard.body;
        boost::system::error_code fault;
        return json::parse(heard.body, fault);
    }

    /// The receipt, once it is finished.
    json::value finished() {
        for (int i = 0; i < 600; ++i) {
            const json::value all = said("admin", "GET /api/erasures");
            EXPECT_TRUE(all.at("is_whole").as_bool());
            if (!all.at("erasures").at(0).at("finished_at").is_null()) {
                return all.at("erasures").at(0);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        ADD_FAILURE() << "the erasure is never finished";
        return {};
    }

    /// As when the program ends: another may open the folder.
    void leave_organisation() {
        server_->stop();
        sending_.reset();
        health_.reset();
        news_.reset();
        desk_.reset();
        replaying_.reset();
        blueprint_.reset();
        collecting_.reset();
        refused_.reset();
        customers_.reset();
        queue_.reset();
        asker_.reset();
        once_.reset();
        reads_.reset();
        accounts_.reset();
        records_.reset();
        organisation_.reset();
    }

    std::vector<std::string> files_with(std::string_view text) const {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(data())) {
            std::ifstream file(entry.path(), std::ios::binary);
            if (!entry.is_regular_file()) {
                continue;
            }
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            if (bytes.find(text) != std::string::npos) {
                found.push_back(entry.path().filename().string());
            }
        }
        return found;
    }
};

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

TEST_F(Erasing, ReachesTheTextsOfRefusedItems) {
    // Neither has a time, so both are refused and kept for correction.
    const std::string hers =
        R"({"customer":"anna@x.fi","touchpoint":"call","text":"zanzibar-9","page":"/?m=anna%40x.fi"})";
    const std::string his = R"({"customer":"bert@x.fi","touchpoint":"call"})";
    ask("admin", "POST /api/encounters", hers);
    ask("admin", "POST /api/encounters", his);
    EXPECT_EQ(said("admin", "GET /api/refused").at("items").as_array().size(), 2U);
    EXPECT_THAT(files_with("zanzibar-9"), Not(IsEmpty())) << "else this test proves nothing";

    const Eraser eraser(*organisation_);
    said("admin", "POST /api/erasures", order);
    const json::value sealed = finished();
    EXPECT_EQ(sealed.at("elsewhere").at("refused_items"), 1);
    EXPECT_THAT(files_with("zanzibar-9"), IsEmpty());
    EXPECT_THAT(files_with("anna"), IsEmpty());
    EXPECT_EQ(said("admin", "GET /api/refused").at("items").as_array().size(), 1U);

    ask("admin", "POST /api/encounters", hers);
    EXPECT_EQ(said("admin", "GET /api/refused").at("items").as_array().size(), 1U);
    EXPECT_THAT(files_with("zanzibar-9"), IsEmpty());
}

/// Sealed, it could not be found there; a retry would have brought the person back for a day.
TEST_F(Erasing, ReachesAnswersThatAreKeptForAKey) {
    const auto send = [&] {
        return asked(server_->port(),
                     "POST /api/customers/anna%40x.fi/consents",
                     proof_.at("admin") + "Idempotency-Key: k1\r\n",
                     R"({"purpose":"contact","state":"granted","source":"zanzibar-9"})");
    };
    EXPECT_EQ(send().status, 200);
    EXPECT_THAT(send().body, HasSubstr("zanzibar-9")) << "the first answer again";
    said("admin", "POST /api/erasures", order);
    const Heard again = send();
    EXPECT_EQ(again.status, 410) << again.body;
    EXPECT_THAT(again.body, Not(HasSubstr("zanzibar-9")));
    EXPECT_THAT(again.body, Not(HasSubstr("anna")));
    const Eraser eraser(*organisation_);
    EXPECT_EQ(finished().at("elsewhere").at("first_answers"), 0) << "they were gone by then";
    EXPECT_EQ(send().status, 410) << "nor is it carried out a second time";
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

TEST_F(Erasing, WaitsForABackupThatIsBeingMadeAndNamesIt) {
    ASSERT_TRUE(note_begun(data(), "/backups/killed", Instant{}));
    const Eraser eraser(*organisation_);
    {
        const auto held = organisation_->hold_files();
        ASSERT_TRUE(note_begun(data(), "/backups/monday", clock_.now()));
        said("admin", "POST /api/erasures", order);
        EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi").status, 404) << "at once";
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        const json::value all = said("admin", "GET /api/erasures");
        EXPECT_TRUE(all.at("erasures").at(0).at("finished_at").is_null());
        ASSERT_TRUE(note_backup(data(), "/backups/monday", clock_.now()));
    }
    const std::string receipt = json::serialize(finished().at("elsewhere").at("still_held_by"));
    EXPECT_THAT(receipt, HasSubstr("the backup begun at 1970-01-01T00:00:00Z in /backups/killed"));
    EXPECT_THAT(receipt, HasSubstr("in /backups/monday"));
    EXPECT_THAT(receipt, HasSubstr("the backup of "));
    ASSERT_TRUE(forget_begun(data(), "/backups/killed"));
    EXPECT_EQ(backups_made(data())->size(), 1U);
}

/// As after a kill: ordered by one program, finished by another.
TEST_F(Erasing, ReachesRefusedItemsWhenItIsResumed) {
    ask("admin",
        "POST /api/encounters",
        R"({"customer":"anna@x.fi","touchpoint":"call","text":"zanzibar-9"})");
    EXPECT_EQ(said("admin", "GET /api/refused").at("items").as_array().size(), 1U);
    said("admin", "POST /api/erasures", order);
    leave_organisation();
    CommandSettings settings;
    settings.data = data();
    settings.quiet = true;
    EXPECT_THAT(files_with("zanzibar-9"), Not(IsEmpty()));
    EraseCommand another;
    another.customers = {"cookie-of-nobody"};
    another.json = true;
    testing::internal::CaptureStdout();
    const auto done = erase(settings, another);
    const std::string printed = testing::internal::GetCapturedStdout();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(json::parse(printed).at("elsewhere").at("refused_items"), 1);
    EXPECT_THAT(files_with("zanzibar-9"), IsEmpty());
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

TEST_F(Erasing, WhatIsSaidOfAReadmittedPersonCountsAgain) {
    const std::string identify =
        R"({"type":"identify","messageId":"m1","anonymousId":"cookie-99","userId":"anna@x.fi"})";
    said("admin", "POST /v1/batch", R"({"writeKey":"wk","batch":[)" + identify + "]}");
    EXPECT_EQ(said("admin", "GET /api/customers/cookie-99").at("customer"), "anna@x.fi");
    said("admin", "POST /api/erasures", order);
    said("admin", "POST /api/erasures/readmission", R"({"customers":["anna@x.fi","cookie-99"]})");
    said("admin", "POST /v1/batch", R"({"writeKey":"wk","batch":[)" + identify + "]}");
    Encounter again = at("cookie-99", 4, "Sales", "");
    ASSERT_TRUE(organisation_->ledger().append(std::vector{again}));
    EXPECT_EQ(said("admin", "GET /api/customers/cookie-99").at("customer"), "anna@x.fi");
}

TEST_F(Erasing, RefusesWhatComesLaterUntilThePersonIsReadmitted) {
    said("admin", "POST /api/erasures", order);
    const std::string again =
        R"({"id":"9","customer":"anna@x.fi","time":"2026-01-02T03:04:05Z","touchpoint":"call"})";
    const json::value taken = said("admin", "POST /api/encounters", again);
    EXPECT_EQ(taken.at("accepted"), 0);
    EXPECT_EQ(taken.at("erased"), 1);
    EXPECT_EQ(said("admin", "POST /api/erasures/readmission", R"({"customers":["anna@x.fi"]})")
                  .at("readmitted"),
              1);
    EXPECT_EQ(
        ask("admin", "POST /api/erasures/readmission", R"({"customers":["anna@x.fi"]})").status,
        404);
    EXPECT_EQ(said("admin", "POST /api/encounters", again).at("accepted"), 1);
    EXPECT_EQ(said("admin", "GET /api/customers/anna%40x.fi").at("encounters"), 1);
}

TEST_F(Erasing, AndReadmissionsAtTheSameTimeLeaveOneListOfDigests) {
    const std::string file = data() / "erased.json";
    const encounter::CustomerName other("yrja@x.fi");
    for (int i = 0; i < 25; ++i) {
        ASSERT_TRUE(organisation_->erase({{other}, "operator", "", clock_.now()}));
        std::thread erasing([&] {
            const encounter::CustomerName somebody("zoe" + std::to_string(i) + "@x.fi");
            EXPECT_TRUE(organisation_->erase({{somebody}, "operator", "", clock_.now()}));
        });
        EXPECT_TRUE(organisation_->readmit(other));
        erasing.join();
        const ledger::Erasing& known = ledger::erasing_of(organisation_->ledger());
        const auto kept = privacy::read_digests(file);
        ASSERT_TRUE(kept && *kept);
        EXPECT_EQ((*kept)->digests, known.refused_digests()) << "round " << i;
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

TEST_F(Erasing, IsResumedByTheNextStart) {
    said("admin", "POST /api/erasures", order);
    EXPECT_THAT(files_with("zanzibar-7"), Not(IsEmpty()));
    server_->stop();
    queue_->end();
    customers_->end();
    const ledger::TestFolder other;
    std::filesystem::copy(data(), other.path() / "data", std::filesystem::copy_options::recursive);
    const auto organisation = std::move(
        *Organisation::open(other.path() / "data", std::nullopt, Organisation::Open::Existing));
    EXPECT_TRUE(organisation->has_open_erasures());
    ASSERT_TRUE(organisation->snapshot());
    EXPECT_FALSE((*organisation->snapshot())->engine == nullptr);
    ASSERT_TRUE(organisation->finish_erasures({}));
    EXPECT_FALSE(organisation->has_open_erasures());
}

TEST_F(Erasing, HoldsAfterAnOlderBackupIsRestored) {
    std::filesystem::copy(data(), area_.path() / "old", std::filesystem::copy_options::recursive);
    said("admin", "POST /api/erasures", order);
    server_->stop();
    queue_->end();
    customers_->end();
    // What a restore does: the ledger of before, beside the list of who was erased since.
    std::filesystem::copy_file(data() / "erased.json", area_.path() / "old" / "erased.json");
    auto organisation =
        Organisation::open(area_.path() / "old", std::nullopt, Organisation::Open::Existing);
    ASSERT_TRUE(organisation) << organisation.error().message;
    EXPECT_EQ((*organisation)->ledger().totals()->encounters, 1U);
    EXPECT_TRUE((*organisation)->has_open_erasures());
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
