#include "timeline/variant_count.h"

#include <algorithm>
#include <memory>
#include <numeric>

#include "timeline/distinct_count.h"
#include "timeline/experience.h"
#include "timeline/path_table.h"
#include "timeline/plan.h"
#include "timeline/time_counts.h"

namespace kokemus::timeline {
namespace {

constexpr std::size_t rows_default = 20;

/// The first pass: how often each path occurs.
class PathCounter {
public:
    PathCounter(const Part& part, bool collapse) : writer_(part, collapse) {}

    void add(const Block& block) {
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            count(writer_.write(block.unit(unit)), 1);
        }
    }

    void merge(const PathCounter& other) {
        for (std::uint32_t number = 0; number < other.counts_.size(); ++number) {
            count(other.table_.path(number), other.counts_[number]);
        }
    }

    /// The `count` most frequent paths behind the first `offset`, by count, then by the names on
    /// the path.
    std::vector<std::uint32_t> most(std::size_t offset, std::size_t count,
                                    const Dictionary& touchpoints) const {
        const std::vector<Code> ranks = touchpoints.ranks();
        std::vector<std::uint32_t> numbers(counts_.size());
        std::iota(numbers.begin(), numbers.end(), 0U);
        const std::size_t end = std::min(numbers.size(), offset + std::min(count, numbers.size()));
        const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(end);
        std::partial_sort(numbers.begin(), middle, numbers.end(), [&](auto a, auto b) {
            return counts_[a] != counts_[b] ? counts_[a] > counts_[b]
                                            : writer_.before(table_.path(a), table_.path(b), ranks);
        });
        numbers.erase(middle, numbers.end());
        numbers.erase(numbers.begin(),
                      numbers.begin() + static_cast<std::ptrdiff_t>(std::min(offset, end)));
        return numbers;
    }

    const PathTable& table() const { return table_; }
    const std::vector<std::uint64_t>& counts() const { return counts_; }
    const PathWriter& writer() const { return writer_; }

private:
    void count(std::string_view path, std::uint64_t times) {
        const std::uint32_t number = table_.number(path);
        if (number == counts_.size()) {
            counts_.push_back(0);
        }
        counts_[number] += times;
    }

    PathWriter writer_;
    PathTable table_;
    std::vector<std::uint64_t> counts_;
};

struct VariantDetail {
    DistinctCount seen;
    TimeCounts times;
    ExactMoments experience;
};

/// The second pass: times, customers and experience of the few paths that are shown.
class DetailCounter {
public:
    DetailCounter(const Part& part, bool collapse, const PathTable& shown)
        : part_(&part),
          writer_(part, collapse),
          shown_(&shown),
          details_(shown.size()) {}

    void add(const Block& block) {
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            const auto rows = block.unit(unit);
            const std::uint32_t number = shown_->look_up(writer_.write(rows));
            if (number == none) {
                continue;
            }
            VariantDetail& detail = details_[number];
            detail.seen.add(unit_++, block.customers[unit]);
            detail.times.add(part_->time[rows.back()] - part_->time[rows.front()]);
            if (const auto experience = experience_of(*part_, rows)) {
                detail.experience.add(*experience);
            }
        }
    }

    void merge(const DetailCounter& other) {
        for (std::size_t i = 0; i < details_.size(); ++i) {
            details_[i].seen.merge(other.details_[i].seen);
            details_[i].times.merge(other.details_[i].times);
            details_[i].experience.merge(other.details_[i].experience);
        }
    }

    const std::vector<VariantDetail>& details() const { return details_; }

private:
    const Part* part_;
    PathWriter writer_;
    const PathTable* shown_;
    std::vector<VariantDetail> details_;
    std::uint32_t unit_ = 0;
};

}  // namespace

Result<question::VariantCounts> count_variants(const Timeline& timeline,
                                               const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    const auto [paths, population] =
        count_blocks(plan, [&](const Part& part) { return PathCounter(part, question.collapse); });
    PathTable shown;
    const std::size_t limit = question.limit > 0 ? question.limit : rows_default;
    for (const auto number : paths.most(question.offset, limit, timeline.touchpoints)) {
        shown.number(paths.table().path(number));
    }
    question::VariantCounts counts;
    counts.population = population.population();
    counts.distinct = paths.counts().size();
    counts.other_variants = counts.distinct - shown.size();
    counts.other_count =
        std::accumulate(paths.counts().begin(), paths.counts().end(), std::uint64_t{0});
    const auto details = count_blocks(plan, [&](const Part& part) {
                             return DetailCounter(part, question.collapse, shown);
                         }).first;
    for (std::uint32_t row = 0; row < shown.size(); ++row) {
        const VariantDetail& detail = details.details()[row];
        question::Variant variant;
        variant.path = paths.writer().names(shown.path(row), timeline.touchpoints);
        variant.count = detail.seen.count;
        variant.customers = detail.seen.customers;
        variant.milliseconds = detail.times.histogram();
        variant.seconds_sum = detail.times.seconds_sum();
        variant.experience = detail.experience.moments();
        counts.other_count -= variant.count;
        counts.variants.push_back(std::move(variant));
    }
    return counts;
}

}  // namespace kokemus::timeline
