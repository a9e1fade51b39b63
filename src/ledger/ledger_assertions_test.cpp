#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "duck/duck.h"
#include "ledger/bounds.h"
#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::ledger {
namespace {

using encounter::Assertion;
using encounter::Customer;
using encounter::CustomerName;
using encounter::Evidence;
using testing::ElementsAre;

Assertion said(const std::string& name, const std::string& other,
               Evidence evidence = Evidence::SameMessage) {
    return {CustomerName(name), CustomerName(other), evidence, {}, {}, {}};
}

Status tell(Ledger& ledger, const std::vector<Assertion>& assertions, const std::string& source) {
    return ledger.tell({.customers = {}, .assertions = assertions, .source = source});
}

std::vector<std::string> rows_of(const Ledger& ledger, std::uint32_t after = 0) {
    std::vector<std::string> out;
    EXPECT_TRUE(ledger.scan_assertions_since(after, [&](std::span<const Asserted> some) -> Status {
        for (const Asserted& one : some) {
            out.push_back(std::to_string(one.number) + " " + one.assertion.name.value() + " " +
                          one.assertion.other.value() + " " +
                          std::string(encounter::name_of(one.assertion.evidence)) + " " +
                          one.assertion.source + one.assertion.person);
        }
        return {};
    }));
    return out;
}

TEST(LedgerAssertions, KeepsWhatMessagesSayOnceAndWordsOfPeopleEachTime) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        EXPECT_EQ(ledger->last_assertion(), 0U);
        ASSERT_TRUE(tell(*ledger, {said("cookie", "anna"), said("cookie", "anna")}, "segment"));
        ASSERT_TRUE(tell(*ledger, {said("cookie", "anna")}, "other"));
        EXPECT_EQ(ledger->last_assertion(), 1U);
        Assertion word = said("cookie", "anna", Evidence::Apart);
        word.person = "emma";
        ASSERT_TRUE(tell(*ledger, {word}, ""));
        ASSERT_TRUE(tell(*ledger, {word}, ""));
        EXPECT_EQ(ledger->totals()->customers, 0U) << "who is only spoken of is no customer";
    }
    const auto ledger = folder.open();
    EXPECT_EQ(ledger->last_assertion(), 3U);
    ASSERT_TRUE(tell(*ledger, {said("cookie", "anna"), said("cookie", "bert")}, "import"));
    EXPECT_THAT(rows_of(*ledger),
                ElementsAre("1 cookie anna same_message segment",
                            "2 cookie anna apart emma",
                            "3 cookie anna apart emma",
                            "4 cookie bert same_message import"));
    EXPECT_THAT(rows_of(*ledger, 3), ElementsAre("4 cookie bert same_message import"));
    const auto of_bert = ledger->assertions_of(std::vector{CustomerName("bert")});
    ASSERT_TRUE(of_bert);
    ASSERT_EQ(of_bert->size(), 1U);
    EXPECT_EQ(of_bert->front().number, 4U);
}

TEST(LedgerAssertions, RefusesWhatSaysNothing) {
    const TestFolder folder;
    const auto ledger = folder.open();
    EXPECT_FALSE(tell(*ledger, {said("anna", "anna")}, ""));
    EXPECT_FALSE(tell(*ledger, {said("anna", "bert", Evidence::Verified)}, ""));
    EXPECT_FALSE(tell(*ledger, {said("", "bert")}, ""));
    EXPECT_FALSE(tell(*ledger, {said("line\nbreak", "bert")}, ""));
    EXPECT_TRUE(tell(*ledger, {said("anna", "anna", Evidence::Verified)}, ""));
    EXPECT_EQ(ledger->last_assertion(), 1U);
}

/// Traits told again change nothing: no row, no news for those who follow.
TEST(LedgerAssertions, WhatWasKnownBeforeIsNoChange) {
    const TestFolder folder;
    const auto ledger = folder.open();
    const std::vector<Customer> anna = {{CustomerName("anna"), {{"plan", "gold"}}}};
    ASSERT_TRUE(ledger->put_customers(anna));
    const std::uint64_t change = ledger->last_customer_change();
    ASSERT_TRUE(ledger->put_customers(anna));
    ASSERT_TRUE(
        ledger->put_customers(std::vector<Customer>{{CustomerName("anna"), {{"unknown", ""}}}}));
    EXPECT_EQ(ledger->last_customer_change(), change);
    ASSERT_TRUE(
        ledger->put_customers(std::vector<Customer>{{CustomerName("anna"), {{"plan", "silver"}}}}));
    EXPECT_GT(ledger->last_customer_change(), change);
}

Status put(Ledger& ledger, const std::string& name, const std::string& trait,
           const std::string& value, const std::string& source = "import") {
    const std::vector<Customer> customers = {{CustomerName(name), {{trait, value}}}};
    return ledger.tell({.customers = customers, .assertions = {}, .source = source});
}

