#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/bounds.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::ledger {
namespace {

using encounter::Customer;
using encounter::CustomerName;
using testing::ElementsAre;

TEST(Ledger, KeepsCustomersAndTheirTraits) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        append(*ledger, {make("anna", "1"), make("bert", "1")});
        ASSERT_TRUE(ledger->put_customers(
            std::vector<Customer>{{CustomerName("anna"), {{"plan", "gold"}, {"city", "Oulu"}}},
                                  {CustomerName("anna"), {{"plan", "fibre"}}},
                                  {CustomerName("dora"), {{"note", "100%_sure"}}}}));
        ASSERT_TRUE(ledger->put_customers(
            std::vector<Customer>{{CustomerName("anna"), {{"city", ""}, {"age", "41"}}}}));
        EXPECT_EQ(ledger->totals()->customers, 3U);
    }
    const auto ledger = folder.open();
    EXPECT_EQ(ledger->totals()->customers, 3U);
    const Customer anna{CustomerName("anna"), {{"age", "41"}, {"plan", "fibre"}}};
    EXPECT_EQ(*ledger->customer(CustomerName("anna")), anna);
    EXPECT_TRUE((*ledger->customer(CustomerName("bert")))->traits.empty());
    std::vector<std::string> names;
    ASSERT_TRUE(ledger->scan_customers([&](std::span<const Customer> customers) -> Status {
        for (const Customer& customer : customers) {
            names.push_back(customer.name.value());
        }
        return {};
    }));
    EXPECT_THAT(names, ElementsAre("anna", "dora"));
    EXPECT_FALSE(ledger->put_customers(std::vector<Customer>{{CustomerName(""), {}}}));
}

TEST(Ledger, KeepsConsentsInOneSpellingAndNoneThatCannotBeRead) {
    const TestFolder folder;
    const auto ledger = folder.open();
    const auto say = [&](const std::string& state) {
        return ledger->put_customers(
            std::vector<Customer>{{CustomerName("anna"), {{"consent.contact", state}}}});
    };
    const auto said = [&] {
        return (*ledger->customer(CustomerName("anna")))->traits.at("consent.contact");
    };
    for (const auto& [told, kept] : {std::pair("TRUE", "granted"),
                                     {"No", "refused"},
                                     {"granted", "granted"},
                                     {"", "withdrawn"}}) {
        ASSERT_TRUE(say(told));
        EXPECT_EQ(said(), kept);
    }
    const Status unread = say("perhaps");
    ASSERT_FALSE(unread);
    EXPECT_THAT(unread.error().message, testing::HasSubstr("traits.consent.contact"));
    EXPECT_EQ(said(), "withdrawn");
    EXPECT_EQ(ledger->trait_changes(std::vector{CustomerName("anna")})->size(), 4U);
}

TEST(Ledger, FindsCustomersWhateverTheTextSays) {
    const TestFolder folder;
    const auto ledger = folder.open();
    append(*ledger, {make("anna@example.com", "1"), make("Bert", "1")});
    ASSERT_TRUE(ledger->put_customers(std::vector<Customer>{
        {CustomerName("dora"), {{"note", "100%_sure 'yes'"}, {"city", "J\xC3\xA4ms\xC3\xA4"}}}}));
    const auto found = [&](std::string_view text, std::size_t limit = 10) {
        std::string out;
        const auto customers = ledger->find_customers(text, limit);
        EXPECT_TRUE(customers) << customers.error().message;
        for (const Customer& customer : *customers) {
            out += customer.name.value() + " ";
        }
        return out;
    };
    EXPECT_EQ(found("bert"), "Bert ");
    EXPECT_EQ(found("EXAMPLE"), "anna@example.com ");
    EXPECT_EQ(found("%_s"), "dora ");
    EXPECT_EQ(found("%"), "dora ");
    EXPECT_EQ(found("'yes'"), "dora ");
    EXPECT_EQ(found("'; DROP TABLE customer; --"), "");
    EXPECT_EQ(found("J\xC3\x84MS"), "dora ");
    EXPECT_EQ(found("note"), "") << "a trait's name is not its value";
    EXPECT_EQ(found("", 2), "Bert anna@example.com ");
}

