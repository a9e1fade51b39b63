#include "app/backup_list.h"
#include "app/command.h"
#include "app/eraser.h"
#include "app/erasing_fixture_test.h"
#include "app/erasure_json.h"
#include "app/secrets.h"
#include "privacy/erased_digests.h"

/// Who was erased and comes back, by their own will or out of a backup.
namespace kokemus::app {
namespace {

namespace json = boost::json;

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

}  // namespace
}  // namespace kokemus::app
