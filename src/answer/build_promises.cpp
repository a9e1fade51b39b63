#include <algorithm>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

using question::PromiseOutcome;

Value kept_rate(const promise::Standing& standing, double confidence) {
    return metric::share(standing.tally.kept, standing.decided(), "kept 1", confidence);
}

PromiseRow row_of(question::PromiseTally tally, const Asked& asked) {
    PromiseRow row;
    const blueprint::Promise* declared = asked.blueprint.promise(tally.promise);
    row.standing = promise::stand(std::move(tally), declared);
    row.kept_rate = metric::share_of(row.standing.kept_rate, "kept 1", metric::usual_minimum);
    row.after_kept = metric::experience(row.standing.tally.after_kept);
    row.after_late = metric::experience(row.standing.tally.after_late);
    row.after_broken = metric::experience(row.standing.tally.after_broken);
    const auto listing = [&](PromiseOutcome outcome) {
        return question::format(
            question::drill_promise(asked.question, row.standing.promise, outcome));
    };
    row.drill_kept = listing(PromiseOutcome::Kept);
    row.drill_late = listing(PromiseOutcome::Late);
    row.drill_broken = listing(PromiseOutcome::Broken);
    row.drill_open = listing(PromiseOutcome::Open);
    row.drill_at_risk = listing(PromiseOutcome::AtRisk);
    return row;
}

/// The promise furthest below its target, beyond chance for all targets at once.
const PromiseRow* furthest_below_target(const std::vector<PromiseRow>& rows) {
    const auto targets = static_cast<std::size_t>(std::ranges::count_if(
        rows, [](const auto& row) { return row.standing.target.has_value(); }));
    const PromiseRow* furthest = nullptr;
    double largest_gap = 0;
    for (const PromiseRow& row : rows) {
        const Value careful = kept_rate(row.standing, simultaneous(targets));
        if (metric::against_target(careful, row.standing.target, true) != metric::Verdict::Missed) {
            continue;
        }
        const double gap = *row.standing.target - careful.is.estimate;
        if (gap > largest_gap) {
            furthest = &row;
            largest_gap = gap;
        }
    }
    return furthest;
}

/// The promise kept least, if it is kept less than each other beyond chance for all at once.
const PromiseRow* clearly_least_kept(const std::vector<const PromiseRow*>& known) {
    const auto least = *std::ranges::min_element(
        known, {}, [](const PromiseRow* row) { return row->kept_rate.is.estimate; });
    const double confidence = simultaneous(known.size() - 1);
    const bool clear = std::ranges::all_of(known, [&](const PromiseRow* row) {
        return row == least || metric::change(kept_rate(least->standing, confidence),
                                              kept_rate(row->standing, confidence))
                                       ->interval.high < 0;
    });
    return clear ? least : nullptr;
}

bool all_targets_met(const std::vector<PromiseRow>& rows) {
    bool any = false;
    for (const PromiseRow& row : rows) {
        const auto verdict = metric::against_target(row.kept_rate, row.standing.target, true);
        if (verdict == metric::Verdict::NoTarget) {
            continue;
        }
        any = true;
        if (verdict != metric::Verdict::Met) {
            return false;
        }
    }
    return any;
}

Finding find_among(const std::vector<const PromiseRow*>& known) {
    if (known.size() == 1) {
        return FindingMaker("promises.one")
            .text("promise", known.front()->standing.promise)
            .estimate("", known.front()->kept_rate)
            .done();
    }
    const PromiseRow* least = clearly_least_kept(known);
    if (least == nullptr) {
        return FindingMaker("promises.no_worst").done();
    }
    const double broken = least->standing.broken_share.estimate;
    return FindingMaker("promises.least_kept")
        .text("promise", least->standing.promise)
        .estimate("", least->kept_rate)
        .value("broken", broken, percent_text(broken))
        .done();
}

Finding find(const question::Population& population, const std::vector<PromiseRow>& rows) {
    if (population.encounters == 0) {
        return nothing_found();
    }
    if (rows.empty()) {
        return FindingMaker("promises.none").done();
    }
    if (const PromiseRow* missed = furthest_below_target(rows)) {
        return FindingMaker("promises.missed")
            .text("promise", missed->standing.promise)
            .estimate("", missed->kept_rate)
            .value("target",
                   *missed->standing.target,
                   exact_text(*missed->standing.target, metric::Unit::Share))
            .done();
    }
    if (all_targets_met(rows)) {
        return FindingMaker("promises.met").done();
    }
    std::vector<const PromiseRow*> known;
    for (const PromiseRow& row : rows) {
        if (row.kept_rate.enough()) {
            known.push_back(&row);
        }
    }
    return known.empty() ? not_enough_found(rows.front().kept_rate) : find_among(known);
}

}  // namespace

Result<Built> build_promises(const Asked& asked) {
    question::PromiseCounts counts = TRY(asked.engine.promises(asked.question));
    Promises promises;
    promises.now = counts.now;
    Headline::Part kept;
    for (question::PromiseTally& tally : counts.promises) {
        kept.part += tally.kept;
        kept.n += tally.kept + tally.late + tally.broken;
        promises.rows.push_back(row_of(std::move(tally), asked));
    }
    Finding finding = find(counts.population, promises.rows);
    return Built{counts.population,
                 std::move(promises),
                 std::move(finding),
                 Headline{kept, true, "the share of promises kept"}};
}

}  // namespace kokemus::answer
