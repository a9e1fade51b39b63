#include "answer/customer_finding.h"

#include <gtest/gtest.h>

namespace kokemus::answer {
namespace {

using question::PromiseOutcome;

promise::Outcome outcome(std::string promise, PromiseOutcome how, int due_day) {
    return {std::move(promise), 0, Instant(std::chrono::hours(24 * due_day)), how, std::nullopt};
}

std::string text(const std::vector<promise::Outcome>& outcomes, std::uint64_t encounters = 5) {
    return find(outcomes, std::nullopt, encounters).text;
}

TEST(CustomerFinding, says_how_much_is_known_without_promises) {
    EXPECT_EQ(text({}, 0), "No encounter matches.");
    EXPECT_EQ(text({}, 1), "1 encounter.");
}

TEST(CustomerFinding, says_how_promises_went) {
    EXPECT_EQ(text({outcome("visit", PromiseOutcome::Kept, 1)}), "The one promise made was kept.");
    EXPECT_EQ(
        text({outcome("visit", PromiseOutcome::Kept, 1), outcome("bill", PromiseOutcome::Kept, 2)}),
        "All 2 promises were kept.");
    EXPECT_EQ(text({outcome("visit", PromiseOutcome::Late, 1),
                    outcome("bill", PromiseOutcome::Broken, 2)}),
              "0 of 2 promises were kept; 1 came late; 1 broke.");
}

TEST(CustomerFinding, what_is_owed_next_comes_first) {
    const std::vector<promise::Outcome> outcomes = {outcome("bill", PromiseOutcome::Open, 9),
                                                    outcome("visit", PromiseOutcome::AtRisk, 3),
                                                    outcome("router", PromiseOutcome::Broken, 1)};
    EXPECT_EQ(text(outcomes), "visit is still owed, due 1970-01-04, and 1 promise besides.");
}

TEST(CustomerFinding, ends_with_what_was_said_last) {
    const Finding finding =
        find({}, LastSaid{-1.04, "Router returned", Instant(std::chrono::hours(24))}, 5);
    EXPECT_EQ(finding.text, "5 encounters. Last said: −1.0 at Router returned, 1970-01-02.");
}

}  // namespace
}  // namespace kokemus::answer
