#pragma once

#include <memory>

#include "question/engine.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// Answers questions by passes over the columns of one timeline, on all workers of base/parallel.h.
/// Const and thread safe; holds its timeline for as long as it lives.
class TimelineEngine final : public question::Engine {
public:
    explicit TimelineEngine(std::shared_ptr<const Timeline> timeline, Task* task = nullptr);

    Result<question::FlowCounts> flow(const question::Question& question) const override;
    Result<question::VariantCounts> variants(const question::Question& question) const override;
    Result<question::FunnelCounts> funnel(const question::Question& question) const override;
    Result<question::SeriesCounts> trend(const question::Question& question) const override;
    Result<question::SeriesCounts> breakdown(const question::Question& question) const override;
    Result<question::PromiseCounts> promises(const question::Question& question) const override;
    Result<question::SwitchCounts> switches(const question::Question& question) const override;
    Result<question::GivenPromises> given_promises(
        const question::Question& question) const override;
    Result<question::CauseCounts> causes(const question::Question& question) const override;
    Result<question::EpisodePage> episodes(const question::Question& question) const override;
    Result<question::TimelinePage> timeline(const question::Question& question) const override;
    Result<question::UnitTable> table(const question::Question& question,
                                      const question::TableWish& wish) const override;
    Result<Values> values(const question::Field& field, const question::Question& question,
                          std::size_t limit) const override;

    std::unique_ptr<question::Engine> attended_by(Task& task) const override;

    /// What the answers are counted on.
    const Timeline& columns() const { return *timeline_; }

private:
    template <typename Count>
    auto counted(Count count) const -> decltype(count());

    std::shared_ptr<const Timeline> timeline_;
    Task* task_;  ///< who waits for the answers; may be nullptr
};

}  // namespace kokemus::timeline
