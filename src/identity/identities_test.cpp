#include "identity/identities.h"

#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::identity {
namespace {

using encounter::CustomerName;
using encounter::Evidence;
using ledger::Asserted;
using testing::ElementsAre;
using testing::IsEmpty;

/// What is said, one after the other.
class Said {
public:
    Said& operator()(Evidence evidence, const std::string& name, const std::string& other) {
        rows_.push_back({static_cast<std::uint32_t>(rows_.size() + 1),
                         Instant{},
                         {CustomerName(name), CustomerName(other), evidence, {}, {}, {}}});
        return *this;
    }
    Said& verified(const std::string& name) { return (*this)(Evidence::Verified, name, name); }

    const std::vector<Asserted>& rows() const { return rows_; }

private:
    std::vector<Asserted> rows_;
};

std::string names_of(const Identities& identities, const std::string& name) {
    std::string out;
    for (const Identity& one : identities.names_of(CustomerName(name))) {
        out += (out.empty() ? "" : " ") + one.name.value();
    }
    return out;
}

std::string state_of(const Identities& identities, std::uint32_t link) {
    const auto found = identities.link(link);
    return found ? std::string(name_of(found->state)) : "none";
}

TEST(Identities, NothingIsSaid) {
    const Identities identities;
    EXPECT_EQ(names_of(identities, "anna"), "anna");
    EXPECT_THAT(identities.links_of(CustomerName("anna")), IsEmpty());
    EXPECT_THAT(identities.suggestions(10), IsEmpty());
    EXPECT_EQ(state_of(identities, 1), "none");
}

TEST(Identities, CookiesJoinTheirUser) {
    Identities identities;
    identities.take(
        Said()(Evidence::SameMessage, "cookie-1", "anna")(Evidence::Alias, "cookie-2", "anna")
            .rows());
    EXPECT_EQ(names_of(identities, "cookie-2"), "anna cookie-1 cookie-2");
    EXPECT_THAT(
        identities.take_moved(),
        ElementsAre(CustomerName("anna"), CustomerName("cookie-1"), CustomerName("cookie-2")));
    EXPECT_THAT(identities.take_moved(), IsEmpty());
}

TEST(Identities, ASharedDeviceJoinsNeither) {
    Identities identities;
    identities.take(
        Said()(Evidence::SameMessage, "cookie", "anna")(Evidence::SameMessage, "cookie", "bert")
            .rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna");
    EXPECT_EQ(names_of(identities, "bert"), "bert");
    EXPECT_EQ(names_of(identities, "cookie"), "cookie");
    EXPECT_EQ(state_of(identities, 1), "ambiguous");
    const auto suggestions = identities.suggestions(10);
    ASSERT_EQ(suggestions.size(), 1U);
    EXPECT_THAT(suggestions[0].customers, ElementsAre(CustomerName("anna"), CustomerName("bert")));
    EXPECT_THAT(suggestions[0].links, ElementsAre(1U, 2U));
    EXPECT_EQ(suggestions[0].through.value(), "cookie");
}

TEST(Identities, OneAddressJoinsOneVerifiedIdAtMost) {
    Identities identities;
    Said said;
    said(Evidence::Email, "cookie", "anna@example.com")(Evidence::SameMessage, "cookie", "anna");
    said(Evidence::Email, "helpdesk", "anna@example.com");
    identities.take(said.rows());
    // The helpdesk's own number may be another person at the same address.
    EXPECT_EQ(names_of(identities, "anna"), "anna cookie");
    EXPECT_EQ(names_of(identities, "helpdesk"), "helpdesk anna@example.com");
    EXPECT_EQ(identities.suggestions(10).size(), 1U);
    EXPECT_EQ(state_of(identities, 1), "suggested");
    said(Evidence::Person, "anna", "helpdesk");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna helpdesk anna@example.com cookie");
    EXPECT_THAT(identities.suggestions(10), IsEmpty());
}

TEST(Identities, CookiesWithOneAddressAreOneAndComeToTheUserWhoHasIt) {
    Identities identities;
    Said said;
    said(Evidence::SameMessage, "other", "x")(Evidence::SameMessage, "phone", "y");
    identities.take(said.rows());
    Said more;
    more(Evidence::SameMessage, "tablet", "anna")(Evidence::Email, "anna", "a@example.com");
    more(Evidence::Alias, "old", "tablet");
    Identities others;
    others.take(more.rows());
    // "tablet" was named as a user by the alias: it is verified now, and its own customer.
    EXPECT_EQ(names_of(others, "old"), "tablet old");
    EXPECT_EQ(names_of(others, "anna"), "anna a@example.com");
}

TEST(Identities, ACookieWithTheAddressOfAUserIsTheirs) {
    Said one;
    one.verified("anna")(Evidence::Email, "anna", "a@example.com");
    one(Evidence::Email, "cookie", "a@example.com")(Evidence::Anonymous, "cookie", "cookie");
    Said other;
    other(Evidence::Anonymous, "cookie", "cookie")(Evidence::Email, "cookie", "a@example.com");
    other(Evidence::Email, "anna", "a@example.com");
    for (const Said& said : {one, other}) {
        Identities identities;
        identities.take(said.rows());
        EXPECT_EQ(names_of(identities, "cookie"), "anna a@example.com cookie");
    }
}

TEST(Identities, KeysOfDifferentKindsAreOneCustomerAndTwoOfOneKindAreNot) {
    Identities identities;
    Said said;
    said(Evidence::Key, "anna", "crm_id:17")(Evidence::Key, "anna", "member:4");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "member:4"), "anna crm_id:17 member:4");
    said(Evidence::Key, "bert", "crm_id:17");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna member:4");
    EXPECT_EQ(names_of(identities, "crm_id:17"), "crm_id:17");
    EXPECT_EQ(names_of(identities, "bert"), "bert");
    EXPECT_EQ(state_of(identities, 1), "suggested");
}

