#include "account/audit.h"

#include <vector>

#include <gtest/gtest.h>

namespace kokemus::account {
namespace {

std::vector<AuditEntry> chain_of(int count) {
    std::vector<AuditEntry> entries;
    std::string before(audit_beginning);
    for (int i = 1; i <= count; ++i) {
        AuditEntry entry{.number = i,
                         .at = Instant(Milliseconds(1'900'000'000'000 + i)),
                         .actor = "u" + std::to_string(i % 3),
                         .address = "192.0.2.7",
                         .action = "sign-in",
                         .subject = "s" + std::to_string(i),
                         .note = i % 2 == 0 ? "" : "role=viewer",
                         .digest = {}};
        entry.digest = audit_digest(before, entry);
        before = entry.digest;
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::optional<std::int64_t> broken(const std::vector<AuditEntry>& entries) {
    AuditChain chain;
    return first_broken(chain, entries);
}

TEST(Audit, WholeChainsHoldHoweverTheyAreCut) {
    EXPECT_EQ(broken({}), std::nullopt);
    const auto entries = chain_of(20);
    EXPECT_EQ(broken(entries), std::nullopt);
    AuditChain chain;
    const std::span<const AuditEntry> all(entries);
    EXPECT_EQ(first_broken(chain, all.first(7)), std::nullopt);
    EXPECT_EQ(first_broken(chain, all.subspan(7)), std::nullopt);
    EXPECT_EQ(chain.number, 20);
}

/// Every field of every entry, one byte at a time.
TEST(Audit, EveryChangeIsFoundWhereItIs) {
    const auto entries = chain_of(5);
    int changes = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        for (auto field : {&AuditEntry::actor,
                           &AuditEntry::address,
                           &AuditEntry::action,
                           &AuditEntry::subject,
                           &AuditEntry::note,
                           &AuditEntry::digest}) {
            for (std::size_t at = 0; at <= (entries[i].*field).size(); ++at) {
                auto changed = entries;
                std::string& text = changed[i].*field;
                if (at < text.size()) {
                    text[at] ^= 1;
                } else {
                    text += "x";
                }
                ASSERT_EQ(broken(changed), entries[i].number) << i << " " << at;
                ++changes;
            }
        }
        auto later = entries;
        later[i].at += Milliseconds(1);
        EXPECT_EQ(broken(later), entries[i].number);
        auto missing = entries;
        missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_EQ(broken(missing).has_value(), i + 1 < entries.size());
        auto twice = entries;
        twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), entries[i]);
        EXPECT_EQ(broken(twice), entries[i].number + 1);
    }
    EXPECT_GT(changes, 400);
}

TEST(Audit, FieldsDoNotRunIntoEachOther) {
    const auto digest = [](std::string action, std::string subject) {
        AuditEntry entry;
        entry.action = std::move(action);
        entry.subject = std::move(subject);
        return audit_digest("", entry);
    };
    EXPECT_NE(digest("ab", "c"), digest("a", "bc"));
    EXPECT_NE(digest("ab", "c"), digest("ab\n1:c", ""));
}

/// By `printf '15:kokemus audit 1\n1:1\n13:1900000000000\n...' | sha256sum`.
TEST(Audit, LayoutNeverChanges) {
    const AuditEntry entry{.number = 1,
                           .at = Instant(Milliseconds(1'900'000'000'000)),
                           .actor = "u",
                           .address = "::1",
                           .action = "sign-in",
                           .subject = "u",
                           .note = "",
                           .digest = {}};
    EXPECT_EQ(audit_digest(audit_beginning, entry),
              "75aa89863f128ed60cdca9b57f3d7d850dcb713bb56694caf00292760ea89766");
}

}  // namespace
}  // namespace kokemus::account
