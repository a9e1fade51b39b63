#include "timeline/plan.h"

#include <algorithm>

#include "question/format.h"

namespace kokemus::timeline {

Result<Plan> Plan::make(const Timeline& timeline, const question::Question& question) {
    return make(timeline, question, question.per);
}

Result<Plan> Plan::make(const Timeline& timeline, const question::Question& question,
                        const question::Unit& per) {
    Plan plan{timeline, {}, "", {}};
    if (timeline.tallies != nullptr) {
        plan.question = question::format(question);
        plan.reach = reach_of(question.where, *timeline.blueprint, per);
        plan.reach.add(reach_of(question.having, *timeline.blueprint, per));
    }
    for (const Part& part : timeline.parts) {
        PartPlan of_part{part, TRY(UnitFormer::make(part, per, question.range)), nullptr, nullptr};
        if (question.where != nullptr) {
            of_part.where = TRY(compile(*question.where, part));
        }
        if (question.having != nullptr) {
            of_part.having = TRY(compile(*question.having, part));
            if (!of_part.having->is_of_units()) {
                of_part.having = has_row(std::move(of_part.having));
            }
        }
        plan.parts.push_back(std::move(of_part));
    }
    return plan;
}

bool Plan::takes_all_times() const {
    return std::ranges::all_of(parts,
                               [](const PartPlan& part) { return part.units.takes_all_times(); });
}

bool Plan::takes_everything() const {
    return std::ranges::all_of(parts, [](const PartPlan& part) {
        return part.where == nullptr && part.having == nullptr &&
               part.units.takes_whole_customers();
    });
}

}  // namespace kokemus::timeline
