#include <algorithm>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "question/drill.h"
#include "question/format.h"
#include "stats/kaplan_meier.h"

namespace kokemus::answer {
namespace {

constexpr std::chrono::hours usual_window{24 * 7};

/// First contacts to which no repeat came within the window, with those censored whose window is
/// not over yet (stats/kaplan_meier.h).
Value resolved_first(const question::RepeatTally& tally, Milliseconds window) {
    const stats::FollowUp follow_up{tally.contacts, tally.event_hours, tally.censored_hours};
    const auto hours = std::chrono::floor<std::chrono::hours>(window).count();
    const stats::Survival survival = stats::kaplan_meier(follow_up, hours);
    Value value = metric::share_of(
        stats::Estimate{survival.survival, survival.interval, tally.contacts, "kaplan-meier", true},
        "first contact resolution 1",
        metric::usual_minimum);
    if (value.enough() && !survival.reached) {
        value.is.enough = false;
        value.why_not = "not yet known: nobody has been followed for the whole window";
    }
    return value;
}

RepeatRow row_of(const question::RepeatTally& tally, Milliseconds window,
                 const question::Question& asked) {
    RepeatRow row;
    row.topic = tally.topic;
    row.contacts = tally.contacts;
    const std::uint64_t known = tally.contacts - std::min(tally.contacts, tally.censored);
    row.again = metric::share(tally.repeats, known, "again 1");
    row.first_contact_resolution = resolved_first(tally, window);
    const auto drill = [&](bool repeated) {
        return question::format(
            question::drill_contact(asked, question::FirstContact{window, repeated}, tally.topic));
    };
    row.drill_contacts = drill(false);
    row.drill_again = drill(true);
    return row;
}

Finding find(const question::SwitchCounts& counts, const Switches& switches,
             const question::Question& question) {
    if (counts.population.encounters == 0) {
        return nothing_found();
    }
    if (counts.units_with_switch == 0) {
        return FindingMaker("switches.none").done();
    }
    const auto most =
        std::ranges::max_element(counts.switches, {}, &question::ChannelSwitch::forced);
    if (most != counts.switches.end() && most->forced > 0 && switches.forced.enough()) {
        return FindingMaker("switches.forced")
            .estimate("", switches.forced)
            .text("from", most->from)
            .text("to", most->to)
            .count("forced", most->forced)
            .done();
    }
    if (!switches.units_with_switch.enough()) {
        return not_enough_found(switches.units_with_switch);
    }
    return FindingMaker("switches.unforced")
        .estimate("", switches.units_with_switch)
        .words("units", std::string(units_word(question.per)))
        .done();
}

}  // namespace

Result<Built> build_switches(const Asked& asked) {
    const question::SwitchCounts counts = TRY(asked.engine.switches(asked.question));
    Switches switches;
    switches.window = counts.window.count() > 0 ? counts.window : Milliseconds(usual_window);
    std::uint64_t forced = 0;
    for (const question::ChannelSwitch& counted : counts.switches) {
        forced += counted.forced;
        SwitchRow row;
        row.from = counted.from;
        row.to = counted.to;
        row.count = counted.count;
        row.units = counted.units;
        row.customers = counted.customers;
        row.forced = counted.forced;
        row.experience = metric::experience(counted.experience);
        row.drill =
            question::format(question::drill_switch(asked.question, counted.from, counted.to));
        row.drill_forced =
            question::format(question::drill_forced(asked.question, counted.from, counted.to));
        switches.rows.push_back(std::move(row));
    }
    switches.units_with_switch =
        metric::share(counts.units_with_switch, counts.population.units, "switch 1");
    switches.forced = metric::share(forced, counts.encounters_machine, "forced 1");
    switches.drill_units_with_switch =
        question::format(question::drill_switch(asked.question, "", ""));
    switches.drill_forced = question::format(question::drill_forced(asked.question, "", ""));
    switches.repeats = row_of(counts.all, switches.window, asked.question);
    for (const question::RepeatTally& topic : counts.topics) {
        switches.topics.push_back(row_of(topic, switches.window, asked.question));
    }
    Finding finding = find(counts, switches, asked.question);
    return Built{counts.population,
                 std::move(switches),
                 std::move(finding),
                 Headline{Headline::Part{forced, counts.encounters_machine},
                          false,
                          "the share pushed on to a person"}};
}

}  // namespace kokemus::answer