TEST(Ledger, TellsWhichCustomersChangedSince) {
    const TestFolder folder;
    const auto changed_since = [](const Ledger& ledger, std::uint64_t after) {
        std::map<std::string, std::map<std::string, std::string>> changed;
        EXPECT_TRUE(ledger.scan_customers_since(after, [&](auto customers) -> Status {
            for (const Customer& customer : customers) {
                changed[customer.name.value()] = customer.traits;
            }
            return {};
        }));
        return changed;
    };
    std::uint64_t before = 0;
    {
        const auto ledger = folder.open();
        EXPECT_EQ(ledger->last_customer_change(), 0U);
        const std::vector<Customer> first = {{CustomerName("a"), {{"plan", "gold"}, {"age", "7"}}},
                                             {CustomerName("b"), {{"plan", "gold"}}}};
        ASSERT_TRUE(ledger->put_customers(first));
        before = ledger->last_customer_change();
        const std::vector<Customer> second = {{CustomerName("a"), {{"plan", "tin"}}}};
        ASSERT_TRUE(ledger->put_customers(second));
        EXPECT_GT(ledger->last_customer_change(), before);
        EXPECT_EQ(changed_since(*ledger, before),
                  (std::map<std::string, std::map<std::string, std::string>>{
                      {"a", {{"plan", "tin"}, {"age", "7"}}}}));
        const std::vector<Customer> third = {{CustomerName("b"), {{"plan", ""}}}};
        ASSERT_TRUE(ledger->put_customers(third));
        EXPECT_TRUE(changed_since(*ledger, before)["b"].empty()) << "removed traits are a change";
        append(*ledger, {make("new", "1")});
        before = ledger->last_customer_change();
    }
    const auto again = folder.open();
    EXPECT_EQ(again->last_customer_change(), before);
    EXPECT_EQ(changed_since(*again, 0).size(), 3U);
    EXPECT_TRUE(changed_since(*again, before).empty());
}

TEST(LedgerCustomers, OfOneCustomerOnlySoManyTraitsAreKept) {
    const TestFolder folder;
    const auto ledger = folder.open();
    const auto tell = [&](const std::string& name, std::map<std::string, std::string> traits) {
        return ledger->put_customers(
            std::vector<Customer>{{CustomerName("beside"), {{"plan", "gold " + name}}},
                                  {CustomerName(name), std::move(traits)}});
    };
    const auto numbered = [](std::size_t from, std::size_t to, const std::string& value) {
        std::map<std::string, std::string> traits;
        for (std::size_t i = from; i < to; ++i) {
            traits["t" + std::to_string(i)] = value;
        }
        return traits;
    };
    const auto count = [&](const char* name) {
        const auto customer = ledger->customer(CustomerName(name));
        return *customer ? (*customer)->traits.size() : 0;
    };
    const Status at_once = tell("new", numbered(0, traits_per_customer_max + 1, "x"));
    ASSERT_FALSE(at_once);
    EXPECT_EQ(at_once.error().code, ErrorCode::TooLarge);
    EXPECT_EQ(at_once.error().message.find("new"), std::string::npos) << "nobody is named";
    EXPECT_EQ(count("beside"), 0U) << "nothing of all that was told";

    ASSERT_TRUE(tell("anna", numbered(0, traits_per_customer_max, "x")));
    EXPECT_EQ(tell("anna", {{"one more", "x"}}).error().code, ErrorCode::TooLarge);
    EXPECT_EQ(count("anna"), traits_per_customer_max);
    EXPECT_TRUE(tell("anna", numbered(0, traits_per_customer_max, "y"))) << "others of their own";
    EXPECT_TRUE(tell("anna", {{"t0", ""}, {"one more", "x"}})) << "one for another";
    EXPECT_EQ(tell("anna", {{"t0", "x"}}).error().code, ErrorCode::TooLarge);

    const std::string large(60 * 1024, 'x');
    ASSERT_TRUE(tell("bert", numbered(0, 4, large)));
    EXPECT_EQ(tell("bert", {{"more", large}}).error().code, ErrorCode::TooLarge);
    EXPECT_TRUE(tell("bert", {{"little", "x"}}));
    EXPECT_EQ(count("bert"), 5U);
    EXPECT_EQ(count("beside"), 1U);
}

}  // namespace
}  // namespace kokemus::ledger
