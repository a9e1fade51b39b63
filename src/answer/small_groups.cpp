#include "answer/small_groups.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "answer/small_edges.h"
#include "answer/withheld_finding.h"

namespace kokemus::answer {
namespace {

/// Of more encounters than so many times the smallest group nobody asks how many customers are
/// behind them, as each asking is a question of its own; and of no more groups than that.
constexpr std::uint64_t looked_at_times = 50;
constexpr std::size_t looked_at_max = 200;

/// What went of rows, as whoever has the total can know it by what the others leave.
struct Hidden {
    std::uint64_t rows = 0;
    std::uint64_t size = 0;

    /// Whether it tells the size of one: of each when all must be as small or as large as they can.
    bool tells(std::uint64_t smallest) const {
        return rows > 0 && (size < smallest || size == rows || size == rows * (smallest - 1));
    }
};

/// Takes out the rows that are small, and the next smallest one where the others would leave of the
/// total what tells of single ones; gives how many went. Rows of size 0 stay: they say that there
/// is nothing.
template <typename Row, typename SizeOf>
std::uint64_t withhold_rows(std::vector<Row>& rows, std::uint64_t smallest, const SizeOf& size_of) {
    Hidden hidden;
    std::erase_if(rows, [&](const Row& row) {
        const bool goes = is_small(size_of(row), smallest);
        hidden.rows += goes ? 1 : 0;
        hidden.size += goes ? size_of(row) : 0;
        return goes;
    });
    if (hidden.tells(smallest)) {
        auto next = rows.end();
        for (auto row = rows.begin(); row != rows.end(); ++row) {
            if (size_of(*row) > 0 && (next == rows.end() || size_of(*row) < size_of(*next))) {
                next = row;
            }
        }
        if (next != rows.end()) {
            rows.erase(next);
            ++hidden.rows;
        }
    }
    return hidden.rows;
}

/// Takes the units out of a league that are not among `kept`, also out of the runs.
template <typename Kept, typename UnitOf>
void keep_units(LeagueTable& table, const std::vector<Kept>& kept, const UnitOf& unit_of) {
    LeagueTable shown = table;
    shown.league.units.clear();
    shown.drills.clear();
    shown.encounters.clear();
    std::vector<std::size_t> place_of(table.league.units.size(), SIZE_MAX);
    for (const Kept& each : kept) {
        const std::size_t unit = unit_of(each);
        place_of[unit] = shown.league.units.size();
        shown.league.units.push_back(table.league.units[unit]);
        shown.drills.push_back(table.drills[unit]);
        shown.encounters.push_back(table.encounters[unit]);
    }
    for (auto& run : shown.league.inseparable) {
        for (std::size_t& unit : run) {
            unit = place_of[unit];
        }
        std::erase(run, SIZE_MAX);
    }
    std::erase_if(shown.league.inseparable, [](const auto& run) { return run.empty(); });
    table = std::move(shown);
}

/// Each kind of answer; gives how many rows went.
struct Withholding {
    std::uint64_t smallest;
    const CustomersBehind& customers_behind;

    Result<std::uint64_t> operator()(Flow& flow) const {
        std::set<std::string> nodes_gone;
        for (const FlowNode& node : flow.nodes) {
            nodes_gone.insert(node.touchpoint);
        }
        const std::uint64_t gone = withhold_rows(flow.nodes, smallest, [&](const FlowNode& node) {
            return flow.counts_only ? node.encounters : node.customers;
        });
        for (const FlowNode& node : flow.nodes) {
            nodes_gone.erase(node.touchpoint);
        }
        return gone + withhold_small_edges(flow, nodes_gone, smallest);
    }

    Result<std::uint64_t> operator()(Variants& variants) const {
        std::uint64_t gone = 0;
        // Of the others nobody counted the customers: there are at most as many as units, and those
        // who are known to be few stay few however many units they have.
        std::uint64_t few = 0;
        const bool known_few = variants.other_count == 0;
        const auto join_others = [&](const VariantRow& row) {
            ++gone;
            few += row.customers;
            ++variants.other_variants;
            variants.other_count += row.count;
            variants.other_share += row.share;
        };
        std::erase_if(variants.rows, [&](const VariantRow& row) {
            const bool goes = is_small(row.customers, smallest);
            if (goes) {
                join_others(row);
            }
            return goes;
        });
        while (
            (is_small(variants.other_count, smallest) || (known_few && is_small(few, smallest))) &&
            !variants.rows.empty()) {
            join_others(variants.rows.back());
            variants.rows.pop_back();
        }
        double running = 0;
        for (VariantRow& row : variants.rows) {
            running += row.share;
            row.running = gone > 0 ? running : row.running;
        }
        return gone;
    }

