#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "base/hash.h"
#include "base/task.h"
#include "driver/bounds.h"
#include "driver/drivers.h"
#include "driver/knowing.h"
#include "driver/proposal.h"
#include "driver/segments.h"
#include "driver/words.h"
#include "question/drill.h"
#include "question/format.h"
#include "stats/importance.h"
#include "stats/priority.h"
#include "stats/ratio.h"

namespace kokemus::answer {
namespace {

using question::Factor;
using question::FactorOf;

constexpr std::string_view version = "drivers 1";

/// What the outcome is counted in.
metric::Unit unit_of(const Factor& outcome, const blueprint::Blueprint& blueprint) {
    if (outcome.of == FactorOf::If) {
        return metric::Unit::Share;
    }
    if (outcome.of == FactorOf::Experienced) {
        return metric::Unit::Experience;
    }
    const auto* metric = blueprint.metric(outcome.name);
    if (outcome.of != FactorOf::Metric || metric == nullptr) {
        return metric::Unit::Score;
    }
    switch (metric->kind) {
        case blueprint::MetricKind::Kept:
        case blueprint::MetricKind::Completion: return metric::Unit::Share;
        case blueprint::MetricKind::ContactRate: return metric::Unit::Rate;
        default: break;
    }
    return metric->scale.empty() ? metric::Unit::Experience : metric::Unit::Score;
}

/// Whether more of the outcome is better: scores as their scale says, what is waited for or
/// complained of never.
bool is_high_good(const Factor& outcome, const blueprint::Blueprint& blueprint) {
    const blueprint::Scale* scale = nullptr;
    switch (outcome.of) {
        case FactorOf::Experienced:
        case FactorOf::Early:
        case FactorOf::Value: return true;
        case FactorOf::Mean: scale = blueprint.scale(outcome.name); break;
        case FactorOf::Metric: {
            const auto* metric = blueprint.metric(outcome.name);
            scale = metric != nullptr ? blueprint.scale(metric->scale) : nullptr;
            if (scale == nullptr) {
                return metric == nullptr || metric->high_is_good;
            }
            break;
        }
        default: return false;
    }
    return scale == nullptr || scale->high_is_good;
}

Value value_of(double estimate, const stats::Interval& interval, std::uint64_t n,
               std::string_view method, metric::Unit unit) {
    Value value;
    value.is = stats::Estimate{estimate, interval, n, method, true};
    value.unit = unit;
    value.version = version;
    return value;
}

/// The mean of the outcome over units, the customer as the unit of chance.
Value mean_of(const driver::Design& design, metric::Unit unit) {
    stats::RatioSums sums;
    for (std::size_t from = 0; from < design.outcome.size();) {
        double sum = 0;
        std::size_t to = from;
        while (to < design.outcome.size() && design.customers[to] == design.customers[from]) {
            sum += design.outcome[to++];
        }
        sums.add(sum, static_cast<double>(to - from));
        from = to;
    }
    if (sums.b == 0) {
        Value none;
        none.unit = unit;
        none.version = version;
        none.why_not = metric::not_enough(0);
        return none;
    }
    const double mean = sums.a / sums.b;
    const double reach =
        stats::two_sided_z(stats::usual_confidence) * stats::ratio_standard_error(sums);
    return value_of(mean, {mean - reach, mean + reach}, design.outcome.size(), "delta", unit);
}

/// Units in which a factor is there, as a condition; null where none says it.
question::ConditionPtr there(const Factor& factor) {
    switch (factor.of) {
        case FactorOf::Count:
            return question::make_condition(question::Touches{factor.touchpoints});
        case FactorOf::If: return factor.condition;
        case FactorOf::Wait:
            return question::make_condition(
                question::Reaches{{factor.touchpoints, factor.to}, std::nullopt, 0});
        case FactorOf::Late:
            return question::make_condition(
                question::PromiseCondition{factor.name, {question::PromiseOutcome::Late}});
        case FactorOf::Early:
            return question::make_condition(
                question::PromiseCondition{factor.name, {question::PromiseOutcome::Kept}});
        case FactorOf::Switches:
            return question::make_condition(question::Switches{"", "", factor.forced});
        case FactorOf::Repeats: return question::make_condition(question::Repeats{factor.within});
        case FactorOf::Duration:
        case FactorOf::Value:
            return question::make_condition(
                question::Has{question::make_condition(question::NumberCondition{
                    question::Field{question::FieldOf::Encounter,
                                    factor.of == FactorOf::Value ? "value" : "duration"},
                    question::Comparison::Greater,
                    0})});
        default: return nullptr;
    }
}

/// Whether it counts something that may happen or not, so that none of it is how it should go.
bool is_event(const Factor& factor) {
    switch (factor.of) {
        case FactorOf::Count:
        case FactorOf::If:
        case FactorOf::Switches:
        case FactorOf::Repeats: return true;
        default: return false;
    }
}

class DriversAnswer {
public:
    explicit DriversAnswer(const Asked& asked)
        : asked_(asked),
          outcome_(*asked.question.outcome),
          outcome_sources_(driver::sources_of(outcome_, asked.question.per, asked.blueprint)),
          unit_(unit_of(outcome_, asked.blueprint)) {}

