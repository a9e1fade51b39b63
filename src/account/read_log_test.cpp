#include "account/read_log.h"

#include <gmock/gmock.h>

#include "account/accounts_fixture_test.h"

namespace kokemus::account {
namespace {

class ReadLogTest : public OnBothStores {
protected:
    /// What the audit log has of readings, oldest first.
    std::vector<AuditEntry> read() const {
        std::vector<AuditEntry> entries;
        const auto all = accounts_->audit({}, 500);
        EXPECT_TRUE(all);
        for (const AuditEntry& entry : *all) {
            if (entry.action == "customer.read") {
                entries.insert(entries.begin(), entry);
            }
        }
        return entries;
    }
};

TEST_P(ReadLogTest, NotesWhoSawWhomOnceForAWhileAndNoNames) {
    {
        ReadLog log(*accounts_, clock_);
        for (int i = 0; i < 100; ++i) {
            EXPECT_TRUE(log.note({"u1", home}, "customer.read", audited_customer("anna@x.fi")));
        }
        EXPECT_TRUE(log.note({"u2", home}, "customer.read", audited_customer("anna@x.fi")));
        EXPECT_TRUE(log.note({"u1", home}, "customer.read", audited_customer("bert@x.fi")));
        pass(std::chrono::minutes(15));
        EXPECT_TRUE(log.note({"u1", home}, "customer.read", audited_customer("anna@x.fi")));
    }
    const auto entries = read();
    ASSERT_EQ(entries.size(), 4U);
    EXPECT_EQ(entries[0].actor, "u1");
    EXPECT_EQ(entries[1].actor, "u2");
    EXPECT_EQ(entries[0].subject, entries[1].subject);
    EXPECT_EQ(entries[0].subject, entries[3].subject);
    EXPECT_NE(entries[0].subject, entries[2].subject);
    EXPECT_EQ(entries[3].at - entries[0].at, std::chrono::minutes(15));
    EXPECT_THAT(entries[0].subject, ::testing::Not(::testing::HasSubstr("anna")));
    const auto names = accounts_->audit_names_of_customer("anna@x.fi");
    EXPECT_EQ(entries[0].subject, names.front());
    EXPECT_EQ(entries[0].subject.size(), audited_customer("anna@x.fi").size());
    EXPECT_NE(entries[0].subject, audited_customer("anna@x.fi")) << "anybody could make it";
    AuditSought sought;
    sought.subjects = names;
    EXPECT_EQ(accounts_->audit(sought, 500)->size(), 3U);
    EXPECT_FALSE(accounts_->verify_audit()->first_broken);
}

TEST_P(ReadLogTest, WritesWithoutBeingEnded) {
    ReadLog log(*accounts_, clock_);
    ASSERT_TRUE(log.note({"u1", home}, "customer.read", "x"));
    for (int i = 0; i < 500 && read().empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(read().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(On, ReadLogTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

}  // namespace
}  // namespace kokemus::account
