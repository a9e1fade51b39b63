#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/duration_text.h"
#include "question/format.h"
#include "question/token_reader.h"

namespace kokemus::question {
namespace {

std::string step_text(const std::vector<std::string>& touchpoints) {
    std::vector<std::string> quotes;
    for (const std::string& touchpoint : touchpoints) {
        quotes.push_back(quoted(touchpoint));
    }
    return fmt::format("{}", fmt::join(quotes, " | "));
}

}  // namespace

std::string format(const Factor& factor) {
    const std::string word(word_of(factor_words(), factor.of));
    switch (factor.of) {
        case FactorOf::Count: return word + " " + step_text(factor.touchpoints);
        case FactorOf::If: return fmt::format("if ({})", format(factor.condition));
        case FactorOf::Wait:
            return fmt::format(
                "wait {} -> {}", step_text(factor.touchpoints), step_text(factor.to));
        case FactorOf::Late:
        case FactorOf::Early: return word + " " + quoted(factor.name);
        case FactorOf::Switches: return factor.forced ? "switches forced" : word;
        case FactorOf::Repeats:
            return factor.within == Repeats{}.within
                       ? word
                       : fmt::format("repeats within {}", duration_text(factor.within));
        case FactorOf::Distinct: return word + " " + factor.field->name;
        case FactorOf::Mean:
            return fmt::format(
                "mean {}{}",
                spelled(factor.name),
                factor.touchpoints.empty() ? "" : " at " + step_text(factor.touchpoints));
        case FactorOf::Number:
            return fmt::format(
                "number {}{}", factor.field->name, factor.zero_missing ? " 0 missing" : "");
        case FactorOf::Category: return factor.field->name;
        case FactorOf::Metric: return quoted(factor.name);
        case FactorOf::Encounters:
        case FactorOf::Lasts:
        case FactorOf::Duration:
        case FactorOf::Value:
        case FactorOf::Experienced: break;
    }
    return word;
}

std::string format_outcome(const Factor& outcome) {
    const std::string& name = outcome.name;
    const bool plain =
        outcome.of == FactorOf::Metric && !name.empty() && !is_keyword(name) &&
        std::ranges::all_of(
            name, [](char letter) { return (letter >= 'a' && letter <= 'z') || letter == '_'; }) &&
        std::ranges::find(factor_words(), name, &Word<FactorOf>::text) == factor_words().end();
    return plain ? name : format(outcome);
}

}  // namespace kokemus::question