TEST(Identities, AChainOfKeysMakesNoTwoVerifiedIdsOne) {
    Said said;
    said.verified("anna").verified("bert")(Evidence::Key, "anna", "crm_id:2");
    said(Evidence::Key, "bert", "loyalty:6")(Evidence::Key, "crm_id:2", "member:1");
    Identities identities;
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna crm_id:2 member:1");
    EXPECT_EQ(names_of(identities, "bert"), "bert loyalty:6");
    // Each neighbour is the only one of its kind; it is the whole chain that says too much.
    said(Evidence::Key, "member:1", "loyalty:6");
    identities.take(said.rows());
    for (const char* name : {"anna", "bert", "crm_id:2", "loyalty:6", "member:1"}) {
        EXPECT_EQ(names_of(identities, name), name);
    }
    for (const std::uint32_t link : {3U, 4U, 5U, 6U}) {
        EXPECT_EQ(state_of(identities, link), "suggested");
    }
    EXPECT_EQ(identities.suggestions(10).size(), 4U);
    said(Evidence::Apart, "member:1", "loyalty:6");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna crm_id:2 member:1");
}

TEST(Identities, WhoWasSetApartIsNotOneThroughAKeyOfBoth) {
    Identities identities;
    Said said;
    said(Evidence::Key, "anna", "crm_id:1")(Evidence::Key, "crm_id:1", "member:4");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna crm_id:1 member:4");
    said(Evidence::Apart, "anna", "member:4");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna");
    EXPECT_EQ(names_of(identities, "member:4"), "member:4");
}

TEST(Identities, AliasOfAVerifiedIdIsASuggestionWhateverComesFirst) {
    Said one;
    one.verified("anna")(Evidence::Alias, "anna", "bert");
    Said other;
    other(Evidence::Alias, "anna", "bert").verified("anna");
    for (const Said& said : {one, other}) {
        Identities identities;
        identities.take(std::span(said.rows()).first(1));
        identities.take(said.rows());
        EXPECT_EQ(names_of(identities, "anna"), "anna");
        EXPECT_EQ(identities.suggestions(10).size(), 1U);
    }
}

TEST(Identities, TheLastWordStandsAgainstAllEvidence) {
    Identities identities;
    Said said;
    said(Evidence::SameMessage, "cookie", "anna")(Evidence::Apart, "cookie", "anna");
    said(Evidence::Alias, "cookie", "anna");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna");
    EXPECT_EQ(state_of(identities, 1), "apart");
    said(Evidence::Person, "cookie", "anna");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna cookie");
    EXPECT_EQ(identities.link(1)->evidence.size(), 2U);
    EXPECT_TRUE(identities.link(1)->is_word);
}

TEST(Identities, AWordThatIsTakenBackLeavesEverythingAsItWas) {
    Identities identities;
    Said said;
    said(Evidence::SameMessage, "cookie", "anna")(Evidence::SameMessage, "cookie", "bert");
    said(Evidence::Person, "cookie", "bert");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "bert"), "bert cookie");
    said(Evidence::Retracted, "bert", "cookie");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "cookie"), "cookie");
    EXPECT_EQ(state_of(identities, 2), "ambiguous");
    said(Evidence::Person, "anna", "bert")(Evidence::Retracted, "anna", "bert");
    identities.take(said.rows());
    EXPECT_EQ(state_of(identities, 5), "undone");
    EXPECT_EQ(names_of(identities, "anna"), "anna");
}

TEST(Identities, TakingAWordBackLeavesTheOneOfBefore) {
    Identities identities;
    Said said;
    said(Evidence::Apart, "cookie", "anna")(Evidence::Person, "cookie", "anna");
    said(Evidence::Person, "anna", "cookie");
    identities.take(said.rows());
    EXPECT_EQ(state_of(identities, 1), "joined");
    for (const char* before : {"apart", "undone", "undone"}) {
        said(Evidence::Retracted, "cookie", "anna");
        identities.take(said.rows());
        EXPECT_EQ(state_of(identities, 1), before);
    }
}

