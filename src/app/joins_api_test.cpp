#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using encounter::Assertion;
using encounter::CustomerName;
using encounter::Evidence;

/// Anna and Bert of the fixture, by a real server.
class Joins : public Rights {
protected:
    void say(Evidence evidence, const std::string& name, const std::string& other,
             const std::string& text = {}) {
        const std::vector<Assertion> said = {
            {CustomerName(name), CustomerName(other), evidence, "segment", {}, text}};
        ASSERT_TRUE(
            organisation_->ledger().tell({.customers = {}, .assertions = said, .source = ""}));
    }

    json::object got(const std::string& route, const std::string& body = {},
                     const std::string& who = "admin") {
        const Heard heard = ask(who, route, body);
        EXPECT_LT(heard.status, 300) << route << ": " << heard.body;
        return json::parse(heard.body).as_object();
    }

    std::int64_t encounters(const std::string& name) {
        return got("GET /api/customers/" + name).at("encounters").to_number<std::int64_t>();
    }
};

TEST_F(Joins, ANumberFollowsBeforeTheAnswerAndComesBack) {
    EXPECT_EQ(encounters("anna@x.fi"), 2);
    const json::object joined =
        got("POST /api/joins", R"({"name":"anna@x.fi","other":"bert@x.fi","reason":"they wrote"})");
    EXPECT_EQ(joined.at("state").as_string(), "joined");
    EXPECT_TRUE(joined.at("one_customer").as_bool());
    EXPECT_EQ(encounters("anna@x.fi"), 3);
    EXPECT_EQ(encounters("bert@x.fi"), 3) << "any name finds the customer";
    const json::object whole = got("GET /api/customers/bert@x.fi/timeline");
    EXPECT_EQ(whole.at("customer").as_string(), "anna@x.fi");
    EXPECT_EQ(whole.at("encounters").as_array().at(2).at("sent_as").as_string(), "bert@x.fi");
    const std::string number = std::to_string(joined.at("number").to_number<int>());
    const json::object undone = got("DELETE /api/joins/" + number + "?reason=mistaken");
    EXPECT_EQ(undone.at("state").as_string(), "undone");
    EXPECT_FALSE(undone.at("one_customer").as_bool());
    EXPECT_EQ(encounters("anna@x.fi"), 2);
    EXPECT_EQ(encounters("bert@x.fi"), 1);
}

TEST_F(Joins, TraitsThatWereRemovedAreStillSeen) {
    for (const char* plan : {"gold", ""}) {
        ASSERT_TRUE(organisation_->ledger().put_customers(
            std::vector<encounter::Customer>{{CustomerName("bob"), {{"plan", plan}}}}));
    }
    const json::object shown = got("GET /api/customers/bob/traits");
    EXPECT_EQ(shown.at("changes").as_array().size(), 2U) << json::serialize(shown);
    EXPECT_EQ(ask("admin", "GET /api/customers/nobody/traits").status, 404);
}

TEST_F(Joins, WhyTheyAreOneIsSaidWithEveryWord) {
    say(Evidence::SameMessage, "cookie", "anna@x.fi");
    ASSERT_TRUE(organisation_->ledger().append(std::vector{at("cookie", 3, "Sales", "")}));
    got("DELETE /api/joins/1?reason=shared");
    got("POST /api/joins", R"({"name":"anna@x.fi","other":"cookie"})");
    const json::object why = got("GET /api/customers/cookie/joins");
    EXPECT_EQ(why.at("customer").as_string(), "anna@x.fi");
    EXPECT_EQ(why.at("identities").as_array().size(), 2U);
    const json::object& link = why.at("links").as_array().at(0).as_object();
    const json::array& said = link.at("assertions").as_array();
    ASSERT_EQ(said.size(), 3U);
    EXPECT_EQ(said[0].at("source").as_string(), "segment");
    EXPECT_EQ(said[1].at("evidence").as_string(), "apart");
    EXPECT_EQ(said[1].at("reason").as_string(), "shared");
    EXPECT_EQ(said[1].at("person").as_string(), admin_.user.id);
    EXPECT_EQ(got("GET /api/joins?state=joined&customer=cookie").at("joins").as_array().size(), 1U);
    const json::object audit = got("GET /api/audit?action=join.");
    ASSERT_EQ(audit.at("entries").as_array().size(), 2U);
}

TEST_F(Joins, WhatIsWrongIsSaid) {
    EXPECT_EQ(ask("admin", "DELETE /api/joins/7").status, 404);
    EXPECT_EQ(ask("admin", "GET /api/joins?state=perhaps").status, 400);
    EXPECT_EQ(ask("admin", "POST /api/joins", "[]").status, 400);
    EXPECT_EQ(ask("admin", "POST /api/joins", R"({"name":"a","other":"a"})").status, 400);
    EXPECT_EQ(ask("admin", "POST /api/joins", R"({"name":"a"})").status, 400);
    EXPECT_EQ(ask("analyst", "POST /api/joins", R"({"name":"a","other":"b"})").status, 403);
    EXPECT_EQ(organisation_->ledger().last_assertion(), 0U);
}