TEST(LedgerEvidence, AnAddressOfTwoIsEvidenceOfBothWhoeverComesFirst) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        ASSERT_TRUE(put(*ledger, "anna", "email", "Anna@Example.com", "crm"));
        ASSERT_TRUE(put(*ledger, "anna", "email", "other@example.com", "crm"));
        ASSERT_TRUE(put(*ledger, "bert", "phone", "040 123 4567"));
        EXPECT_THAT(rows_of(*ledger), testing::IsEmpty())
            << "who alone has an address costs nothing";
        ASSERT_TRUE(put(*ledger, "cookie", "email", " anna@example.COM", "segment"));
    }
    const auto ledger = folder.open();
    ASSERT_TRUE(put(*ledger, "helpdesk", "email", "anna@example.com"));
    ASSERT_TRUE(put(*ledger, "helpdesk", "email", "anna@example.com "));
    EXPECT_THAT(rows_of(*ledger),
                ElementsAre("1 anna anna@example.com email crm",
                            "2 cookie anna@example.com email segment",
                            "3 helpdesk anna@example.com email import"));
}

TEST(LedgerEvidence, WhoIsNamedByAnAddressIsWhoHasIt) {
    const TestFolder folder;
    const auto ledger = folder.open();
    append(*ledger, {make("a@example.com", "1")});
    ASSERT_TRUE(put(*ledger, "anna", "email", "a@example.com"));
    ASSERT_TRUE(put(*ledger, "bert", "phone", "+358 40 1234567"));
    EXPECT_THAT(rows_of(*ledger), ElementsAre("1 anna a@example.com email import"));
    append(*ledger, {make("+358401234567", "1"), make("a@example.com", "2")});
    EXPECT_THAT(rows_of(*ledger, 1), ElementsAre("2 bert +358401234567 phone import"));
}

TEST(LedgerEvidence, DeclaredKeysCountForWhatWasToldBefore) {
    const TestFolder folder;
    std::vector<encounter::IdentityKey> keys = encounter::usual_identity_keys();
    {
        const auto ledger = folder.open();
        ASSERT_TRUE(put(*ledger, "anna", "crm_id", "17"));
        ASSERT_TRUE(put(*ledger, "cookie", "crm_id", " 17 "));
        ASSERT_TRUE(put(*ledger, "emma", "company", "acme"));
        keys.push_back({"crm_id", Evidence::Key, {}});
        ASSERT_TRUE(ledger->use_identity_keys(keys));
        EXPECT_THAT(rows_of(*ledger),
                    ElementsAre("1 anna crm_id:17 key import", "2 cookie crm_id:17 key import"));
    }
    const auto ledger = folder.open();
    keys.push_back({"company", Evidence::Member, {}});
    ASSERT_TRUE(ledger->use_identity_keys(keys));
    EXPECT_THAT(rows_of(*ledger, 2), ElementsAre("3 emma acme member import"))
        << "nobody has to write first";
    ASSERT_TRUE(ledger->use_identity_keys(encounter::usual_identity_keys()));
    append(*ledger, {make("bert", "1")});
    EXPECT_EQ(ledger->last_assertion(), 3U) << "what was said stays said";
}

TEST(LedgerEvidence, AnAddressThatIsANameCountsHoweverItIsSpelled) {
    for (const bool is_name_first : {true, false}) {
        const TestFolder folder;
        {
            const auto ledger = folder.open();
            const auto send = [&] {
                append(*ledger, {make("Anna@Example.com", "1"), make("+358 40 1234567", "2")});
            };
            if (is_name_first) {
                send();
            }
            ASSERT_TRUE(put(*ledger, "u9", "email", "anna@example.com"));
            ASSERT_TRUE(put(*ledger, "u9", "phone", "+358401234567"));
            if (!is_name_first) {
                send();
            }
        }
        const auto ledger = folder.open();
        append(*ledger, {make("ANNA@example.com", "1"), make("00358401234567", "2")});
        auto rows = rows_of(*ledger);
        for (std::string& row : rows) {
            row.erase(0, row.find(' ') + 1);
            row.erase(row.rfind(' '));
        }
        EXPECT_THAT(rows,
                    testing::UnorderedElementsAre("u9 anna@example.com email",
                                                  "Anna@Example.com anna@example.com email",
                                                  "ANNA@example.com anna@example.com email",
                                                  "u9 +358401234567 phone",
                                                  "+358 40 1234567 +358401234567 phone"));
    }
}

