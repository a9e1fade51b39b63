#include "driver/proposal.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "driver/bounds.h"
#include "driver/knowing.h"
#include "question/field.h"

namespace kokemus::driver {
namespace {

using question::Factor;
using question::FactorOf;

/// Values of a dimension that are few enough to be told apart.
constexpr std::size_t values_of_text_max = 12;
constexpr std::size_t values_looked_at = 100;

Factor plain(FactorOf of) {
    Factor factor;
    factor.of = of;
    return factor;
}

Factor of_promise(FactorOf of, const std::string& name) {
    Factor factor = plain(of);
    factor.name = name;
    return factor;
}

bool is_number(std::string_view text) {
    double number = 0;
    const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && stop == text.data() + text.size();
}

class Proposal {
public:
    Proposal(const question::Question& question, const question::Engine& engine,
             const blueprint::Blueprint& blueprint)
        : question_(question),
          engine_(engine),
          blueprint_(blueprint),
          outcome_(sources_of(*question.outcome, question.per, blueprint)) {
        plain_.per = question.per;
        plain_.range = question.range;
        plain_.where = question.where;
        plain_.having = question.having;
    }

    Result<std::vector<Proposed>> make() {
        const question::Field touchpoint{question::FieldOf::Encounter, "touchpoint"};
        touchpoints_ = TRY(engine_.values(touchpoint, plain_, candidates_max)).most;
        add_promises();
        add_courses();
        TRY(add_dimensions());
        add_touchpoints();
        return std::move(proposed_);
    }

private:
    void add(Factor factor, std::string why) {
        if (proposed_.size() < candidates_max && factor != *question_.outcome &&
            !knows(sources_of(factor, question_.per, blueprint_), outcome_)) {
            proposed_.push_back(Proposed{std::move(factor), std::move(why)});
        }
    }

    bool occurs(const std::string& touchpoint) const {
        return std::ranges::any_of(touchpoints_,
                                   [&](const auto& each) { return each.value == touchpoint; });
    }

    bool is_made_here(const blueprint::Promise& promise) const {
        return promise.made.empty() ||
               std::ranges::any_of(promise.made,
                                   [&](const std::string& name) { return occurs(name); });
    }

    void add_promises() {
        for (const blueprint::Promise& promise : blueprint_.promises) {
            if (!is_made_here(promise)) {
                continue;
            }
            const std::string why = "a promise of the blueprint that is made here";
            add(of_promise(FactorOf::Late, promise.name), why);
            Factor broken = plain(FactorOf::If);
            broken.condition = question::make_condition(
                question::PromiseCondition{promise.name, {question::PromiseOutcome::Broken}});
            add(std::move(broken), why);
        }
    }

    void add_courses() {
        Factor forced = plain(FactorOf::Switches);
        forced.forced = true;
        add(std::move(forced), "pushed on from a machine to a person");
        add(plain(FactorOf::Repeats), "contacts that had to be made again");
        Factor departments = plain(FactorOf::Distinct);
        departments.field = question::Field{question::FieldOf::Encounter, "department"};
        add(std::move(departments), "through how many hands it went");
        add(plain(FactorOf::Lasts), "how long it took");
        for (const blueprint::Promise& promise : blueprint_.promises) {
            if (is_made_here(promise)) {
                add(of_promise(FactorOf::Early, promise.name),
                    "a promise of the blueprint that is made here");
            }
        }
    }

    /// A dimension whose values are few is a text, one whose values are numbers a number.
    Status add_dimensions() {
        for (const blueprint::Dimension& dimension : blueprint_.dimensions) {
            const auto field = question::find_field(dimension.name, blueprint_);
            if (!field || field == question_.by) {
                continue;
            }
            const auto values = TRY(engine_.values(*field, plain_, values_looked_at));
            const auto given = std::ranges::count_if(
                values.most, [](const auto& each) { return !each.value.empty(); });
            const auto numbers = std::ranges::count_if(
                values.most, [](const auto& each) { return is_number(each.value); });
            Factor factor = plain(FactorOf::Category);
            factor.field = field;
            if (given > 2 && numbers == given) {
                factor.of = FactorOf::Number;
            } else if (given == 0 || values.distinct > values_of_text_max) {
                continue;
            }
            add(std::move(factor), "a dimension of the blueprint");
        }
        return {};
    }

    /// Where the most happens, most first.
    void add_touchpoints() {
        for (const auto& each : touchpoints_) {
            Factor factor = plain(FactorOf::Count);
            factor.touchpoints = {each.value};
            add(std::move(factor), "one of the most frequent touchpoints");
        }
    }

    const question::Question& question_;
    const question::Engine& engine_;
    const blueprint::Blueprint& blueprint_;
    Sources outcome_;
    question::Question plain_;  ///< of the same units, to ask for values
    std::vector<question::Engine::ValueCount> touchpoints_;
    std::vector<Proposed> proposed_;
};

}  // namespace

Result<std::vector<Proposed>> propose(const question::Question& question,
                                      const question::Engine& engine,
                                      const blueprint::Blueprint& blueprint) {
    return Proposal(question, engine, blueprint).make();
}

}  // namespace kokemus::driver