    /// The steps from the first small one on: the one before it is then the last that is shown.
    Result<std::uint64_t> operator()(Funnel& funnel) const {
        const auto small = std::ranges::find_if(funnel.steps, [&](const FunnelStep& step) {
            return is_small(step.customers, smallest);
        });
        const auto gone = static_cast<std::uint64_t>(funnel.steps.end() - small);
        funnel.steps.erase(small, funnel.steps.end());
        if (gone > 0 && !funnel.steps.empty()) {
            FunnelStep& last = funnel.steps.back();
            last.lost = 0;
            last.lost_drill.clear();
            last.instead.clear();
        }
        for (FunnelStep& step : funnel.steps) {
            if (is_small(step.lost, smallest)) {
                // How few were lost is what the steps leave; what they did is theirs.
                step.lost_drill.clear();
                step.instead.clear();
            }
            withhold_rows(step.instead, smallest, [](const auto& each) { return each.second; });
        }
        return gone;
    }

    Result<std::uint64_t> operator()(Trend& trend) const {
        return withhold_rows(
            trend.points, smallest, [](const TrendPoint& point) { return point.encounters; });
    }

    Result<std::uint64_t> operator()(Breakdown& breakdown) const {
        // A group that is known to be small is as good as one with so few encounters.
        std::size_t looked_at = 0;
        for (BreakdownGroup& group : breakdown.groups) {
            group.encounters = TRY(size_of(group.encounters, group.drill, looked_at));
        }
        return withhold_rows(breakdown.groups, smallest, [](const BreakdownGroup& group) {
            return group.encounters;
        });
    }

    /// Those who have a deviation, and those who alone have it not.
    Result<std::uint64_t> operator()(Conformance& conformance) const {
        std::size_t looked_at = 0;
        std::uint64_t gone = 0;
        std::vector<DeviationRow> shown;
        for (DeviationRow& row : conformance.deviations) {
            const std::uint64_t size = TRY(size_of(row.episodes, row.drill, looked_at));
            if (is_small(size, smallest) ||
                is_small(conformance.episodes - row.episodes, smallest)) {
                ++gone;
            } else {
                shown.push_back(std::move(row));
            }
        }
        conformance.deviations = std::move(shown);
        for (const std::string* drill : {&conformance.drill_on_path, &conformance.drill_off_path}) {
            if (is_small(TRY(customers_behind(*drill)), smallest)) {
                conformance.experience_on_path = metric::experience({});
                conformance.experience_off_path = metric::experience({});
                conformance.difference.reset();
                ++gone;
            }
        }
        return gone;
    }

    /// Units whose answers are of few customers. What the others leave of the total is not told by
    /// estimates drawn together, but by their measured values it is.
    Result<std::uint64_t> operator()(LeagueTable& table) const {
        struct Place {
            std::size_t unit = 0;
            std::uint64_t size = 0;
        };
        std::size_t looked_at = 0;
        std::vector<Place> places;
        for (std::size_t i = 0; i < table.league.units.size(); ++i) {
            places.push_back(
                Place{i, TRY(size_of(table.encounters[i], table.drills[i], looked_at))});
        }
        const std::uint64_t gone =
            withhold_rows(places, smallest, [](const Place& place) { return place.size; });
        if (gone > 0) {
            keep_units(table, places, [](const Place& place) { return place.unit; });
        }
        return gone;
    }

    Result<std::uint64_t> operator()(Causes& causes) const {
        return std::erase_if(causes.rows, [&](const CauseRow& row) {
            return is_small(row.tally.customers, smallest) || is_small(row.tally.events, smallest);
        });
    }

    Result<std::uint64_t> operator()(Promises& promises) const {
        return std::erase_if(promises.rows, [&](const PromiseRow& row) {
            return is_small(row.standing.tally.customers, smallest);
        });
    }

