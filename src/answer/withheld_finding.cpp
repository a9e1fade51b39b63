#include "answer/withheld_finding.h"

#include <fmt/format.h>

#include "answer/finding.h"

namespace kokemus::answer {
namespace {

/// What a finding may name, as it names it: one row a name.
struct Names {
    std::set<std::string>& names;

    void operator()(const Flow& flow) const {
        for (const FlowNode& node : flow.nodes) {
            names.insert(node.touchpoint);
        }
        for (const FlowEdge& edge : flow.edges) {
            names.insert(edge.from + "\n" + edge.to);
        }
    }
    void operator()(const Funnel& funnel) const {
        for (const FunnelStep& step : funnel.steps) {
            names.insert(step.touchpoints.begin(), step.touchpoints.end());
        }
    }
    void operator()(const Breakdown& breakdown) const {
        for (const BreakdownGroup& group : breakdown.groups) {
            names.insert(group.value);
        }
    }
    void operator()(const Promises& promises) const {
        for (const PromiseRow& row : promises.rows) {
            names.insert(row.standing.promise);
        }
    }
    void operator()(const Switches& switches) const {
        for (const SwitchRow& row : switches.rows) {
            names.insert(row.from + "\n" + row.to);
        }
    }
    void operator()(const Conformance& conformance) const {
        for (const DeviationRow& row : conformance.deviations) {
            names.insert(row.touchpoint);
        }
    }
    void operator()(const LeagueTable& table) const {
        for (const metric::LeagueUnit& unit : table.league.units) {
            names.insert(unit.name);
        }
    }
    void operator()(const Causes& causes) const {
        for (const CauseRow& row : causes.rows) {
            names.insert(row.tally.touchpoint);
        }
    }
    void operator()(const ByValue& by) const {
        for (const Group& group : by.groups) {
            names.insert(group.value);
        }
    }
    void operator()(const Drivers& drivers) const {
        for (const DriverSegment& each : drivers.segments) {
            names.insert(each.value);
        }
    }
    void operator()(const Lateness& /*none*/) const {}
    void operator()(const Foresight& /*none*/) const {}
    void operator()(const Variants& /*none*/) const {}
    void operator()(const Trend& /*none*/) const {}
    void operator()(const Episodes& /*none*/) const {}
    void operator()(const Timeline& /*none*/) const {}
};

}  // namespace

std::set<std::string> names_in(const Answer& answer) {
    std::set<std::string> names;
    std::visit(Names{names}, answer.body);
    return names;
}

std::set<std::string> names_in(const Overview& overview) {
    std::set<std::string> names;
    for (const JourneyStanding& standing : overview.journeys) {
        names.insert(standing.journey->name);
    }
    for (const PromiseRow& row : overview.promises.rows) {
        names.insert(row.standing.promise);
    }
    for (const FlowNode& node : overview.touchpoints) {
        names.insert(node.touchpoint);
    }
    return names;
}

namespace {

/// Whether the finding names a row that was there and is not any more.
bool is_about_withheld(const Finding& finding, const std::set<std::string>& before,
                       const std::set<std::string>& after) {
    const auto is_gone = [&](const std::string& name) {
        return before.contains(name) && !after.contains(name);
    };
    std::string joined;
    for (const auto& [name, content] : finding.values) {
        const auto* text = std::get_if<std::string>(&content);
        if (text != nullptr && is_gone(*text)) {
            return true;
        }
        if (text != nullptr && (name == "from" || name == "to")) {
            joined += (joined.empty() ? "" : "\n") + *text;
        }
    }
    return is_gone(joined);
}

}  // namespace

void say_withheld(Finding& finding, const Withheld& withheld, const std::set<std::string>& before,
                  const std::set<std::string>& after) {
    if (is_about_withheld(finding, before, after)) {
        finding = FindingMaker("withheld").count("fewer_than", withheld.fewer_than).done();
    }
    finding.text += " " + to_text(withheld);
}

std::string to_text(const Withheld& withheld) {
    return fmt::format("{} not shown, so that none tells of fewer than {} customers.",
                       withheld.rows == 1 ? "1 row is" : fmt::format("{} rows are", withheld.rows),
                       withheld.fewer_than);
}

}  // namespace kokemus::answer
