#include "timeline/variant_count.h"

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/parallel.h"
#include "timeline/count_parts.h"
#include "timeline/distinct_count.h"
#include "timeline/experience.h"
#include "timeline/path_reader.h"
#include "timeline/path_table.h"
#include "timeline/time_counts.h"

namespace kokemus::timeline {
namespace {

constexpr std::size_t rows_default = 20;

/// The first pass: how often each path occurs. Costs 10 ns a unit for reading and hashing, and what
/// a look into a table of all distinct paths takes, which is fetched ahead.
class PathCounter {
public:
    PathCounter(const Part& part, bool collapse) : reader_(part, collapse) {}

    void add(const Block& block);

    /// Paths of one hash meet in one shard, so shards are merged by all workers at once.
    void merge(const PathCounter& other, Sign sign = Sign::Plus);

    void rest() {
        reader_.rest();
        hashes_ = {};
    }

    std::size_t bytes() const {
        std::size_t bytes = 0;
        for (const PathTable& shard : shards_) {
            bytes += shard.bytes();
        }
        return bytes;
    }

    /// The `count` most frequent paths behind the first `offset`, by count, then by the names on
    /// the path.
    std::vector<std::string_view> most(std::size_t offset, std::size_t count,
                                       const Dictionary& touchpoints) const;

    std::size_t distinct() const;
    std::uint64_t units() const { return units_; }
    const PathReader& reader() const { return reader_; }

private:
    static constexpr unsigned shard_bits = 4;

    struct Place {
        const PathTable* table = nullptr;
        std::uint32_t number = 0;

        std::uint64_t times() const { return table->times(number); }
        std::string_view path() const { return table->path(number); }
    };

    static std::size_t shard_of(std::uint64_t hash) { return hash >> (64U - shard_bits); }

    PathReader reader_;
    std::array<PathTable, 1U << shard_bits> shards_;
    std::vector<std::uint64_t> hashes_;  ///< of the units of the block at hand
    std::uint64_t units_ = 0;
};

void PathCounter::add(const Block& block) {
    constexpr std::size_t ahead = 12;  // units whose slots are being fetched
    const auto paths = reader_.read(block);
    hashes_.resize(paths.size());
    for (std::size_t unit = 0; unit < paths.size(); ++unit) {
        hashes_[unit] = hash64(paths[unit]);
    }
    for (std::size_t unit = 0; unit < paths.size(); ++unit) {
        if (unit + ahead < paths.size()) {
            const std::uint64_t next = hashes_[unit + ahead];
            shards_[shard_of(next)].prefetch(next);
        }
        shards_[shard_of(hashes_[unit])].add(paths[unit], hashes_[unit], 1);
    }
    units_ += paths.size();
}

void PathCounter::merge(const PathCounter& other, Sign sign) {
    for_each_chunk_plain(shards_.size(), 1, [&](const Chunk& chunk) {
        constexpr std::uint32_t ahead = 12;
        PathTable& mine = shards_[chunk.from];
        const PathTable& theirs = other.shards_[chunk.from];
        for (std::uint32_t number = 0; number < theirs.size(); ++number) {
            if (number + ahead < theirs.size()) {
                mine.prefetch(theirs.hash(number + ahead));
            }
            mine.add(
                theirs.path(number), theirs.hash(number), with_sign(sign, theirs.times(number)));
        }
    });
    units_ += with_sign(sign, other.units_);
}

std::vector<std::string_view> PathCounter::most(std::size_t offset, std::size_t count,
                                                const Dictionary& touchpoints) const {
    const std::vector<Code> ranks = touchpoints.ranks();
    const auto before = [&](const Place& a, const Place& b) {
        return a.times() != b.times() ? a.times() > b.times()
                                      : reader_.before(a.path(), b.path(), ranks);
    };
    const auto keep_first = [&](std::vector<Place>& places) {
        const std::size_t end = offset + std::min(count, places.size());
        const std::size_t kept = std::min(end, places.size());
        std::partial_sort(places.begin(),
                          places.begin() + static_cast<std::ptrdiff_t>(kept),
                          places.end(),
                          before);
        places.resize(kept);
    };
    std::array<std::vector<Place>, 1U << shard_bits> of_shards;
    for_each_chunk_plain(shards_.size(), 1, [&](const Chunk& chunk) {
        const PathTable& table = shards_[chunk.from];
        auto& places = of_shards[chunk.from];
        places.reserve(table.size());
        for (std::uint32_t number = 0; number < table.size(); ++number) {
            if (table.times(number) > 0) {
                places.push_back(Place{&table, number});
            }
        }
        keep_first(places);
        places.shrink_to_fit();
    });
    std::vector<Place> all;
    for (const auto& places : of_shards) {
        all.insert(all.end(), places.begin(), places.end());
    }
    keep_first(all);
    std::vector<std::string_view> paths;
    for (std::size_t i = offset; i < all.size() && paths.size() < count; ++i) {
        paths.push_back(all[i].path());
    }
    return paths;
}

std::size_t PathCounter::distinct() const {
    std::size_t distinct = 0;
    for (const auto& shard : shards_) {
        for (std::uint32_t number = 0; number < shard.size(); ++number) {
            distinct += shard.times(number) > 0 ? 1 : 0;
        }
    }
    return distinct;
}

struct VariantDetail {
    DistinctCount seen;
    TimeCounts times;
    ExactMoments experience;
};

/// The second pass: times, customers and experience of the few paths that are shown. Costs 10 ns a
/// unit.
class DetailCounter {
public:
    DetailCounter(const Part& part, const question::Question& question, const PathTable& shown)
        : part_(&part),
          reader_(part, question.collapse),
          times_(!question.counts_only),
          shown_(&shown),
          details_(shown.size()) {}