    Result<std::uint64_t> operator()(Lateness& lateness) const {
        return withhold_rows(
            lateness.doses, smallest, [](const DoseRow& dose) { return dose.promises; });
    }

    /// Whose they are is concealed elsewhere, as of episodes.
    Result<std::uint64_t> operator()(Foresight& /*foresight*/) const { return 0; }

    Result<std::uint64_t> operator()(Switches& switches) const {
        const std::uint64_t gone = withhold_rows(
            switches.rows, smallest, [](const SwitchRow& row) { return row.customers; });
        return gone + withhold_rows(switches.topics, smallest, [](const RepeatRow& row) {
                   return row.contacts;
               });
    }

    /// Factors that vary in few units are in no list (driver/bounds.h); what is told of few
    /// customers goes all the same.
    Result<std::uint64_t> operator()(Drivers& drivers) const {
        std::uint64_t gone =
            withhold_rows(drivers.segments, smallest, [](const DriverSegment& each) {
                return each.explained.is.n;
            });
        for (DriverRow& row : drivers.rows) {
            gone += withhold_rows(
                row.levels, smallest, [](const DriverLevel& level) { return level.n; });
        }
        return gone;
    }

    /// How many customers are behind so many encounters or units, where they may be few; else the
    /// number given.
    Result<std::uint64_t> size_of(std::uint64_t counted, const std::string& drill,
                                  std::size_t& looked_at) const {
        if (counted < smallest || counted >= smallest * looked_at_times) {
            return counted;
        }
        const std::uint64_t customers =
            looked_at++ < looked_at_max ? TRY(customers_behind(drill)) : 1;
        return is_small(customers, smallest) ? customers : counted;
    }

    /// Who they are is concealed elsewhere; how many there are in all was looked at.
    Result<std::uint64_t> operator()(Episodes& /*episodes*/) const { return 0; }
    Result<std::uint64_t> operator()(Timeline& /*timeline*/) const { return 0; }

    Result<std::uint64_t> operator()(ByValue& by) const {
        std::uint64_t gone = withhold_rows(by.groups, smallest, [](const Group& group) {
            return group.answer.population.customers;
        });
        by.other_values += gone;
        for (Group& group : by.groups) {
            TRY(withhold_small_groups(group.answer, smallest, customers_behind));
            gone += group.answer.withheld ? group.answer.withheld->rows : 0;
        }
        return gone;
    }
};

}  // namespace

Status check_size(const question::Population& population, std::uint64_t smallest) {
    if (!is_small(population.customers, smallest)) {
        return {};
    }
    return Error{ErrorCode::Forbidden,
                 fmt::format("This is about fewer than {} customers, and would tell of single "
                             "ones. Ask about more of them; who may see personal data is "
                             "answered.",
                             smallest)};
}

Status withhold_small_groups(Answer& answer, std::uint64_t smallest,
                             const CustomersBehind& customers_behind) {
    const auto before = names_in(answer);
    const std::uint64_t rows =
        TRY(std::visit(Withholding{smallest, customers_behind}, answer.body));
    if (rows == 0) {
        return {};
    }
    answer.withheld = Withheld{smallest, rows};
    say_withheld(answer.finding, *answer.withheld, before, names_in(answer));
    return {};
}

void withhold_small_groups(Overview& overview, std::uint64_t smallest) {
    const CustomersBehind nobody = [](const std::string&) -> Result<std::uint64_t> { return 0; };
    const Withholding withholding{smallest, nobody};
    const auto before = names_in(overview);
    std::uint64_t rows =
        withholding(overview.promises).value_or(0) + withholding(overview.kept_trend).value_or(0);
    for (MetricStanding& metric : overview.metrics) {
        rows += withholding(metric.trend).value_or(0);
    }
    rows += std::erase_if(overview.journeys, [&](const JourneyStanding& standing) {
        return is_small(standing.episodes, smallest);
    });
    rows += std::erase_if(overview.touchpoints,
                          [&](const FlowNode& node) { return is_small(node.customers, smallest); });
    if (rows > 0) {
        overview.withheld = Withheld{smallest, rows};
        say_withheld(overview.finding, *overview.withheld, before, names_in(overview));
    }
}

}  // namespace kokemus::answer
