#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/audit_store.h"
#include "app/command.h"
#include "app/kept_records.h"
#include "app/organisation.h"
#include "base/file.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::app {
namespace {

/// Commands on a data folder that no server holds.
TEST(EraseCommand, WithoutAServerStandsInTheAuditLogToo) {
    const ledger::TestFolder area;
    CommandSettings settings;
    settings.data = area.path();
    {
        const auto organisation =
            Organisation::open(area.path(), std::nullopt, Organisation::Open::OrNew);
        ASSERT_TRUE(organisation) << organisation.error().message;
        ledger::append((*organisation)->ledger(), {ledger::make("anna", "1")});
    }
    testing::internal::CaptureStdout();
    CopyCommand copy;
    copy.customer = "anna";
    EraseCommand both_names;
    both_names.customers = {"anna", "cookie"};
    EraseCommand again;
    again.customers = {"anna"};
    again.readmit = true;
    const auto copied = copy_customer(settings, copy);
    const auto erased = erase(settings, both_names);
    const auto readmitted = erase(settings, again);
    EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("may be used again"));
    ASSERT_TRUE(copied && erased && readmitted);

    const auto log = open_records({}, area.path())->records->read([](records::Session& session) {
        return account::audit_before(session, {}, 10);
    });
    ASSERT_TRUE(log);
    std::vector<std::string> actions;
    for (const account::AuditEntry& entry : *log) {
        EXPECT_EQ(entry.actor, "operator");
        actions.push_back(entry.action);
    }
    EXPECT_THAT(actions,
                testing::ElementsAre(
                    "customer.readmit", "customer.erase", "customer.erase", "customer.copy"));
    EXPECT_THAT(log->back().subject, testing::StartsWith("customer:"));
}

TEST(RetentionCommand, WithoutAServerStandsInTheAuditLogToo) {
    const ledger::TestFolder area;
    CommandSettings settings;
    settings.data = area.path();
    {
        const auto organisation =
            Organisation::open(area.path(), std::nullopt, Organisation::Open::OrNew);
        ASSERT_TRUE(organisation) << organisation.error().message;
        ledger::append((*organisation)->ledger(), {ledger::make("anna", "1")});
    }
    ASSERT_TRUE(write_file(area.path() / "kokemus.toml", "[retention]\nencounters_days = 1\n"));
    RetentionCommand look;
    look.dry_run = true;
    testing::internal::CaptureStdout();
    const auto shown = keep_retention(settings, look);
    const auto kept = keep_retention(settings, {});
    EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("gone: "));
    ASSERT_TRUE(shown && kept);
    const auto log = open_records({}, area.path())->records->read([](records::Session& session) {
        return account::audit_before(session, {}, 10);
    });
    ASSERT_TRUE(log);
    ASSERT_EQ(log->size(), 1U) << "what is only shown is not noted";
    EXPECT_EQ(log->front().action, "retention.keep");
    EXPECT_EQ(log->front().actor, "operator");
    EXPECT_THAT(log->front().note, testing::HasSubstr("encounters=1"));
}

}  // namespace
}  // namespace kokemus::app