    void add(const Block& block) {
        const auto paths = reader_.read(block);
        for (std::size_t unit = 0; unit < paths.size(); ++unit) {
            const std::uint32_t number = shown_->look_up(paths[unit], hash64(paths[unit]));
            if (number != none) {
                add_unit(block, unit, details_[number]);
            }
        }
    }

    void merge(const DetailCounter& other, Sign sign = Sign::Plus) {
        for (std::size_t i = 0; i < details_.size(); ++i) {
            details_[i].seen.merge(other.details_[i].seen, sign);
            details_[i].times.merge(other.details_[i].times, sign);
            details_[i].experience.merge(other.details_[i].experience, sign);
        }
    }

    void rest() {
        part_ = nullptr;
        shown_ = nullptr;
        reader_.rest();
        rows_ = {};
    }

    std::size_t bytes() const {
        std::size_t bytes = 0;
        for (const VariantDetail& detail : details_) {
            bytes += sizeof(detail) + detail.times.bytes();
        }
        return bytes;
    }

    const std::vector<VariantDetail>& details() const { return details_; }

private:
    void add_unit(const Block& block, std::size_t unit, VariantDetail& detail) {
        detail.seen.add(unit_++, block.customers[unit]);
        if (times_) {
            detail.times.add(part_->time[block.last(unit)] - part_->time[block.first(unit)]);
        }
        std::span<const Row> rows;
        if (block.starts().empty()) {
            rows = block.unit(unit);
        } else {
            rows_.resize(block.offsets[unit + 1] - block.offsets[unit]);
            std::iota(rows_.begin(), rows_.end(), block.first(unit));
            rows = rows_;
        }
        if (const auto experience = experience_of(*part_, rows)) {
            detail.experience.add(*experience);
        }
    }

    const Part* part_;
    PathReader reader_;
    bool times_;
    const PathTable* shown_;
    std::vector<VariantDetail> details_;
    std::vector<Row> rows_;
    std::uint32_t unit_ = 0;
};

/// The paths in an order that does not depend on how often each is taken.
PathTable table_of(std::vector<std::string_view> paths) {
    std::ranges::sort(paths);
    PathTable table;
    for (const auto path : paths) {
        table.add(path, hash64(path), 1);
    }
    return table;
}

/// Of the details of these paths.
std::string layout_of(const PathTable& shown, std::uint64_t width) {
    std::string layout = fmt::format("{}", width);
    for (std::uint32_t number = 0; number < shown.size(); ++number) {
        layout += fmt::format(" {}:{}", shown.path(number).size(), shown.path(number));
    }
    return layout;
}

}  // namespace

Result<question::VariantCounts> count_variants(const Timeline& timeline,
                                               const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    const std::uint64_t width = PathReader::width_of(timeline.touchpoints.size());
    const Keeping paths_keeping{.what = "paths", .layout = layout_of({width})};
    const auto [paths, population] = count_blocks(
        plan,
        [&](const Part& part) { return PathCounter(part, question.collapse); },
        &paths_keeping);
    const std::size_t limit = question.limit > 0 ? question.limit : rows_default;
    const auto most = paths.most(question.offset, limit, timeline.touchpoints);
    const PathTable shown = table_of(most);
    question::VariantCounts counts;
    counts.population = population.population();
    counts.distinct = paths.distinct();
    counts.other_variants = counts.distinct - shown.size();
    counts.other_count = paths.units();
    // What is asked without times is asked for all paths: nobody keeps that.
    const Keeping details_keeping{.what = "details",
                                  .layout = question.counts_only ? "" : layout_of(shown, width)};
    const auto details = count_blocks(
                             plan,
                             [&](const Part& part) { return DetailCounter(part, question, shown); },
                             question.counts_only ? nullptr : &details_keeping)
                             .first;
    for (const auto path : most) {
        const VariantDetail& detail = details.details()[shown.look_up(path, hash64(path))];
        question::Variant variant;
        variant.path = paths.reader().names(path, timeline.touchpoints);
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
