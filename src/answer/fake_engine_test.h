#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "question/engine.h"

namespace kokemus::answer {

/// Gives hand-made counts, so that tests say what an engine would have counted.
class FakeEngine final : public question::Engine {
public:
    question::FlowCounts flow_counts;
    question::VariantCounts variant_counts;
    question::VariantCounts course_counts;  ///< of variants that are asked without times
    question::FunnelCounts funnel_counts;
    question::SeriesCounts series_counts;
    question::PromiseCounts promise_counts;
    question::SwitchCounts switch_counts;
    question::GivenPromises promises_given;
    question::CauseCounts cause_counts;
    question::EpisodePage episode_page;
    question::TimelinePage timeline_page;
    std::vector<ValueCount> value_counts;
    question::UnitTable unit_table;

    /// When set, asked instead for flows and series: counts that depend on the question.
    std::function<question::FlowCounts(const question::Question&)> flow_of;
    std::function<question::SeriesCounts(const question::Question&)> series_of;

    /// What was asked last.
    mutable question::Question asked;
    mutable question::TableWish wished;

    Result<question::FlowCounts> flow(const question::Question& question) const override {
        asked = question;
        return flow_of ? flow_of(question) : flow_counts;
    }
    Result<question::VariantCounts> variants(const question::Question& question) const override {
        asked = question;
        return question.counts_only ? course_counts : variant_counts;
    }
    Result<question::FunnelCounts> funnel(const question::Question& question) const override {
        asked = question;
        return funnel_counts;
    }
    Result<question::SeriesCounts> trend(const question::Question& question) const override {
        asked = question;
        return series_of ? series_of(question) : series_counts;
    }
    Result<question::SeriesCounts> breakdown(const question::Question& question) const override {
        asked = question;
        return series_counts;
    }
    Result<question::PromiseCounts> promises(const question::Question& question) const override {
        asked = question;
        return promise_counts;
    }
    Result<question::SwitchCounts> switches(const question::Question& question) const override {
        asked = question;
        return switch_counts;
    }
    Result<question::GivenPromises> given_promises(
        const question::Question& question) const override {
        asked = question;
        return promises_given;
    }
    Result<question::CauseCounts> causes(const question::Question& question) const override {
        asked = question;
        return cause_counts;
    }
    Result<question::EpisodePage> episodes(const question::Question& question) const override {
        asked = question;
        return episode_page;
    }
    Result<question::TimelinePage> timeline(const question::Question& question) const override {
        asked = question;
        return timeline_page;
    }
    Result<question::UnitTable> table(const question::Question& question,
                                      const question::TableWish& wish) const override {
        asked = question;
        wished = wish;
        question::UnitTable table = unit_table;
        table.columns.resize(std::max(table.columns.size(), wish.columns.size()));
        return table;
    }
    Result<Values> values(const question::Field&, const question::Question&,
                          std::size_t limit) const override {
        const auto listed = static_cast<std::ptrdiff_t>(std::min(limit, value_counts.size()));
        return Values{{value_counts.begin(), value_counts.begin() + listed}, value_counts.size()};
    }

    std::unique_ptr<question::Engine> attended_by(Task&) const override {
        return std::make_unique<FakeEngine>(*this);
    }
};

}  // namespace kokemus::answer
