#include <algorithm>
#include <cmath>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "question/drill.h"
#include "question/format.h"
#include "shape/contact_lift.h"
#include "shape/first_contact.h"
#include "stats/wilson.h"

namespace kokemus::answer {
namespace {

constexpr double chance = 1 - stats::usual_confidence;

Excess excess_of(const shape::Lift& lift) {
    return Excess{lift.attributable,
                  lift.attributable_interval,
                  lift.lift,
                  lift.risk_ratio,
                  lift.risk_ratio_interval,
                  lift.q_value,
                  lift.enough};
}

/// McNemar's comparison of those that differ; the odds by Wilson's interval of their share.
Crossover crossover_of(const question::CauseTally& tally) {
    Crossover crossover;
    crossover.before = tally.case_only;
    crossover.long_before = tally.control_only;
    const std::uint64_t differ = tally.case_only + tally.control_only;
    if (tally.case_only == 0 || tally.control_only == 0) {
        return crossover;
    }
    const auto before = static_cast<double>(tally.case_only);
    const auto long_before = static_cast<double>(tally.control_only);
    const stats::Interval share = stats::wilson(tally.case_only, differ);
    crossover.odds_ratio = before / long_before;
    crossover.interval = {share.low / (1 - share.low), share.high / (1 - share.high)};
    crossover.p_value = stats::chi_squared_above(
        (before - long_before) * (before - long_before) / (before + long_before), 1);
    return crossover;
}

/// Mean over the contacts whose touchpoint has a cost.
std::optional<double> cost_of(const std::vector<question::ContactsAt>& contacts,
                              const blueprint::Blueprint& blueprint) {
    double sum = 0;
    double n = 0;
    for (const question::ContactsAt& at : contacts) {
        const auto* touchpoint = blueprint.touchpoint(at.touchpoint);
        if (touchpoint != nullptr && touchpoint->cost) {
            sum += *touchpoint->cost * static_cast<double>(at.contacts);
            n += static_cast<double>(at.contacts);
        }
    }
    return n > 0 ? std::optional(sum / n) : std::nullopt;
}

std::vector<shape::Lift> lifts_of(const question::CauseCounts& counts,
                                  std::uint64_t question::CauseTally::*followed) {
    std::vector<shape::Followed> kinds;
    for (const question::CauseTally& tally : counts.causes) {
        kinds.push_back(shape::Followed{tally.events, tally.*followed});
    }
    return shape::contact_lift(kinds);
}

FirstContactRow first_contacts_of(std::int64_t days, const question::FirstContactTally& tally) {
    shape::FirstContacts contacts;
    contacts.firsts = tally.firsts;
    contacts.resolved = tally.resolved;
    return FirstContactRow{days,
                           tally,
                           metric::share_of(shape::resolution(contacts),
                                            "first contact resolution, whole windows 1",
                                            metric::usual_minimum)};
}

void add_cost(CauseRow& row, const std::optional<double>& per_contact) {
    if (per_contact) {
        row.cost = row.all.contacts * *per_contact;
        row.cost_interval = {row.all.interval.low * *per_contact,
                             row.all.interval.high * *per_contact};
    }
}

Finding find(const Causes& causes, const question::Population& population) {
    if (population.encounters == 0) {
        return nothing_found();
    }
    if (causes.contacts == 0) {
        return FindingMaker("causes.none").done();
    }
    const auto compared =
        std::ranges::any_of(causes.rows, [](const CauseRow& row) { return row.all.enough; });
    if (!compared) {
        return FindingMaker("causes.few").count("contacts", causes.contacts).done();
    }
    for (const CauseRow& row : causes.rows) {  // most excess first
        if (!row.all.beyond_chance() || row.all.interval.low <= 0) {
            continue;
        }
        const auto whole = [](double number) { return number_text(number, 0); };
        FindingMaker finding(row.cost ? "causes.costly" : "causes.most");
        finding.text("touchpoint", row.tally.touchpoint)
            .value("excess", row.all.contacts, whole(row.all.contacts))
            .value("low", row.all.interval.low, whole(row.all.interval.low))
            .value("high", row.all.interval.high, whole(row.all.interval.high))
            .count("followed", row.tally.followed)
            .count("events", row.tally.events)
            .count("contacts", causes.contacts);
        if (row.cost) {
            finding.value("cost", *row.cost, whole(*row.cost));
        }
        return finding.done();
    }
    return FindingMaker("causes.even").count("contacts", causes.contacts).done();
}

}  // namespace

bool Excess::beyond_chance() const {
    return enough && q_value <= chance && (interval.low > 0 || interval.high < 0);
}

Result<Built> build_causes(const Asked& asked) {
    if (asked.question.steps.size() != 1) {
        return invalid_input(
            "Causes need the touchpoints of the contacts: write `causes of 'a' | "
            "'b'`, say.");
    }
    const question::CauseCounts counts = TRY(asked.engine.causes(asked.question));
    Causes causes;
    causes.of = asked.question.steps.front();
    causes.window = counts.window;
    causes.contacts = counts.contacts;
    causes.alone = counts.contacts_alone;
    causes.cost_per_contact = cost_of(counts.at, asked.blueprint);
    const auto all = lifts_of(counts, &question::CauseTally::followed);
    const auto last = lifts_of(counts, &question::CauseTally::followed_last);
    for (std::size_t i = 0; i < counts.causes.size(); ++i) {
        CauseRow row;
        row.tally = counts.causes[i];
        row.in_blueprint = asked.blueprint.touchpoint(row.tally.touchpoint) != nullptr;
        row.followed = metric::share(row.tally.followed, row.tally.events, "followed 1");
        row.all = excess_of(all[i]);
        row.last = excess_of(last[i]);
        row.crossover = crossover_of(row.tally);
        add_cost(row, causes.cost_per_contact);
        row.drill = question::format(
            question::drill_cause(asked.question, row.tally.touchpoint, counts.window));
        causes.rows.push_back(std::move(row));
    }
    std::ranges::stable_sort(causes.rows, [](const CauseRow& a, const CauseRow& b) {
        return a.all.contacts > b.all.contacts;
    });
    for (std::size_t i = 0; i < counts.firsts.size(); ++i) {
        causes.first_contacts.push_back(
            first_contacts_of(question::first_contact_days[i], counts.firsts[i]));
    }
    Finding finding = find(causes, counts.population);
    return Built{counts.population, std::move(causes), std::move(finding), std::nullopt};
}

}  // namespace kokemus::answer
