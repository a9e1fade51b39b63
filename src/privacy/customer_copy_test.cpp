#include "privacy/customer_copy.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "encounter/encounter_json.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::privacy {
namespace {

using encounter::Customer;
using encounter::CustomerName;
using testing::HasSubstr;
using testing::Not;

constexpr Instant now{Milliseconds(1'800'000'000'000)};

std::vector<CustomerName> names(const std::vector<std::string>& list) {
    std::vector<CustomerName> out;
    for (const std::string& name : list) {
        out.emplace_back(name);
    }
    return out;
}

TEST(CustomerCopy, HoldsEverythingOfThePersonAndNothingOfOthers) {
    const ledger::TestFolder folder;
    const auto ledger = folder.open();
    std::vector<encounter::Encounter> planted;
    for (int i = 0; i < 200; ++i) {
        planted.push_back(ledger::make(i % 2 == 0 ? "anna" : "cookie-7", std::to_string(i), i));
        planted.back().text = "fact " + std::to_string(i) + " of hers";
        planted.push_back(ledger::make("bert", std::to_string(i), i));
        planted.back().text = "of somebody else";
    }
    planted.push_back(ledger::full());
    append(*ledger, planted);
    ASSERT_TRUE(ledger->put_customers(
        std::vector<Customer>{{CustomerName("anna"), {{"phone", "+358 40"}, {"plan", "gold"}}},
                              {CustomerName("bert"), {{"phone", "+358 50"}}}}));
    const auto copy = copy_of(*ledger, names({"anna", "cookie-7"}), now);
    ASSERT_TRUE(copy) << copy.error().message;
    const boost::json::value said = boost::json::parse(to_json(*copy));
    EXPECT_EQ(said.at("encounters").as_array().size(), 201U);
    EXPECT_EQ(said.at("customers").at(0).at("traits").at("phone"), "+358 40");
    const std::string text = to_json(*copy);
    for (int i = 0; i < 200; ++i) {
        EXPECT_THAT(text, HasSubstr("fact " + std::to_string(i) + " of hers"));
    }
    EXPECT_THAT(text, HasSubstr(encounter::to_json(ledger::full())));
    EXPECT_THAT(text, Not(HasSubstr("somebody else")));
    EXPECT_THAT(text, Not(HasSubstr("+358 50")));
    EXPECT_EQ(copy_of(*ledger, names({"dora"}), now).error().code, ErrorCode::NotFound);
}

TEST(CustomerCopy, SaysWhyNamesAreOneAndNamesNobodyElse) {
    const ledger::TestFolder folder;
    const auto ledger = folder.open();
    const auto say = [&](encounter::Evidence evidence, const char* name, const char* other) {
        const std::vector<encounter::Assertion> said = {
            {CustomerName(name), CustomerName(other), evidence, {}, {}, {}}};
        ASSERT_TRUE(ledger->tell({.customers = {}, .assertions = said, .source = "segment"}));
    };
    append(*ledger, {ledger::make("anna", "1")});
    for (const char* plan : {"silver", "gold"}) {
        ASSERT_TRUE(
            ledger->put_customers(std::vector<Customer>{{CustomerName("anna"), {{"plan", plan}}}}));
    }
    say(encounter::Evidence::SameMessage, "cookie", "anna");
    say(encounter::Evidence::Apart, "anna", "somebody-else");
    say(encounter::Evidence::Member, "anna", "acme");
    say(encounter::Evidence::Member, "somebody-else", "acme");
    const auto copy = copy_of(*ledger, names({"anna", "cookie"}), now);
    ASSERT_TRUE(copy) << copy.error().message;
    ASSERT_EQ(copy->said.size(), 2U);
    EXPECT_EQ(copy->changes.size(), 2U);
    const boost::json::value told = boost::json::parse(to_json(*copy));
    EXPECT_EQ(told.at("said").at(0).at("evidence"), "same_message");
    EXPECT_EQ(told.at("said").at(1).at("other"), "acme");
    EXPECT_EQ(told.at("changes").at(0).at("traits").at("plan"), "silver");
    for (const std::string& text : {to_json(*copy), to_html(*copy)}) {
        EXPECT_THAT(text, Not(HasSubstr("somebody-else")));
        EXPECT_THAT(text, HasSubstr("same_message"));
        EXPECT_THAT(text, HasSubstr("silver"));
    }
}

TEST(CustomerCopy, HoldsWhatWasKnownOnceAndWhatIsSaidOfANameAlone) {
    const ledger::TestFolder folder;
    const auto ledger = folder.open();
    for (const char* plan : {"gold", ""}) {
        ASSERT_TRUE(
            ledger->put_customers(std::vector<Customer>{{CustomerName("bob"), {{"plan", plan}}}}));
    }
    const auto copy = copy_of(*ledger, names({"bob"}), now);
    ASSERT_TRUE(copy) << copy.error().message;
    EXPECT_TRUE(copy->customers.empty());
    EXPECT_THAT(to_json(*copy), HasSubstr(R"("traits":{"plan":"gold"})"));
    const std::vector<encounter::Assertion> said = {{CustomerName("cookie"),
                                                     CustomerName("anna"),
                                                     encounter::Evidence::SameMessage,
                                                     {},
                                                     {},
                                                     {}}};
    ASSERT_TRUE(ledger->tell({.customers = {}, .assertions = said, .source = "segment"}));
    EXPECT_EQ(copy_of(*ledger, names({"anna", "cookie"}), now)->said.size(), 1U);
}

TEST(CustomerCopy, ShowsAsTextWhateverWasWritten) {
    CustomerCopy copy;
    copy.made_at = now;
    copy.names = names({"<b>anna</b>"});
    copy.encounters = {ledger::full()};
    copy.encounters[0].text = "<script>alert('x')</script> & \"more\"";
    copy.customers = {{CustomerName("anna"), {{"no<te", "a & b"}}}};
    const std::string page = to_html(copy);
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("<b>")));
    EXPECT_THAT(page, Not(HasSubstr("no<te")));
    EXPECT_THAT(page,
                HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more"));
    EXPECT_THAT(page, HasSubstr("2027-01-15T08:00:00"));
}

}  // namespace
}  // namespace kokemus::privacy
