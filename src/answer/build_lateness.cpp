#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "promise/outcome.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

using question::PromiseOutcome;

std::optional<metric::Change> change_of(const promise::Cost& cost, metric::Unit unit) {
    return cost.enough ? std::optional(metric::Change{cost.estimate, cost.interval, unit})
                       : std::nullopt;
}

AfterPromise after(const Asked& asked, PromiseOutcome outcome, const promise::Afterwards& found,
                   const promise::Cost& experience, const promise::Cost& contacted) {
    AfterPromise row;
    row.outcome = promise::outcome_name(outcome);
    row.promises = found.promises;
    row.experience = metric::experience_of(found.experience);
    row.contacted = metric::share_of(found.contacted, "contact after 1", metric::usual_minimum);
    row.experience_less_kept = change_of(experience, metric::Unit::Experience);
    row.contacted_less_kept = change_of(contacted, metric::Unit::Share);
    row.drill =
        question::format(question::drill_promise(asked.question, asked.question.promise, outcome));
    return row;
}

Lateness body_of(const Asked& asked, const question::GivenPromises& given) {
    const promise::Lateness found = promise::lateness(given);
    const promise::Ends& ends = found.ends;
    Lateness body;
    body.promise = asked.question.promise;
    body.one_of = given.one_of;
    body.after = {
        after(asked, PromiseOutcome::Kept, ends.kept, {}, {}),
        after(asked, PromiseOutcome::Late, ends.late, ends.late_experience, ends.late_contacted),
        after(asked,
              PromiseOutcome::Broken,
              ends.broken,
              ends.broken_experience,
              ends.broken_contacted)};
    for (const promise::Dose& dose : found.doses) {
        body.doses.push_back(
            {dose.from, dose.to, dose.promises, metric::experience_of(dose.experience)});
    }
    body.slopes = found.slopes;
    body.cases = found.cases;
    body.may_promise = found.may_promise;
    return body;
}

/// The outcome after which customers feel lowest, or else make contact most, beyond chance for all
/// four comparisons at once.
Finding find(const Lateness& body, const promise::Ends& careful) {
    const AfterPromise& late = body.after[1];
    const AfterPromise& broken = body.after[2];
    const auto worst = [&](const promise::Cost& of_late,
                           const promise::Cost& of_broken,
                           double sign) -> const AfterPromise* {
        const bool late_costs = of_late.beyond_chance() && sign * of_late.estimate > 0;
        const bool broken_costs = of_broken.beyond_chance() && sign * of_broken.estimate > 0;
        if (late_costs && broken_costs) {
            return sign * of_late.estimate > sign * of_broken.estimate ? &late : &broken;
        }
        return late_costs ? &late : broken_costs ? &broken : nullptr;
    };
    const AfterPromise* felt = worst(careful.late_experience, careful.broken_experience, -1);
    const AfterPromise* contacted = worst(careful.late_contacted, careful.broken_contacted, 1);
    const auto say = [&](const char* id, const AfterPromise& row, const metric::Change& change) {
        return FindingMaker(id)
            .text("promise", body.promise)
            .text("outcome", row.outcome)
            .change(change)
            .done();
    };
    if (felt != nullptr) {
        return say("lateness.felt", *felt, *felt->experience_less_kept);
    }
    if (contacted != nullptr) {
        return say("lateness.contacts", *contacted, *contacted->contacted_less_kept);
    }
    const bool compared = late.experience_less_kept || broken.experience_less_kept ||
                          late.contacted_less_kept || broken.contacted_less_kept;
    return FindingMaker(compared ? "lateness.no_difference" : "lateness.few")
        .text("promise", body.promise)
        .done();
}

}  // namespace

Result<Built> build_lateness(const Asked& asked) {
    const question::GivenPromises given = TRY(asked.engine.given_promises(asked.question));
    Lateness body = body_of(asked, given);
    Finding finding = given.population.encounters == 0
                          ? nothing_found()
                          : find(body, promise::ends_of(given, simultaneous(4)));
    Headline::Part kept;
    kept.part = body.after[0].promises;
    kept.n = body.after[0].promises + body.after[1].promises + body.after[2].promises;
    return Built{given.population,
                 std::move(body),
                 std::move(finding),
                 Headline{kept, true, "the share of promises kept"}};
}

}  // namespace kokemus::answer
