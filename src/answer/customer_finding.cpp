#include "answer/customer_finding.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/instant.h"
#include "base/text.h"

namespace kokemus::answer {

namespace {

using question::PromiseOutcome;

bool is_open(const promise::Outcome& outcome) {
    return outcome.outcome == PromiseOutcome::Open || outcome.outcome == PromiseOutcome::AtRisk;
}

std::uint64_t count(std::span<const promise::Outcome> outcomes, PromiseOutcome wanted) {
    return static_cast<std::uint64_t>(
        std::ranges::count(outcomes, wanted, &promise::Outcome::outcome));
}

Finding still_owed(std::span<const promise::Outcome> outcomes) {
    const promise::Outcome* next = nullptr;
    std::uint64_t open = 0;
    for (const promise::Outcome& outcome : outcomes) {
        if (is_open(outcome)) {
            ++open;
            next = next == nullptr || outcome.due < next->due ? &outcome : next;
        }
    }
    Finding finding;
    finding.id = "customer.owed";
    finding.values = {{"promise", next->promise}, {"due", format_day(next->due)}, {"open", open}};
    finding.text = fmt::format("{} is still owed, due {}", next->promise, format_day(next->due));
    finding.text +=
        open == 1 ? "."
                  : fmt::format(", and {} besides.", count_of(open - 1, "promise", "promises"));
    return finding;
}

Finding promises_so_far(std::span<const promise::Outcome> outcomes) {
    const std::uint64_t kept = count(outcomes, PromiseOutcome::Kept);
    const std::uint64_t late = count(outcomes, PromiseOutcome::Late);
    const std::uint64_t broken = count(outcomes, PromiseOutcome::Broken);
    const std::uint64_t all = kept + late + broken;
    Finding finding;
    finding.id = "customer.promises";
    finding.values = {{"kept", kept}, {"late", late}, {"broken", broken}};
    if (kept == all) {
        finding.text = all == 1 ? "The one promise made was kept."
                                : fmt::format("All {} promises were kept.", all);
        return finding;
    }
    finding.text =
        fmt::format("{} of {} kept", kept, count_of(all, "promise was", "promises were"));
    finding.text += late > 0 ? fmt::format("; {} came late", late) : "";
    finding.text += broken > 0 ? fmt::format("; {} broke", broken) : "";
    finding.text += ".";
    return finding;
}

}  // namespace

Finding find(std::span<const promise::Outcome> outcomes, const std::optional<LastSaid>& last_said,
             std::uint64_t encounters) {
    Finding finding{"timeline.count",
                    {{"total", encounters}},
                    count_of(encounters, "encounter", "encounters") + "."};
    if (encounters == 0) {
        finding = Finding{"nothing", {}, "No encounter matches."};
    } else if (std::ranges::any_of(outcomes, is_open)) {
        finding = still_owed(outcomes);
    } else if (!outcomes.empty()) {
        finding = promises_so_far(outcomes);
    }
    if (last_said) {
        finding.values.emplace_back("experience", last_said->experience);
        finding.values.emplace_back("touchpoint", last_said->touchpoint);
        const std::string sign = last_said->experience < 0   ? "−"
                                 : last_said->experience > 0 ? "+"
                                                             : "";
        finding.text += fmt::format(" Last said: {}{:.1f} at {}, {}.",
                                    sign,
                                    std::abs(last_said->experience),
                                    last_said->touchpoint,
                                    format_day(last_said->time));
    }
    return finding;
}

}  // namespace kokemus::answer