TEST_F(Joins, AnAgentIsNotToldOfCustomersOutOfReach) {
    // Eve served Anna and never Bert.
    say(Evidence::SameMessage, "cookie", "anna@x.fi");
    say(Evidence::Email, "anna@x.fi", "x@x.fi");
    say(Evidence::Email, "bert@x.fi", "x@x.fi");
    say(Evidence::Alias, "anna@x.fi", "bert@x.fi");
    const auto links = [&](const std::string& who) {
        return got("GET /api/customers/anna@x.fi/joins", "", who).at("links").as_array().size();
    };
    EXPECT_EQ(links("admin"), 3U);
    EXPECT_EQ(links("agent"), 1U);
    EXPECT_EQ(ask("agent", "GET /api/customers/anna@x.fi/joins").body.find("bert"),
              std::string::npos);
}

TEST_F(Joins, SuggestionsAreForAPerson) {
    say(Evidence::SameMessage, "tablet", "anna@x.fi");
    say(Evidence::SameMessage, "tablet", "bert@x.fi");
    const json::object some = got("GET /api/joins/suggestions");
    const json::object& one = some.at("suggestions").as_array().at(0).as_object();
    EXPECT_EQ(one.at("through").as_string(), "tablet");
    EXPECT_EQ(one.at("customers").as_array().size(), 2U);
}

TEST_F(Joins, TraitsAreKnownSinceAndAsOf) {
    const auto tell = [&](const std::string& plan, Instant at) {
        const std::vector<encounter::Customer> told = {
            {CustomerName("anna@x.fi"), {{"plan", plan}}}};
        ASSERT_TRUE(organisation_->ledger().tell(
            {.customers = told, .assertions = {}, .source = "crm", .at = at}));
    };
    tell("gold", *parse_instant("2026-01-01"));
    tell("silver", *parse_instant("2026-02-01"));
    const json::object now = got("GET /api/customers/anna@x.fi/traits");
    EXPECT_EQ(now.at("traits").as_array().at(0).at("value").as_string(), "silver");
    EXPECT_EQ(now.at("traits").as_array().at(0).at("source").as_string(), "crm");
    EXPECT_EQ(now.at("changes").as_array().size(), 2U);
    const json::object then = got("GET /api/customers/anna@x.fi/traits?at=2026-01-15T00:00:00Z");
    EXPECT_EQ(then.at("traits").as_array().at(0).at("value").as_string(), "gold");
    EXPECT_TRUE(
        got("GET /api/customers/anna@x.fi/traits?at=2025-01-01").at("traits").as_array().empty());
    EXPECT_EQ(ask("admin", "GET /api/customers/anna@x.fi/traits?at=soon").status, 400);
}

TEST_F(Joins, AKeyThatIsDeclaredLaterCountsWithoutARestart) {
    ASSERT_TRUE(organisation_->ledger().put_customers(
        std::vector<encounter::Customer>{{CustomerName("anna@x.fi"), {{"crm_id", "17"}}},
                                         {CustomerName("cookie"), {{"crm_id", "17"}}}}));
    ASSERT_TRUE(organisation_->ledger().append(std::vector{at("cookie", 3, "Sales", "")}));
    say(Evidence::Anonymous, "cookie", "cookie");
    EXPECT_EQ(encounters("anna@x.fi"), 2);
    ASSERT_TRUE(organisation_->keep_blueprint_text(
        "name = \"Shop\"\n[identity.crm_id]\nkind = \"key\"\n", "shop"));
    EXPECT_EQ(encounters("anna@x.fi"), 3);
    // An address is no id of their own: the number is, and they go by it.
    EXPECT_EQ(got("GET /api/customers/cookie").at("customer").as_string(), "crm_id:17");
}

TEST_F(Joins, AnAccountHasPeopleInRoles) {
    say(Evidence::Member, "cookie", "acme", "buyer");
    say(Evidence::SameMessage, "cookie", "anna@x.fi");
    const json::object account = got("GET /api/accounts/acme");
    const json::array& people = account.at("people").as_array();
    ASSERT_EQ(people.size(), 1U);
    EXPECT_EQ(people[0].at("customer").as_string(), "anna@x.fi");
    EXPECT_EQ(people[0].at("role").as_string(), "buyer");
    const json::object of_anna = got("GET /api/customers/anna@x.fi/accounts");
    EXPECT_EQ(of_anna.at("accounts").as_array().at(0).at("account").as_string(), "acme");
    EXPECT_EQ(ask("admin", "GET /api/accounts/nobody").status, 404);
    // Eve served Anna and never Bert.
    say(Evidence::Member, "bert@x.fi", "acme", "user");
    EXPECT_EQ(got("GET /api/accounts/acme", "", "agent").at("people").as_array().size(), 1U);
    const json::object first = got("GET /api/accounts/acme?limit=1");
    EXPECT_EQ(first.at("people").as_array().at(0).at("customer").as_string(), "anna@x.fi");
    const std::string after(first.at("next").as_string());
    const json::object second = got("GET /api/accounts/acme?limit=1&after=" + after);
    EXPECT_EQ(second.at("people").as_array().at(0).at("customer").as_string(), "bert@x.fi");
    EXPECT_TRUE(second.at("next").is_null());
    EXPECT_EQ(ask("admin", "GET /api/accounts/acme?limit=501").status, 400);
    EXPECT_TRUE(got("GET /api/accounts/acme?limit=1&after=" + after, "", "agent")
                    .at("people")
                    .as_array()
                    .empty());
    EXPECT_EQ(ask("agent", "GET /api/customers/bert@x.fi/joins").status, 404);
}

}  // namespace
}  // namespace kokemus::app
