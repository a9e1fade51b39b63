#include "driver/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/duration_text.h"
#include "question/format.h"

namespace kokemus::driver {
namespace {

using question::FactorOf;

std::string any_of(const std::vector<std::string>& touchpoints) {
    std::vector<std::string> quotes;
    for (const std::string& touchpoint : touchpoints) {
        quotes.push_back(question::quoted(touchpoint));
    }
    return fmt::format("{}", fmt::join(quotes, " or "));
}

}  // namespace

std::string words_of(const question::Factor& factor) {
    switch (factor.of) {
        case FactorOf::Count: return "encounters at " + any_of(factor.touchpoints);
        case FactorOf::If: return "whether " + question::format(factor.condition);
        case FactorOf::Encounters: return "number of encounters";
        case FactorOf::Lasts: return "hours from the first to the last encounter";
        case FactorOf::Wait:
            return fmt::format(
                "hours from {} to {}", any_of(factor.touchpoints), any_of(factor.to));
        case FactorOf::Late: return "days late with " + question::quoted(factor.name);
        case FactorOf::Early: return "days early with " + question::quoted(factor.name);
        case FactorOf::Switches:
            return factor.forced ? "times pushed on from a machine to a person"
                                 : "changes of channel";
        case FactorOf::Repeats: return "contacts made again within " + duration_text(factor.within);
        case FactorOf::Distinct: return "number of different values of " + factor.field->name;
        case FactorOf::Duration: return "minutes that it took the customer";
        case FactorOf::Value: return "sum of the values";
        case FactorOf::Mean:
            return fmt::format(
                "mean answer on {}{}",
                factor.name,
                factor.touchpoints.empty() ? "" : " at " + any_of(factor.touchpoints));
        case FactorOf::Number:
        case FactorOf::Category: return factor.field->name;
        case FactorOf::Metric: return factor.name;
        case FactorOf::Experienced: break;
    }
    return "experience";
}

std::string measured_in(const question::Factor& factor) {
    switch (factor.of) {
        case FactorOf::Lasts:
        case FactorOf::Wait: return "hours";
        case FactorOf::Late:
        case FactorOf::Early: return "days";
        case FactorOf::Duration: return "minutes";
        default: return "";
    }
}

}  // namespace kokemus::driver
