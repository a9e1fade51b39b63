#include "timeline/timeline_engine.h"

#include <utility>

#include "base/check.h"
#include "timeline/cause_count.h"
#include "timeline/flow_count.h"
#include "timeline/funnel_count.h"
#include "timeline/given_promises.h"
#include "timeline/listing.h"
#include "timeline/promise_count.h"
#include "timeline/series_count.h"
#include "timeline/switch_count.h"
#include "timeline/unit_table.h"
#include "timeline/variant_count.h"

namespace kokemus::timeline {

using question::Question;

TimelineEngine::TimelineEngine(std::shared_ptr<const Timeline> timeline, Task* task)
    : timeline_(std::move(timeline)),
      task_(task) {
    CHECK(timeline_ != nullptr);
}

std::unique_ptr<question::Engine> TimelineEngine::attended_by(Task& task) const {
    return std::make_unique<TimelineEngine>(timeline_, &task);
}

/// Counts for the task. What was counted until a task was over is not whole, so it is thrown away.
template <typename Count>
auto TimelineEngine::counted(Count count) const -> decltype(count()) {
    if (task_ == nullptr) {
        return count();
    }
    const Task::Scope scope(*task_);
    auto counts = count();
    TRY(task_->status());
    return counts;
}

Result<question::FlowCounts> TimelineEngine::flow(const Question& question) const {
    return counted([&] { return count_flow(*timeline_, question); });
}

Result<question::VariantCounts> TimelineEngine::variants(const Question& question) const {
    return counted([&] { return count_variants(*timeline_, question); });
}

Result<question::FunnelCounts> TimelineEngine::funnel(const Question& question) const {
    return counted([&] { return count_funnel(*timeline_, question); });
}

Result<question::SeriesCounts> TimelineEngine::trend(const Question& question) const {
    return counted([&] { return count_trend(*timeline_, question); });
}

Result<question::SeriesCounts> TimelineEngine::breakdown(const Question& question) const {
    return counted([&] { return count_breakdown(*timeline_, question); });
}

Result<question::GivenPromises> TimelineEngine::given_promises(const Question& question) const {
    return counted([&] { return list_given_promises(*timeline_, question); });
}

Result<question::PromiseCounts> TimelineEngine::promises(const Question& question) const {
    return counted([&] { return count_promises(*timeline_, question); });
}

Result<question::SwitchCounts> TimelineEngine::switches(const Question& question) const {
    return counted([&] { return count_switches(*timeline_, question); });
}

Result<question::CauseCounts> TimelineEngine::causes(const Question& question) const {
    return counted([&] { return count_causes(*timeline_, question); });
}

Result<question::EpisodePage> TimelineEngine::episodes(const Question& question) const {
    return counted([&] { return list_episodes(*timeline_, question); });
}

Result<question::TimelinePage> TimelineEngine::timeline(const Question& question) const {
    return counted([&] { return list_timeline(*timeline_, question); });
}

Result<question::UnitTable> TimelineEngine::table(const Question& question,
                                                  const question::TableWish& wish) const {
    return counted([&] { return make_unit_table(*timeline_, question, wish); });
}

Result<TimelineEngine::Values> TimelineEngine::values(const question::Field& field,
                                                      const Question& question,
                                                      std::size_t limit) const {
    return counted([&] { return list_values(*timeline_, field, question, limit); });
}

}  // namespace kokemus::timeline
