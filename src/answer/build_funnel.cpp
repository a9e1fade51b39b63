#include <algorithm>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "question/drill.h"
#include "question/format.h"
#include "stats/wilson.h"

namespace kokemus::answer {
namespace {

using Steps = std::vector<question::FunnelStep>;

/// A step in words: its touchpoints, "a or b".
std::string step_words(const question::FunnelStep& step) {
    std::string words;
    for (const std::string& touchpoint : step.touchpoints) {
        words += (words.empty() ? "" : " or ") + touchpoint;
    }
    return words;
}

std::uint64_t lost_after(const Steps& steps, std::size_t index) {
    if (index + 1 >= steps.size()) {
        return 0;
    }
    return steps[index].units - std::min(steps[index].units, steps[index + 1].units);
}

/// The step after which clearly more are lost than after any other: of those lost after this step
/// or the next worst, more than half were lost here, beyond chance for all comparisons at once.
std::optional<std::size_t> largest_loss(const Steps& steps) {
    std::size_t worst = 0;
    for (std::size_t i = 1; i + 1 < steps.size(); ++i) {
        if (lost_after(steps, i) > lost_after(steps, worst)) {
            worst = i;
        }
    }
    std::uint64_t next = 0;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        if (i != worst) {
            next = std::max(next, lost_after(steps, i));
        }
    }
    const std::uint64_t here = lost_after(steps, worst);
    const double confidence = simultaneous(steps.size() - 2);
    if (here + next < metric::usual_minimum ||
        stats::wilson(here, here + next, confidence).low <= 0.5) {
        return std::nullopt;
    }
    return worst;
}

Finding find(const question::FunnelCounts& counts, const question::Question& question) {
    const Steps& steps = counts.steps;
    if (counts.population.encounters == 0 || steps.empty() || steps.front().units == 0) {
        return nothing_found();
    }
    const Value through = metric::share(steps.back().units, steps.front().units, "share 1");
    if (!through.enough()) {
        return not_enough_found(through);
    }
    if (steps.size() < 3) {
        return FindingMaker("funnel.passes")
            .text("from", step_words(steps.front()))
            .text("to", step_words(steps.back()))
            .estimate("", through)
            .done();
    }
    if (steps.back().units == steps.front().units) {
        return FindingMaker("funnel.none_lost").done();
    }
    const auto worst = largest_loss(steps);
    if (!worst) {
        return FindingMaker("funnel.no_worst").estimate("", through).done();
    }
    return FindingMaker("funnel.largest_loss")
        .text("from", step_words(steps[*worst]))
        .text("to", step_words(steps[*worst + 1]))
        .count("step", *worst + 1)
        .count("lost", lost_after(steps, *worst))
        .count("start", steps.front().units)
        .estimate("", through)
        .words("units", std::string(units_word(question.per)))
        .done();
}

std::vector<std::pair<std::string, std::uint64_t>> most_first(
    const std::map<std::string, std::uint64_t>& instead) {
    std::vector<std::pair<std::string, std::uint64_t>> sorted(instead.begin(), instead.end());
    std::ranges::stable_sort(sorted,
                             [](const auto& a, const auto& b) { return a.second > b.second; });
    return sorted;
}

}  // namespace

Result<Built> build_funnel(const Asked& asked) {
    const question::FunnelCounts counts = TRY(asked.engine.funnel(asked.question));
    Funnel funnel;
    funnel.within = asked.question.within;
    for (std::size_t i = 0; i < counts.steps.size(); ++i) {
        const question::FunnelStep& counted = counts.steps[i];
        const std::uint64_t previous = counts.steps[i == 0 ? 0 : i - 1].units;
        FunnelStep step;
        step.touchpoints = counted.touchpoints;
        step.units = counted.units;
        step.customers = counted.customers;
        step.share = metric::share(counted.units, counts.steps.front().units, "share 1");
        step.from_previous = metric::share(counted.units, previous, "share 1");
        step.seconds = seconds_of(counted.milliseconds, counted.seconds_sum);
        step.lost = lost_after(counts.steps, i);
        step.drill = question::format(question::drill_step(asked.question, i + 1));
        if (i + 1 < counts.steps.size()) {
            step.instead = most_first(counted.instead);
            step.lost_drill = question::format(question::drill_lost(asked.question, i + 1));
        }
        funnel.steps.push_back(std::move(step));
    }
    Headline headline{Headline::Part{}, true, "the share that gets through"};
    if (!counts.steps.empty()) {
        headline.counted = Headline::Part{counts.steps.back().units, counts.steps.front().units};
    }
    return Built{
        counts.population, std::move(funnel), find(counts, asked.question), std::move(headline)};
}

}  // namespace kokemus::answer