    Result<Built> build() {
        TRY(choose_factors());
        if (answer_.proposed) {
            TRY(keep_strongest());
        }
        const question::UnitTable table =
            TRY(asked_.engine.table(asked_.question, wish(question::table_rows_max)));
        const driver::Design design = design_of(table);
        describe_rows(table, design);
        const auto found = driver::find_drivers(design, settings());
        if (found) {
            add_found(*found);
            if (asked_.question.by) {
                add_segments(
                    driver::find_segments(design, *found, table.columns.back(), settings()));
            }
        } else {
            say_too_few(design);
        }
        if (const Task* task = Task::present()) {
            TRY(task->status());  // fewer draws than were wanted are no answer
        }
        say_left_out(design);
        Finding finding = find(table, design);
        return Built{table.population, std::move(answer_), std::move(finding), std::nullopt};
    }

private:
    Status choose_factors() {
        factors_ = asked_.question.factors;
        answer_.proposed = factors_.empty();
        if (!factors_.empty()) {
            return {};
        }
        for (driver::Proposed& each :
             TRY(driver::propose(asked_.question, asked_.engine, asked_.blueprint))) {
            factors_.push_back(std::move(each.factor));
            why_.push_back(std::move(each.why));
        }
        return {};
    }

    /// The outcome first, then the factors, and last the field that units are compared by.
    question::TableWish wish(std::size_t rows_max) const {
        question::TableWish wish;
        wish.columns.push_back(outcome_);
        wish.columns.insert(wish.columns.end(), factors_.begin(), factors_.end());
        if (asked_.question.by) {
            Factor by;
            by.of = FactorOf::Category;
            by.field = asked_.question.by;
            wish.columns.push_back(by);
        }
        wish.outcome = 0;
        wish.rows_max = rows_max;
        return wish;
    }

    driver::Design design_of(const question::UnitTable& table) const {
        driver::DesignWish wish{factors_, 1, 0, factors_at_once(), answer_.proposed};
        return driver::make_design(table, wish);
    }

    /// Many factors are measured in some units, those that are kept in all.
    Status keep_strongest() {
        const question::UnitTable table =
            TRY(asked_.engine.table(asked_.question, wish(driver::candidate_rows_max)));
        const driver::Design design = design_of(table);
        say_left_out(design);
        std::vector<Factor> kept;
        std::vector<std::string> why;
        for (const driver::Prepared& factor : design.factors) {
            kept.push_back(factors_[factor.place]);
            why.push_back(why_[factor.place]);
        }
        factors_ = std::move(kept);
        why_ = std::move(why);
        return {};
    }

    void say_left_out(const driver::Design& design) {
        for (const driver::LeftOut& each : design.left_out) {
            answer_.left_out.push_back(DriverLeftOut{
                question::format(factors_[each.place]), reason_of(each.reason), each.words});
        }
    }

    /// Beyond 15 the shares are those of relative weights, which take numbers only.
    std::size_t factors_at_once() const {
        const bool texts = std::ranges::any_of(factors_, &Factor::is_category);
        return answer_.proposed || texts ? stats::all_subsets_max : question::factors_max;
    }

    driver::Settings settings() const {
        constexpr std::uint64_t seeds = 1'000'000'000;
        const std::uint64_t seed =
            asked_.question.seed.value_or(hash64(question::format(asked_.question)) % seeds);
        return driver::Settings{answer_.high_is_good, seed, 0};
    }

    void describe_rows(const question::UnitTable& table, const driver::Design& design) {
        answer_.outcome = question::format_outcome(outcome_);
        answer_.outcome_words = driver::words_of(outcome_);
        answer_.outcome_mean = mean_of(design, unit_);
        answer_.high_is_good = is_high_good(outcome_, asked_.blueprint);
        answer_.units = design.rows.size();
        answer_.customers = design.customer_count;
        answer_.with_outcome = table.with_outcome;
        answer_.one_of = table.one_of;
        answer_.rows_missing = design.rows_missing;
        answer_.up_to_outcome = !outcome_sources_.of_whole_unit;
        answer_.seed = settings().seed;
        answer_.by = asked_.question.by ? asked_.question.by->name : "";
        answer_.caveat =
            "What goes along with an outcome need not cause it: something unmeasured may stand "
            "behind both. Make the first ones a hypothesis and test it.";
        if (!answer_.up_to_outcome) {
            answer_.caveat +=
                " The outcome is told by the whole unit, so that some of this may "
                "have come after it.";
        }
    }

