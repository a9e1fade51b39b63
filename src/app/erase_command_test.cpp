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

/// The types of the events that wait for a server, in their order.
std::vector<std::string> events_kept(const std::filesystem::path& data) {
    const auto rows = open_records({}, data)->records->read([](records::Session& session) {
        return session.rows<std::string>("SELECT type FROM courier_event ORDER BY id");
    });
    std::vector<std::string> types;
    for (const auto& row : rows.value()) {
        types.push_back(std::get<0>(row));
    }
    return types;
}

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
    EXPECT_THAT(events_kept(area.path()), testing::ElementsAre("customer.erased"))
        << "the next server sends it";
}

TEST(JoinsCommand, WithoutAServerIsNotedAndToldToo) {
    const ledger::TestFolder area;
    CommandSettings settings;
    settings.data = area.path();
    {
        const auto organisation =
            Organisation::open(area.path(), std::nullopt, Organisation::Open::OrNew);
        ASSERT_TRUE(organisation) << organisation.error().message;
        ledger::append((*organisation)->ledger(),
                       {ledger::make("anna", "1"), ledger::make("crm-17", "2")});
    }
    JoinsCommand say;
    say.act = JoinsCommand::Act::Say;
    say.name = "anna";
    say.other = "crm-17";
    JoinsCommand undo;
    undo.act = JoinsCommand::Act::Undo;
    undo.number = 1;
    testing::internal::CaptureStdout();
    const auto joined = joins(settings, say);
    const auto parted = joins(settings, undo);
    EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("two customers"));
    ASSERT_TRUE(joined && parted);
    EXPECT_THAT(events_kept(area.path()),
                testing::ElementsAre("customers.joined", "customers.parted"));
    const auto log = open_records({}, area.path())->records->read([](records::Session& session) {
        return account::audit_before(session, {}, 10);
    });
    ASSERT_EQ(log->size(), 2U);
    EXPECT_EQ(log->back().action, "join.say");
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

/// So do looking at and changing who is who.
TEST(JoinsCommand, StandsInTheAuditLogAsOverHttp) {
    const ledger::TestFolder area;
    CommandSettings settings;
    settings.data = area.path();
    {
        const auto organisation =
            Organisation::open(area.path(), std::nullopt, Organisation::Open::OrNew);
        ASSERT_TRUE(organisation) << organisation.error().message;
        ledger::append((*organisation)->ledger(),
                       {ledger::make("anna", "1"), ledger::make("cookie", "2")});
    }
    JoinsCommand options;
    options.act = JoinsCommand::Act::List;
    testing::internal::CaptureStdout();
    ASSERT_TRUE(joins(settings, options));
    EXPECT_FALSE(std::filesystem::exists(area.path() / "records.sqlite"))
        << "a look makes no records";
    options.act = JoinsCommand::Act::Say;
    options.name = "anna";
    options.other = "cookie";
    ASSERT_TRUE(joins(settings, options));
    options.act = JoinsCommand::Act::Explain;
    ASSERT_TRUE(joins(settings, options));
    options.act = JoinsCommand::Act::Undo;
    options.number = 1;
    ASSERT_TRUE(joins(settings, options));
    EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("two customers"));
    const auto log = open_records({}, area.path())->records->read([](records::Session& session) {
        return account::audit_before(session, {}, 10);
    });
    ASSERT_TRUE(log);
    std::vector<std::string> actions;
    for (const account::AuditEntry& entry : *log) {
        actions.push_back(entry.actor + " " + entry.action);
        EXPECT_THAT(entry.subject, testing::StartsWith("customer:"));
    }
    EXPECT_THAT(
        actions,
        testing::ElementsAre("operator join.undo", "operator joins.list", "operator join.say"));
}

}  // namespace
}  // namespace kokemus::app
