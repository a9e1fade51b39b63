#include <set>

#include "answer/rows.h"

/// Where a table comes from.
namespace kokemus::answer {
namespace {

/// What is asked of every number: by which method its interval is, of which definition.
struct Seen {
    std::set<std::string> methods;
    std::set<std::string> versions;
    std::string definition;

    void look(const Value& value) {
        if (value.enough()) {
            methods.emplace(value.is.method);
        }
        if (!value.version.empty()) {
            versions.insert(value.version);
        }
    }

    void operator()(const Flow& flow) {
        for (const FlowEdge& edge : flow.edges) {
            look(edge.experience);
        }
    }
    void operator()(const Variants& variants) {
        for (const VariantRow& row : variants.rows) {
            look(row.experience);
        }
    }
    void operator()(const Funnel& funnel) {
        for (const FunnelStep& step : funnel.steps) {
            look(step.share);
            look(step.from_previous);
        }
    }
    void operator()(const Trend& trend) {
        definition = trend.metric.text;
        look(trend.total);
        for (const TrendPoint& point : trend.points) {
            look(point.value);
        }
    }
    void operator()(const Breakdown& breakdown) {
        definition = breakdown.metric.text;
        look(breakdown.total);
        for (const BreakdownGroup& group : breakdown.groups) {
            look(group.estimate);
        }
    }
    void operator()(const Promises& promises) {
        for (const PromiseRow& row : promises.rows) {
            look(row.kept_rate);
        }
    }
    void operator()(const Lateness& lateness) {
        for (const AfterPromise& row : lateness.after) {
            look(row.experience);
            look(row.contacted);
        }
    }
    void operator()(const Foresight& foresight) {
        for (const ForesightRow& row : foresight.rows) {
            look(row.chance);
        }
    }
    void operator()(const Switches& switches) {
        for (const SwitchRow& row : switches.rows) {
            look(row.experience);
        }
    }
    void operator()(const Drivers& drivers) {
        look(drivers.explained);
        look(drivers.outcome_mean);
    }
    void operator()(const Conformance& conformance) {
        look(conformance.fitness);
        for (const DeviationRow& row : conformance.deviations) {
            look(row.share);
            look(row.experience);
        }
    }
    void operator()(const LeagueTable& table) {
        definition = table.metric.text;
        look(table.total);
        for (const metric::LeagueUnit& unit : table.league.units) {
            look(unit.measured);
            look(unit.shrunken);
        }
    }
    void operator()(const Causes& causes) {
        for (const CauseRow& row : causes.rows) {
            look(row.followed);
        }
    }
    void operator()(const Episodes& /*episodes*/) {}
    void operator()(const Timeline& /*timeline*/) {}
    void operator()(const ByValue& by) {
        for (const Group& group : by.groups) {
            std::visit(*this, group.answer.body);
        }
    }
};

std::string listed(const std::set<std::string>& words) {
    std::string all;
    for (const std::string& word : words) {
        all += (all.empty() ? "" : ", ") + word;
    }
    return all;
}

Cell instant_or_nothing(const std::optional<Instant>& time) {
    return time ? Cell(*time) : Cell();
}

}  // namespace

Origin origin_of(const Answer& answer, Instant now) {
    Seen seen;
    std::visit(seen, answer.body);
    Origin origin{{"question", answer.question},
                  {"finding", answer.finding.text},
                  {"encounters", answer.population.encounters},
                  {"units", answer.population.units},
                  {"customers", answer.population.customers},
                  {"encounters without a unit", answer.population.without_unit},
                  {"first encounter", instant_or_nothing(answer.population.first)},
                  {"latest encounter", instant_or_nothing(answer.population.latest)}};
    if (!seen.definition.empty()) {
        origin.emplace_back("definition", seen.definition);
    }
    if (!seen.versions.empty()) {
        origin.emplace_back("version of the definition", listed(seen.versions));
    }
    if (!seen.methods.empty()) {
        origin.emplace_back("intervals", "95 %, by " + listed(seen.methods));
    }
    origin.emplace_back("answered at", now);
    origin.emplace_back("times", std::string("in UTC; lengths of time in seconds"));
    return origin;
}

}  // namespace kokemus::answer