/// So many say nothing, and cost nothing: else this takes minutes, at the start of the ledger too.
TEST(LedgerEvidence, AnAddressOfVeryManyIsWrittenOfSomeAlone) {
    const TestFolder folder;
    constexpr std::size_t count = 200'000;
    std::vector<Customer> all;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back({CustomerName("u" + std::to_string(i)), {{"email", "test@example.com"}}});
    }
    for (int start = 0; start < 2; ++start) {
        const auto ledger = folder.open();
        if (start == 0) {
            for (std::size_t from = 0; from < count; from += 20'000) {
                ASSERT_TRUE(ledger->put_customers(std::span(all).subspan(from, 20'000)));
            }
        }
        ASSERT_TRUE(put(*ledger, "late-" + std::to_string(start), "email", "test@example.com"));
        EXPECT_EQ(ledger->last_assertion(), holders_per_name_max);
    }
}

TEST(LedgerEvidence, WhatErasureLeavesIsKnownAsAfterAStart) {
    const TestFolder folder;
    const auto erase = [](Ledger& ledger, const std::string& name) {
        return erasing_of(ledger).erase({{CustomerName(name)}, "anna", "asked", Instant{}});
    };
    const auto ledger = folder.open();
    for (const std::string name : {"anna", "bert", "Mail@Example.com"}) {
        ASSERT_TRUE(put(*ledger, name, "email", "mail@example.com"));
    }
    ASSERT_TRUE(tell(*ledger, {said("cookie", "bert"), said("cookie", "anna")}, "sent"));
    ASSERT_TRUE(erase(*ledger, "anna"));
    ASSERT_TRUE(erase(*ledger, "Mail@Example.com"));
    // What is there is not written again, and what is of them is refused.
    ASSERT_TRUE(tell(*ledger, {said("cookie", "bert"), said("cookie", "anna")}, "sent"));
    EXPECT_THAT(
        rows_of(*ledger),
        ElementsAre("2 bert mail@example.com email import", "4 cookie bert same_message sent"));
    // What went is written once the name may be used again, and who had an address has it no more.
    ASSERT_TRUE(erasing_of(*ledger).readmit(CustomerName("anna")));
    ASSERT_TRUE(tell(*ledger, {said("cookie", "anna")}, "sent"));
    ASSERT_TRUE(put(*ledger, "anna", "phone", "+358401234567"));
    ASSERT_TRUE(put(*ledger, "dora", "email", "mail@example.com"));
    EXPECT_THAT(
        rows_of(*ledger, 5),
        ElementsAre("6 cookie anna same_message sent", "7 dora mail@example.com email import"));
}

TEST(LedgerEvidence, WhereSomeAreErasedOthersComeInTheirPlace) {
    const TestFolder folder;
    const auto ledger = folder.open();
    std::vector<Customer> all;
    for (std::size_t i = 0; i < holders_per_name_max + 5; ++i) {
        all.push_back({CustomerName("u" + std::to_string(i)), {{"email", "test@example.com"}}});
    }
    ASSERT_TRUE(ledger->put_customers(all));
    encounter::CustomerName first = all.front().name;
    ASSERT_TRUE(erasing_of(*ledger).erase({{first}, "anna", "asked", Instant{}}));
    ASSERT_TRUE(put(*ledger, "somebody", "plan", "gold"));
    EXPECT_EQ(rows_of(*ledger).size(), holders_per_name_max);
    EXPECT_EQ(ledger->last_assertion(), holders_per_name_max + 1);
}

/// Before version 5 evidence lay among the traits.
TEST(LedgerAssertions, EvidenceOfOlderLedgersIsTakenOutOfTheTraits) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        ASSERT_TRUE(ledger->put_customers(std::vector<Customer>{
            {CustomerName("cookie"), {{"identity:anna", "same_message"}, {"plan", "gold"}}},
            {CustomerName("old"), {{"identity:anna", "alias"}}},
            {CustomerName("bert"), {{"plan", "silver"}}}}));
    }
    {
        auto database = duck::Database::open(folder.path() / "ledger" / "encounters.duckdb", {});
        ASSERT_TRUE(database);
        auto connection = database->connect();
        ASSERT_TRUE(
            connection->execute("DROP TABLE assertion; DROP TABLE trait_change; "
                                "DROP TABLE derived; ALTER TABLE "
                                "reached DROP COLUMN assertion; "
                                "DELETE FROM schema_version WHERE version = 5"));
    }
    const auto ledger = folder.open();
    ASSERT_NE(ledger, nullptr);
    EXPECT_THAT(rows_of(*ledger), ElementsAre("1 cookie anna same_message ", "2 old anna alias "));
    using Traits = std::map<std::string, std::string>;
    EXPECT_EQ((*ledger->customer(CustomerName("cookie")))->traits, (Traits{{"plan", "gold"}}));
    EXPECT_EQ((*ledger->customer(CustomerName("old")))->traits, Traits{});
    EXPECT_EQ((*ledger->customer(CustomerName("bert")))->traits, (Traits{{"plan", "silver"}}));
}

}  // namespace
}  // namespace kokemus::ledger