TEST(Identities, WhoWasSetApartDoesNotComeBackThroughAnAddress) {
    Identities identities;
    Said said;
    said(Evidence::SameMessage, "cookie", "anna")(Evidence::Email, "anna", "a@example.com");
    said(Evidence::Email, "cookie", "a@example.com")(Evidence::Apart, "anna", "cookie");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "anna"), "anna a@example.com");
    EXPECT_EQ(names_of(identities, "cookie"), "cookie");
}

TEST(Identities, WhatManyShareSaysNothing) {
    Identities identities;
    Said said;
    for (std::size_t i = 0; i <= names_per_identity_max; ++i) {
        EXPECT_EQ(names_of(identities, "office@example.com"),
                  i == 0   ? "office@example.com"
                  : i == 1 ? "user-0 office@example.com"
                           : "office@example.com");
        said.verified("user-" + std::to_string(i));
        said(Evidence::Email, "user-" + std::to_string(i), "office@example.com");
        identities.take(said.rows());
    }
    EXPECT_EQ(state_of(identities, 2), "shared");
    EXPECT_THAT(identities.suggestions(10), IsEmpty());
    // One that is verified may have any number of devices.
    for (int i = 0; i < 100; ++i) {
        said(Evidence::SameMessage, "cookie-" + std::to_string(i), "anna");
    }
    identities.take(said.rows());
    EXPECT_EQ(identities.names_of(CustomerName("anna")).size(), 101U);
}

/// Of one name that a page sends for all who have not signed in.
Said guests(std::size_t cookies) {
    Said said;
    for (std::size_t i = 0; i < cookies; ++i) {
        said(Evidence::SameMessage, "cookie-" + std::to_string(i), "guest");
    }
    return said;
}

TEST(Identities, AnIdThatTooManyShareSaysNothing) {
    Identities identities;
    Said said = guests(names_per_firm_name_max);
    identities.take(said.rows());
    EXPECT_EQ(identities.names_of(CustomerName("guest")).size(), names_per_firm_name_max + 1);
    said(Evidence::SameMessage, "one-more", "guest");
    identities.take(said.rows());
    for (const char* name : {"guest", "cookie-0", "one-more"}) {
        EXPECT_EQ(names_of(identities, name), name);
    }
    EXPECT_EQ(state_of(identities, 1), "shared");
    // Whom somebody says to be the guest is.
    said(Evidence::Person, "cookie-7", "guest")(Evidence::Email, "cookie-7", "a@example.com");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "guest"), "guest a@example.com cookie-7");
    said(Evidence::Retracted, "cookie-7", "guest")(Evidence::SameMessage, "cookie-8", "anna");
    identities.take(said.rows());
    EXPECT_EQ(names_of(identities, "guest"), "guest");
    EXPECT_EQ(names_of(identities, "anna"), "anna cookie-8");
    EXPECT_THAT(identities.suggestions(10), IsEmpty());
}

/// News of a name that says nothing cost the same however many share it: else this takes minutes.
TEST(Identities, NewsOfANameThatManyShareCostNoMoreForThat) {
    const Said said = guests(200'000);
    Identities identities;
    for (std::size_t upto = 10; upto <= said.rows().size(); upto += 10) {
        identities.take(std::span(said.rows()).subspan(upto - 10, 10));
    }
    EXPECT_EQ(names_of(identities, "guest"), "guest");
}

/// One loose customer of very many names, with as many open links that suggest nothing: looked at
/// once, not once for each.
TEST(Identities, SuggestionsLookAtACustomerOnce) {
    Said said;
    constexpr int count = 6000;
    said.verified("anna").verified("bert");
    const auto named = [](const char* what, int i) { return what + std::to_string(i); };
    for (int i = 0; i < count; ++i) {
        const std::string address = named("", i) + "@example.com";
        const std::string shared = named("both-", i / 40) + "@example.com";
        said(Evidence::Email, named("cookie-", i), address);
        said(Evidence::Email, named("cookie-", i + 1), address);
        said(Evidence::Email, named("cookie-", i), shared);
        said(Evidence::Anonymous, named("cookie-", i), named("cookie-", i));
        if (i % 40 == 0) {
            said(Evidence::Email, "anna", shared)(Evidence::Email, "bert", shared);
        }
    }
    said(Evidence::Anonymous, named("cookie-", count), named("cookie-", count));
    said(Evidence::Apart, "anna", "bert");
    Identities identities;
    identities.take(said.rows());
    EXPECT_THAT(identities.suggestions(10), IsEmpty());
}

/// Keys of customers and of each other alone: chains of firm names.
Said draw_keys() {
    const std::vector<std::string> keys = {
        "anna", "bert", "crm:1", "crm:2", "card:1", "card:2", "m:1"};
    const auto any = [&] { return keys[*rc::gen::inRange<std::size_t>(0, keys.size())]; };
    Said said;
    for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
        const std::string name = any();
        const std::string other = keys[*rc::gen::inRange<std::size_t>(2, keys.size())];
        if (name != other) {
            said(Evidence::Key, name, other);
        }
    }
    return said;
}

