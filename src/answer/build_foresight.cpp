#include <algorithm>

#include <fmt/format.h>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

constexpr std::string_view chance_version = "chance to break 1";

metric::Value chance_of(const promise::AtStake& one) {
    stats::Estimate estimate;
    estimate.estimate = one.chance;
    estimate.interval = one.interval;
    estimate.n = one.n;
    estimate.method = "kaplan-meier-conditional";
    estimate.enough = true;
    return metric::share_of(estimate, std::string(chance_version), metric::usual_minimum);
}

void add_trial(const promise::Trial& trial, Foresight& body) {
    body.trial = trial;
    body.trusted = trial.good();
    body.precision = metric::share(trial.called_broken, trial.called, "foresight precision 1");
    body.foreseen = metric::share(trial.called_broken, trial.broken, "foresight reach 1");
}

Foresight body_of(const Asked& asked, const question::GivenPromises& given) {
    const promise::Foresight found = promise::foresee(given, asked.question.within);
    Foresight body;
    body.promise = asked.question.promise;
    body.by = asked.question.by ? asked.question.by->name : "";
    body.one_of = given.one_of;
    body.now = given.now;
    body.clock = found.clock;
    body.decided = found.decided;
    body.open = found.open.size() + found.untold;
    body.untold = found.untold;
    body.expected = found.expected;
    body.expected_interval = found.expected_interval;
    add_trial(found.trial, body);
    body.offset = asked.question.offset;
    body.limit = rows_of(asked.question);
    for (std::size_t i = body.offset; i < found.open.size() && i - body.offset < body.limit; ++i) {
        const question::GivenPromise& one = given.rows[found.open[i].row];
        const auto& holder = given.holders[one.holder];
        body.rows.push_back({holder.customer,
                             holder.thread,
                             given.groups[one.group],
                             one.made,
                             one.due,
                             chance_of(found.open[i])});
    }
    body.drill_open = question::format(question::drill_promise(
        asked.question, asked.question.promise, question::PromiseOutcome::Open));
    return body;
}

Finding find(const Foresight& body) {
    if (body.open == 0) {
        return FindingMaker("foresight.none").text("promise", body.promise).done();
    }
    if (body.untold == body.open) {
        return FindingMaker("foresight.unknown")
            .text("promise", body.promise)
            .count("open", body.open)
            .done();
    }
    return FindingMaker(body.trusted ? "foresight.at_stake" : "foresight.unproven")
        .text("promise", body.promise)
        .count("open", body.open - body.untold)
        .value("expected",
               body.expected,
               fmt::format("{} ({} to {})",
                           number_text(body.expected, 0),
                           number_text(body.expected_interval.low, 0),
                           number_text(body.expected_interval.high, 0)))
        .done();
}

}  // namespace

Result<Built> build_foresight(const Asked& asked) {
    const question::GivenPromises given = TRY(asked.engine.given_promises(asked.question));
    Foresight body = body_of(asked, given);
    Finding finding = given.population.encounters == 0 ? nothing_found() : find(body);
    return Built{given.population, std::move(body), std::move(finding), std::nullopt};
}

}  // namespace kokemus::answer
