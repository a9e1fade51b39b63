#pragma once

#include <functional>
#include <map>
#include <string>

#include "blueprint/blueprint.h"
#include "improve/design_rules.h"
#include "improve/evidence.h"
#include "metric/value.h"
#include "question/engine.h"

namespace kokemus::improve {

/// Counts what a design needs, by questions to an engine. What it refers to must outlive it; const
/// and as thread safe as the engine.
class Observer {
public:
    /// Changes each question before it is asked: narrows it to whom it may be asked of.
    using Narrow = std::function<Result<question::Question>(question::Question)>;

    /// `latest`: nothing is known of what came later.
    Observer(const question::Engine& engine, const blueprint::Blueprint& blueprint, Instant latest,
             Narrow narrow)
        : engine_(engine),
          blueprint_(blueprint),
          latest_(latest),
          narrow_(std::move(narrow)) {}

    Result<Facts> facts(const Registration& registration) const;

    /// What the design needs, as far as it is known.
    Result<Evidence> observe(const Registration& registration, Design design) const;

    /// The present level of the metric among population and comparison: in as long a time before
    /// the start as is looked at after it.
    Result<metric::Value> level(const Registration& registration) const;

    /// Customers before the start, as they would be drawn from: in as long a time before the start
    /// as is looked at after it, and before that. Of population and comparison together, or of all
    /// where these have no answers yet. `one_by_one` false: too many.
    struct Drawn {
        std::vector<Person> people;
        std::uint64_t customers = 0;  ///< with answers in that time
        bool one_by_one = true;
        bool of_all = false;
        metric::Value level;
    };
    Result<Drawn> to_draw_from(const Registration& registration) const;

    const blueprint::Blueprint& blueprint() const { return blueprint_; }
    Instant latest() const { return latest_; }

private:
    using ByCustomer = std::map<std::string, Outcome>;

    Result<question::Question> question(const Registration& registration,
                                        const std::string& filter) const;
    Result<question::SeriesCounts> trend(question::Question question, const TimeRange& range) const;
    Result<ByCustomer> by_customer(question::Question question, const TimeRange& range) const;
    Result<std::vector<std::string>> units_of(const Registration& registration,
                                              const std::string& filter,
                                              const TimeRange& range) const;
    Result<question::ConditionPtr> of_unit(const Registration& registration,
                                           const std::string& unit) const;
    Result<Arms> arms_of_lot(const Registration& registration) const;
    Result<Arms> arms_in_time(const Registration& registration, bool with_comparison) const;
    Result<Weekly> weekly(const Registration& registration, Design design) const;
    Result<Weekly> whole_weeks(const Registration& registration, const question::Question& all,
                               Design design) const;

    /// A unit by its name, and when it starts, if ever.
    struct UnitOf {
        std::string name;
        std::optional<Instant> from;
    };
    Status add_unit(Weekly& weekly, const Registration& registration, question::Question question,
                    UnitWeeks unit) const;
    Status add_named_unit(Weekly& weekly, const Registration& registration,
                          const std::string& filter, const UnitOf& unit) const;
    Status add_units(Weekly& weekly, const Registration& registration, Design design,
                     bool compares) const;
    metric::Definition definition(const Registration& registration) const;
    Instant end(const Registration& registration) const;

    const question::Engine& engine_;
    const blueprint::Blueprint& blueprint_;
    Instant latest_;
    Narrow narrow_;
};

/// Encounters for which one or the other holds; null: all.
question::ConditionPtr either(const question::ConditionPtr& a, const question::ConditionPtr& b);

/// The question whose answer the improvement is about, without a range: `trend METRIC by week per
/// PER where FILTER`. Fails as the parser does.
Result<question::Question> metric_question(const Registration& registration,
                                           const std::string& filter,
                                           const blueprint::Blueprint& blueprint);

}  // namespace kokemus::improve