/// Few names, so that much is said of each.
Said draw() {
    const std::vector<std::string> names = {"anna",
                                            "bert",
                                            "cookie-1",
                                            "cookie-2",
                                            "a@example.com",
                                            "b@example.com",
                                            "+358401234567",
                                            "crm_id:1",
                                            "crm_id:2",
                                            "loyalty:1",
                                            "loyalty:2"};
    const auto any = [&] { return names[*rc::gen::inRange<std::size_t>(0, names.size())]; };
    Said said;
    for (int i = *rc::gen::inRange(0, 14); i > 0; --i) {
        const std::string name = any();
        const std::string other = any();
        if (name == other) {
            said.verified(name);
        } else {
            const auto evidence = *rc::gen::element(Evidence::SameMessage,
                                                    Evidence::Alias,
                                                    Evidence::Email,
                                                    Evidence::Key,
                                                    Evidence::Person,
                                                    Evidence::Apart,
                                                    Evidence::Retracted);
            said(evidence, name, other);
        }
    }
    return said;
}

std::map<std::string, std::string> customers_of(const Identities& identities, const Said& said) {
    std::map<std::string, std::string> customers;
    for (const Asserted& row : said.rows()) {
        for (const CustomerName& name : {row.assertion.name, row.assertion.other}) {
            customers[name.value()] = names_of(identities, name.value());
        }
    }
    return customers;
}

RC_GTEST_PROP(Identities, NoOrderAndNoBatchesMatter, ()) {
    const Said said = *rc::gen::arbitrary<bool>() ? draw() : draw_keys();
    Identities at_once;
    at_once.take(said.rows());
    // Words of people keep their order among themselves; all else comes as it likes.
    std::vector<Asserted> words, others;
    for (const Asserted& row : said.rows()) {
        (encounter::is_word(row.assertion.evidence) ? words : others).push_back(row);
    }
    Said mixed;
    while (!words.empty() || !others.empty()) {
        const bool word = others.empty() || (!words.empty() && *rc::gen::arbitrary<bool>());
        auto& from = word ? words : others;
        const std::size_t at = word ? 0 : *rc::gen::inRange<std::size_t>(0, from.size());
        mixed(from[at].assertion.evidence,
              from[at].assertion.name.value(),
              from[at].assertion.other.value());
        from.erase(from.begin() + static_cast<std::ptrdiff_t>(at));
    }
    Identities later;
    for (std::size_t upto = 0; upto < mixed.rows().size();) {
        upto += *rc::gen::inRange<std::size_t>(1, 5);
        later.take(std::span(mixed.rows()).first(std::min(upto, mixed.rows().size())));
    }
    RC_ASSERT(customers_of(later, said) == customers_of(at_once, said));
}

RC_GTEST_PROP(Identities, WhoMovedIsToldAndNoTwoVerifiedIdsAreOneWithoutAWord, ()) {
    const Said said = *rc::gen::arbitrary<bool>() ? draw() : draw_keys();
    Identities identities;
    std::map<std::string, std::string> before = customers_of(identities, said);
    bool is_word = false;
    for (std::size_t i = 1; i <= said.rows().size(); ++i) {
        identities.take(std::span(said.rows()).first(i));
        is_word = is_word || encounter::is_word(said.rows()[i - 1].assertion.evidence);
        const auto moved = identities.take_moved();
        const auto now = customers_of(identities, said);
        for (const auto& [name, names] : now) {
            const std::string customer = names.substr(0, names.find(' '));
            const std::string former = before[name].substr(0, before[name].find(' '));
            if (names != before[name] && customer != former) {
                RC_ASSERT(std::ranges::count(moved, CustomerName(customer)) == 1);
                RC_ASSERT(std::ranges::count(moved, CustomerName(former)) == 1);
            }
            std::map<std::string, int> firm;
            for (const Identity& one : identities.names_of(CustomerName(name))) {
                const std::string& text = one.name.value();
                const std::string family =
                    one.kind == Kind::Key ? text.substr(0, text.find(':')) : "";
                firm[is_firm(one.kind) ? family : text] += 1;
            }
            for (const auto& [family, count] : firm) {
                RC_ASSERT(is_word || count == 1);
            }
        }
        before = now;
    }
}

}  // namespace
}  // namespace kokemus::identity
