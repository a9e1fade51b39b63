#include "timeline/customer_course.h"

#include "timeline/promise_index.h"

namespace kokemus::timeline {

CustomerCourse course_of(const Timeline& timeline, std::string_view customer) {
    CustomerCourse course;
    const auto place = timeline.find_customer(customer);
    if (!place) {
        return course;
    }
    const Part& part = *place->part;
    const blueprint::Blueprint& blueprint = *part.blueprint;
    const PromiseJudge judge(blueprint, part.latest_time);
    const Row end = part.customer_offsets[place->customer + 1];
    for (Row row = part.customer_offsets[place->customer]; row < end; ++row) {
        ++course.encounters;
        for (const PromiseMade made : part.promises.made_at(row)) {
            const bool is_kept = made.actual != PromiseMade::not_kept;
            course.promises.push_back(
                {part.number_of(row),
                 blueprint.promises[made.promise].name,
                 to_instant(made.due),
                 judge.outcome(made),
                 is_kept ? std::optional(to_instant(made.actual)) : std::nullopt});
        }
        if (const Answer* answer = part.answer.at(row); answer != nullptr && answer->placed) {
            course.last_answer = LastAnswer{answer->score,
                                            part.scales.string(answer->scale),
                                            part.touchpoints.string(part.touchpoint[row]),
                                            to_instant(part.time[row])};
        }
    }
    return course;
}

}  // namespace kokemus::timeline