    void say_too_few(const driver::Design& design) {
        Value& explained = answer_.explained;
        explained.unit = metric::Unit::Share;
        explained.version = version;
        explained.is.n = design.rows.size();
        explained.needed = driver::units_needed(std::max<std::size_t>(design.columns(), 1));
        explained.why_not = metric::not_enough(explained.is.n);
    }

    void add_found(const driver::Drivers& found) {
        method_ = found.method;
        answer_.method = found.method;
        answer_.replicates = found.replicates;
        answer_.adjusted = found.adjusted_r_squared;
        answer_.p_value = found.p_value;
        answer_.explained = value_of(
            found.r_squared, found.r_squared_interval, found.n, found.method, metric::Unit::Share);
        for (const driver::Driver& each : found.drivers) {
            answer_.rows.push_back(row_of(each, found));
        }
        first_is_established_ = found.first_is_established;
    }

    DriverRow row_of(const driver::Driver& found, const driver::Drivers& all) const {
        const Factor& factor = factors_[found.place];
        DriverRow row;
        row.factor = question::format(factor);
        row.words = driver::words_of(factor);
        row.measured_in = driver::measured_in(factor);
        row.why = answer_.proposed ? why_[found.place] : "";
        row.share =
            value_of(found.share, found.share_interval, all.n, all.method, metric::Unit::Share);
        row.of_explained = found.of_explained;
        row.ahead_of_next = found.ahead_of_next;
        row.present = found.present;
        row.counted_as_zero = found.missing_as_zero;
        row.alone = found.alone;
        add_effects(row, found, all);
        place_on_map(row, factor, found, all.n);
        warn(row, factor, found);
        const auto condition = there(factor);
        row.drill =
            question::format(condition != nullptr ? question::drill(asked_.question, condition)
                                                  : question::drill(asked_.question));
        return row;
    }

    void add_effects(DriverRow& row, const driver::Driver& found,
                     const driver::Drivers& all) const {
        if (!found.levels.empty()) {
            row.direction = "by value";
            row.usual_value = found.usual_value;
            for (const driver::Level& level : found.levels) {
                row.levels.push_back(DriverLevel{
                    level.value,
                    level.n,
                    value_of(level.effect, level.effect_interval, level.n, all.method, unit_)});
            }
            return;
        }
        row.direction = found.direction == driver::Direction::Up     ? "up"
                        : found.direction == driver::Direction::Down ? "down"
                                                                     : "open";
        row.mean = found.mean;
        row.coefficient = value_of(
            found.coefficient, found.coefficient_interval, all.n, "bootstrap", metric::Unit::Score);
        row.effect = value_of(found.effect, found.effect_interval, all.n, "bootstrap", unit_);
        row.confounding = found.confounding;
        row.confounding_limit = found.confounding_limit;
        if (found.contrast) {
            const stats::PenaltyReward& is = *found.contrast;
            row.contrast = DriverContrast{is.penalty,
                                          is.reward,
                                          is.asymmetry,
                                          is.asymmetry_interval,
                                          !is.one_sided()    ? "open"
                                          : is.asymmetry < 0 ? "costs more"
                                                             : "gives more"};
        }
    }

    /// Importance against performance (Martilla and James): where a promise or a metric has a
    /// target, what is short of it, weighed by importance and reach.
    void place_on_map(DriverRow& row, const Factor& factor, const driver::Driver& found,
                      std::uint64_t n) const {
        if (!found.levels.empty()) {
            return;
        }
        const auto all = static_cast<double>(n);
        const auto asked = static_cast<double>(n - found.missing_as_zero);
        const double present = static_cast<double>(found.present);
        row.reach = present / all;
        if (factor.of == FactorOf::Late && asked > 0) {
            row.performance = 1 - present / asked;
            row.target = asked_.blueprint.promise(factor.name)->target;
        } else if (factor.of == FactorOf::Metric &&
                   unit_of(factor, asked_.blueprint) == metric::Unit::Share) {
            row.performance = found.mean;
            row.target = asked_.blueprint.metric(factor.name)->target;
            row.reach = 1;
        } else if (factor.of == FactorOf::Mean) {
            const blueprint::Scale& scale = *asked_.blueprint.scale(factor.name);
            const double place = (found.mean - scale.low) / (scale.high - scale.low);
            row.performance = scale.high_is_good ? place : 1 - place;
            row.reach = 1;
        } else if (is_event(factor) && row.direction == (answer_.high_is_good ? "down" : "up")) {
            row.performance = 1 - *row.reach;
        }
        if (row.performance && row.target) {
            row.priority = stats::priority(
                stats::Placed{found.share, *row.performance, *row.target, *row.reach, 0});
        }
    }

