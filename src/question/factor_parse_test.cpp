#include "question/factor_parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "blueprint/blueprint_read.h"
#include "question/any_factor_test.h"
#include "question/format.h"
#include "question/parse.h"

namespace kokemus::question {
namespace {

using testing::HasSubstr;

const blueprint::Blueprint& shop() {
    return any_factor_blueprint();
}

std::string fault_of(std::string_view text) {
    const auto factors = parse_factors(text, shop());
    return factors ? "none" : factors.error().message;
}

std::string outcome_fault(std::string_view text) {
    const auto outcome = parse_outcome(text, shop());
    return outcome ? "none" : outcome.error().message;
}

FactorOf kind_of(std::string_view text) {
    const auto factors = parse_factors(text, shop());
    EXPECT_TRUE(factors.has_value()) << (factors ? "" : factors.error().message);
    return factors ? factors->at(0).of : FactorOf::Value;
}

TEST(Factors, NothingIsNone) {
    EXPECT_TRUE(parse_factors("  ", shop())->empty());
}

TEST(Factors, ReadBackEqual) {
    const bool held = rc::check("parse(format(f)) == f", [] {
        const Factor factor = any_factor();
        const std::string text = format(factor);
        RC_LOG(text);
        const auto again = parse_factors(text, shop());
        RC_LOG(again ? std::string() : again.error().message);
        RC_ASSERT(again.has_value());
        RC_ASSERT(*again == std::vector<Factor>{factor});
        if (!factor.is_category()) {
            const auto outcome = parse_outcome(format_outcome(factor), shop());
            RC_ASSERT(outcome.has_value());
            RC_ASSERT(*outcome == factor);
        }
    });
    EXPECT_TRUE(held);
}

TEST(Factors, AWordIsAFieldWhereNothingFollowsThatAFactorNeeds) {
    EXPECT_EQ(kind_of("late"), FactorOf::Category) << "a dimension of that name";
    EXPECT_EQ(kind_of("late, channel"), FactorOf::Category);
    EXPECT_EQ(kind_of("late 'on time'"), FactorOf::Late);
    EXPECT_EQ(kind_of("nps"), FactorOf::Metric);
    EXPECT_EQ(kind_of("'nps'"), FactorOf::Metric);
    EXPECT_EQ(kind_of("LASTS"), FactorOf::Lasts);
}

TEST(Factors, AnOutcomeIsAMetricBeforeItIsAField) {
    EXPECT_EQ(parse_outcome("score", shop())->of, FactorOf::Metric);
    EXPECT_EQ(format_outcome(*parse_outcome("nps", shop())), "nps");
    EXPECT_EQ(format_outcome(*parse_outcome("'calls, answered'", shop())), "'calls, answered'");
    EXPECT_EQ(parse_outcome("experience", shop())->of, FactorOf::Experienced);
    EXPECT_THAT(outcome_fault("region"), HasSubstr("is a field; what is to be explained"));
    EXPECT_THAT(outcome_fault("nsp"), HasSubstr("did you mean \"nps\"?"));
    EXPECT_THAT(outcome_fault(""), HasSubstr("a metric such as nps"));
}

TEST(Factors, FaultsArePointedAt) {
    EXPECT_THAT(fault_of("cuont 'a'"), HasSubstr("column 1: \"cuont\" is neither"));
    EXPECT_THAT(fault_of("late 'on tme'"), HasSubstr("column 6: the blueprint has no promise"));
    EXPECT_THAT(fault_of("wait 'a' 'b'"), HasSubstr("expected \"->\""));
    EXPECT_THAT(fault_of("if (score <= 6)"), HasSubstr("write has (...) around conditions"));
    EXPECT_THAT(fault_of("mean nsp"), HasSubstr("no scale \"nsp\"; did you mean \"nps\"?"));
    EXPECT_THAT(fault_of("number channel"), HasSubstr("channel is no dimension"));
    EXPECT_THAT(fault_of("number plan 1 missing"), HasSubstr("write 0 missing"));
    EXPECT_THAT(fault_of("distinct plan"), HasSubstr("the same for all encounters of a customer"));
    EXPECT_THAT(fault_of("distinct score"), HasSubstr("score is a number"));
    EXPECT_THAT(fault_of("customer"), HasSubstr("customer groups no units"));
    EXPECT_THAT(fault_of("lasts, lasts"), HasSubstr("column 8: this factor stands twice"));
    EXPECT_THAT(fault_of("lasts encounters"), HasSubstr("a comma and the next factor"));
    std::string many = "count '0'";
    for (std::size_t i = 1; i <= factors_max; ++i) {
        many += ", count '" + std::to_string(i) + "'";
    }
    EXPECT_THAT(fault_of(many), HasSubstr("more than 40 factors"));
}

}  // namespace
}  // namespace kokemus::question
