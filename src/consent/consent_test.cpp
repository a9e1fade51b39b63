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

TEST(Consent, who_was_not_asked_has_not_refused) {
    EXPECT_FALSE(refuses({}, "contact"));
    EXPECT_FALSE(refuses({{"consent.contact", "granted"}}, "contact"));
    EXPECT_FALSE(refuses({{"consent.analysis", "refused"}}, "contact"));
    EXPECT_TRUE(refuses({{"consent.contact", "refused"}}, "contact"));
    EXPECT_TRUE(refuses({{"consent.contact", "withdrawn"}}, "contact"));
    EXPECT_TRUE(refuses({{"consent.contact", "false"}}, "contact"));
    EXPECT_FALSE(refuses({{"consent.contact", "perhaps"}}, "contact"));
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