    void warn(DriverRow& row, const Factor& factor, const driver::Driver& found) const {
        const auto sources = driver::sources_of(factor, asked_.question.per, asked_.blueprint);
        if (const auto why = driver::knows(sources, outcome_sources_)) {
            row.warning = "It may know the outcome: " + *why + ".";
        } else if (found.alone >= driver::knowing_share) {
            row.warning = fmt::format(
                "It explains {} by itself, which is more than is likely: it may know the outcome.",
                percent_text(found.alone));
        }
    }

    void add_segments(const driver::Segments& found) {
        answer_.other_values = found.other_values;
        answer_.same_first = found.same_first;
        for (const driver::Segment& each : found.segments) {
            DriverSegment& segment = answer_.segments.emplace_back();
            segment.value = each.value;
            segment.drill = question::format(question::drill(
                question::narrow_to_value(asked_.question, *asked_.question.by, each.value)));
            segment.explained = value_of(
                each.r_squared, each.r_squared_interval, each.n, method_, metric::Unit::Share);
            if (!each.enough) {
                segment.explained.is.enough = false;
                segment.explained.needed = each.needed;
                segment.explained.why_not = metric::not_enough(each.n);
                continue;
            }
            segment.first = answer_.rows[each.first].factor;
            for (std::size_t i = 0; i < each.shares.size(); ++i) {
                segment.shares.push_back(value_of(
                    each.shares[i], each.share_intervals[i], each.n, method_, metric::Unit::Share));
            }
        }
        for (std::size_t i = 0; i < answer_.rows.size(); ++i) {
            if (found.differs[i]) {
                answer_.differing.push_back(answer_.rows[i].factor);
            }
        }
    }

    static std::string reason_of(driver::LeftOutFor reason) {
        switch (reason) {
            case driver::LeftOutFor::Constant: return "constant";
            case driver::LeftOutFor::Missing: return "missing";
            case driver::LeftOutFor::Repeats: return "repeats";
            case driver::LeftOutFor::TooMany: break;
        }
        return "too many";
    }

    /// The first driver, if its order is established before all others.
    Finding find(const question::UnitTable& table, const driver::Design& design) const {
        const std::string outcome = answer_.outcome_words;
        if (table.population.encounters == 0) {
            return nothing_found();
        }
        const auto& outcomes = design.outcome;
        if (!outcomes.empty() && std::ranges::count(outcomes, outcomes.front()) ==
                                     static_cast<std::ptrdiff_t>(outcomes.size())) {
            return FindingMaker("drivers.same").text("outcome", outcome).done();
        }
        if (design.factors.empty() && !design.rows.empty()) {
            return FindingMaker("drivers.no_factors").text("outcome", outcome).done();
        }
        if (!answer_.explained.enough()) {
            return FindingMaker("drivers.few")
                .text("outcome", outcome)
                .count("n", answer_.explained.is.n)
                .count("needed", answer_.explained.needed)
                .done();
        }
        constexpr double chance = 0.05;
        if (*answer_.p_value > chance) {
            return FindingMaker("drivers.none").text("outcome", outcome).done();
        }
        const DriverRow& first = answer_.rows.front();
        if (first_is_established_) {
            return FindingMaker("drivers.first")
                .text("outcome", outcome)
                .value("factor", first.factor, first.words)
                .estimate("", first.share)
                .done();
        }
        const DriverRow& second = answer_.rows[1];
        return FindingMaker("drivers.tied")
            .text("outcome", outcome)
            .value("factor", first.factor, first.words)
            .value("second", second.factor, second.words)
            .done();
    }

    const Asked& asked_;
    const Factor& outcome_;
    driver::Sources outcome_sources_;
    metric::Unit unit_;
    std::vector<Factor> factors_;
    std::vector<std::string> why_;  ///< of each factor that was proposed
    Drivers answer_;
    bool first_is_established_ = false;
    std::string_view method_;  ///< of the shares: a literal, which values may hold
};

}  // namespace

Result<Built> build_drivers(const Asked& asked) {
    return DriversAnswer(asked).build();
}

}  // namespace kokemus::answer
