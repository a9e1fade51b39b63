#include "consent/consent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kokemus::consent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Instant day(int days) {
    return Instant(std::chrono::hours(24 * (20'000 + days)));
}

TEST(Consent, states_are_read_as_others_write_them) {
    for (const char* yes : {"granted", "GRANTED", "true", "Yes"}) {
        EXPECT_EQ(read_state(yes).value(), State::Granted) << yes;
    }
    for (const char* no : {"refused", "DENIED", "false", "no"}) {
        EXPECT_EQ(read_state(no).value(), State::Refused) << no;
    }
    EXPECT_EQ(read_state("REVOKED").value(), State::Withdrawn);
    EXPECT_THAT(read_state("perhaps").error().message, HasSubstr("granted, refused or withdrawn"));
    for (const State state : {State::Granted, State::Refused, State::Withdrawn}) {
        EXPECT_EQ(read_state(name_of(state)).value(), state);
    }
    for (const std::string_view word : words_of_no()) {
        EXPECT_NE(read_state(word).value(), State::Granted) << word;
    }
}

TEST(Consent, purposes_are_plain_names) {
    EXPECT_TRUE(check_purpose("contact"));
    EXPECT_TRUE(check_purpose("C0001"));
    for (const char* wrong : {"", "a b", "a.b", "ä"}) {
        EXPECT_FALSE(check_purpose(wrong)) << wrong;
    }
    EXPECT_FALSE(check_purpose(std::string(65, 'a')));
}

bool refuses(const Traits& traits, std::string_view purpose) {
    const auto said = consent_in(traits, purpose);
    return said && !said->is_given();
}

TEST(Consent, who_was_not_asked_has_not_refused) {
    EXPECT_FALSE(refuses({}, "contact"));
    EXPECT_FALSE(refuses({{"consent.contact", "granted"}}, "contact"));
    EXPECT_FALSE(refuses({{"consent.analysis", "refused"}}, "contact"));
    EXPECT_TRUE(refuses({{"consent.contact", "refused"}}, "contact"));
    EXPECT_TRUE(refuses({{"consent.contact", "withdrawn"}}, "contact"));
    EXPECT_TRUE(refuses({{"consent.contact", "false"}}, "contact"));
    EXPECT_FALSE(refuses({{"consent.contact", "perhaps"}}, "contact"));
}

TEST(Consent, a_word_that_cannot_be_read_is_a_fault) {
    EXPECT_EQ(fault_of("consent.contact", "No"), "");
    EXPECT_EQ(fault_of("consent.contact", ""), "");
    EXPECT_EQ(fault_of("consent.contact.wording", "perhaps"), "");
    EXPECT_EQ(fault_of("consent.a b", "perhaps"), "") << "names no purpose";
    EXPECT_EQ(fault_of("plan", "perhaps"), "");
    EXPECT_THAT(fault_of("consent.contact", "perhaps"), HasSubstr("granted, refused or withdrawn"));
    EXPECT_THAT(fault_of("consent.contact.at", "soon"), HasSubstr("2026-03-01T12:00:00Z"));
}

TEST(Consent, is_kept_in_one_spelling_with_its_time) {
    const std::string first = format_instant(day(1));
    const Traits refused{{"consent.contact", "refused"},
                         {"consent.contact.at", first},
                         {"consent.contact.wording", ""},
                         {"plan", "gold"}};
    EXPECT_EQ(as_kept({{"consent.contact", "No"}, {"plan", "gold"}}, {}, day(1)), refused);
    const Traits same{{"consent.contact", "false"}};
    EXPECT_THAT(as_kept(same, refused, day(2)), IsEmpty()) << "the name said so before";
    const Traits removed = as_kept({{"consent.contact", ""}}, refused, day(2));
    EXPECT_EQ(removed.at("consent.contact"), "withdrawn");
    EXPECT_EQ(removed.at("consent.contact.at"), format_instant(day(2)));
    EXPECT_THAT(as_kept({{"consent.contact", ""}}, {}, day(2)), IsEmpty()) << "of one not asked";
}

TEST(Consent, an_older_word_does_not_count_and_a_clock_put_back_makes_none_older) {
    const Traits granted = as_kept({{"consent.contact", "yes"}}, {}, day(5));
    const Traits older{{"consent.contact", "no"}, {"consent.contact.at", format_instant(day(4))}};
    EXPECT_THAT(as_kept(older, granted, day(9)), IsEmpty());
    const Traits now = as_kept({{"consent.contact", "no"}}, granted, day(3));
    EXPECT_EQ(now.at("consent.contact"), "refused");
    EXPECT_GT(consent_in(now, "contact")->at, day(5));
    const Traits ahead{{"consent.contact", "no"}, {"consent.contact.at", format_instant(day(99))}};
    EXPECT_EQ(consent_in(as_kept(ahead, granted, day(9)), "contact")->at, day(9));
}

TEST(Consent, of_all_names_the_newest_word_is_the_customers) {
    const Traits user = as_kept({{"consent.analysis", "true"}, {"plan", "gold"}}, {}, day(1));
    const Traits cookie = as_kept({{"consent.analysis", "false"}}, {}, day(2));
    const std::vector<const Traits*> both{&user, &cookie};
    Traits whole = user;
    settle(whole, both);
    EXPECT_EQ(whole.at("consent.analysis"), "refused");
    EXPECT_EQ(whole.at("plan"), "gold");
    const Traits again = as_kept({{"consent.analysis", ""}}, cookie, day(3));
    const Traits later = as_kept({{"consent.analysis", "opt-in"}}, user, day(4));
    EXPECT_THAT(later, IsEmpty()) << "what the name says already";
    const std::vector<const Traits*> then{&user, &again};
    settle(whole, then);
    EXPECT_EQ(whole.at("consent.analysis"), "withdrawn");
    const Traits unknown_times{{"consent.analysis", "granted"}};
    const Traits as_old{{"consent.analysis", "Denied"}};
    const std::vector<const Traits*> of_before{&unknown_times, &as_old};
    settle(whole, of_before);
    EXPECT_EQ(whole.at("consent.analysis"), "refused") << "of two as old the no";
    EXPECT_FALSE(whole.contains("consent.analysis.at"));
}

TEST(Consent, history_has_each_time_something_was_told) {
    const Consent granted{"contact", State::Granted, "2026-03", "key:k1", day(1)};
    const Consent withdrawn{"contact", State::Withdrawn, "", "anna", day(3)};
    const std::vector<Told> told{
        {"a", day(1), "key:k1", traits_of(granted)},
        {"a", day(2), "key:k1", {{"plan", "gold"}, {"consent.", "x"}, {"consent.a.b", "x"}}},
        {"a", day(3), "anna", traits_of(withdrawn)}};
    const auto history = history_of(told);
    EXPECT_THAT(history, ElementsAre(withdrawn, granted));
    EXPECT_THAT(present_of(history), ElementsAre(withdrawn));
    EXPECT_THAT(history_of({}), IsEmpty());
    EXPECT_THAT(present_of({}), IsEmpty());
}

TEST(Consent, a_wording_that_changes_alone_is_told_of_the_same_state) {
    const std::vector<Told> told{
        {"a", day(1), "s", {{"consent.contact", "granted"}, {"consent.contact.wording", "1"}}},
        {"a", day(2), "s", {{"consent.contact.wording", "2"}}},
        {"a", day(3), "s", {{"consent.other.wording", "1"}}}};
    const auto history = history_of(told);
    ASSERT_EQ(history.size(), 2U) << "a wording without a state says nothing";
    EXPECT_EQ(history[0].wording, "2");
    EXPECT_EQ(history[0].state, State::Granted);
    EXPECT_EQ(history[1].wording, "1");
}

TEST(Consent, of_several_names_the_newest_holds) {
    const std::vector<Told> told{{"cookie", day(1), "s", {{"consent.contact", "granted"}}},
                                 {"anna", day(2), "s", {{"consent.contact", "refused"}}},
                                 {"cookie", day(3), "s", {{"consent.analysis", "granted"}}}};
    const auto present = present_of(history_of(told));
    ASSERT_EQ(present.size(), 2U);
    EXPECT_EQ(present[0].purpose, "analysis");
    EXPECT_EQ(present[1].state, State::Refused);
    const std::vector<Told> removed{{"a", day(1), "s", {{"consent.contact", "granted"}}},
                                    {"a", day(2), "s", {{"consent.contact", ""}}}};
    EXPECT_EQ(present_of(history_of(removed)).front().state, State::Withdrawn);
}

}  // namespace
}  // namespace kokemus::consent
