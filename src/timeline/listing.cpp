#include "timeline/listing.h"

#include <algorithm>
#include <tuple>

#include "base/limits.h"
#include "question/format.h"
#include "timeline/count_parts.h"
#include "timeline/experience.h"
#include "timeline/group_field.h"
#include "timeline/group_tally.h"
#include "timeline/shown_paths.h"

namespace kokemus::timeline {
namespace {

constexpr std::size_t episodes_default = 50;
constexpr std::size_t encounters_default = 500;

std::size_t limit_of(const question::Question& question, std::size_t default_limit) {
    return std::min(question.limit > 0 ? question.limit : default_limit, limits::rows_per_page_max);
}

/// Where a unit stands in the order of the answer, and how to find it again.
struct UnitKey {
    std::int64_t start = 0;
    std::uint32_t part = 0;
    Code customer = 0;
    Code thread = 0;
    std::uint32_t place = 0;  ///< among the customer's units that count
};

/// By start, then customer, thread and place. Codes of customers and threads stand for their texts
/// within a part only.
struct Before {
    const Timeline& timeline;

    bool operator()(const UnitKey& a, const UnitKey& b) const {
        if (a.start != b.start) {
            return a.start < b.start;
        }
        if (a.part != b.part) {
            return timeline.parts[a.part].customers.text(a.customer) <
                   timeline.parts[b.part].customers.text(b.customer);
        }
        return std::tie(a.customer, a.thread, a.place) < std::tie(b.customer, b.thread, b.place);
    }
};

/// Finds the units of a page among all. Only as many keys are kept as come before the page's end,
/// at least those; whenever twice as many have come together, the later half drops out. So memory
/// is that of the page, and a unit costs 2 ns, whether or not it is near the page.
class KeyCounter {
public:
    KeyCounter(const Timeline& timeline, const Part& part, bool threaded, std::size_t page_end)
        : timeline_(&timeline),
          part_(&part),
          place_of_part_(static_cast<std::uint32_t>(timeline.place_of(part))),
          threaded_(threaded),
          page_end_(page_end) {}

    void add(const Block& block) {
        std::uint32_t place = 0;
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            const bool same = unit > 0 && block.customers[unit] == block.customers[unit - 1];
            place = same ? place + 1 : 0;
            const Row first = block.first(unit);
            const std::int64_t start = part_->time[first];
            if (start <= latest_start_) {
                keep(UnitKey{start,
                             place_of_part_,
                             block.customers[unit],
                             threaded_ ? part_->thread[first] : 0,
                             place});
            }
        }
        units_ += block.units();
    }

    void merge(const KeyCounter& other) {
        for (const UnitKey& key : other.keys_) {
            keep(key);
        }
        units_ += other.units_;
    }

    /// The keys of the page, in order.
    std::vector<UnitKey> page(std::size_t offset) const {
        auto keys = keys_;
        std::ranges::sort(keys, Before{*timeline_});
        keys.resize(std::min(keys.size(), page_end_));
        keys.erase(keys.begin(),
                   keys.begin() + static_cast<std::ptrdiff_t>(std::min(offset, keys.size())));
        return keys;
    }

    std::size_t size() const { return units_; }

private:
    void keep(const UnitKey& key) {
        keys_.push_back(key);
        constexpr std::size_t spare = 1024;
        if (keys_.size() < 2 * page_end_ + spare) {
            return;
        }
        const auto end = keys_.begin() + static_cast<std::ptrdiff_t>(page_end_);
        std::nth_element(keys_.begin(), end, keys_.end(), Before{*timeline_});
        latest_start_ = end->start;
        keys_.erase(end, keys_.end());
    }

    const Timeline* timeline_;
    const Part* part_;
    std::uint32_t place_of_part_;
    bool threaded_;  ///< units are of one thread each
    std::size_t page_end_;
    std::vector<UnitKey> keys_;
    std::int64_t latest_start_ = INT64_MAX;  ///< what starts later is not on the page
    std::size_t units_ = 0;
};

bool has_threads(const Timeline& timeline, const question::Unit& per) {
    const auto* journey = timeline.blueprint->journey(per.journey);
    return per.kind == question::UnitKind::Thread ||
           (per.kind == question::UnitKind::Journey && journey != nullptr && journey->thread);
}

question::EpisodeRow episode_row(const Part& part, const Block& block, std::size_t unit,
                                 Code thread) {
    const auto rows = block.unit(unit);
    question::EpisodeRow out;
    out.customer = part.customers.string(block.customers[unit]);
    out.thread = part.threads.string(thread);
    out.start = to_instant(part.time[rows.front()]);
    out.end = to_instant(part.time[rows.back()]);
    out.encounters = rows.size();
    out.status = block.statuses[unit];
    if (const auto experience = experience_of(part, rows)) {
        out.experience = from_fixed(*experience);
    }
    return out;
}

question::TimelineRow timeline_row(const Part& part, Row row) {
    question::TimelineRow out;
    out.time = to_instant(part.time[row]);
    out.touchpoint = part.touchpoints.string(part.touchpoint[row]);
    out.channel = part.channels.string(part.channel[row]);
    out.department = part.departments.string(part.department[row]);
    out.employee = part.employees.string(part.employee[row]);
    out.thread = part.threads.string(part.thread[row]);
    if (const auto* answer = part.answer.at(row)) {
        out.score = answer->score;
        out.scale = part.scales.string(answer->scale);
    }
    out.value = part.value.at(row);
    out.duration_seconds = part.duration_seconds.at(row);
    out.ledger_number = part.number_of(row);
    return out;
}

/// How many encounters have each value of a field. Costs 1.2 ns an encounter, 1.5 where the field
/// is the customer's.
class ValueCounter {
public:
    ValueCounter(const GroupField& field, std::size_t part)
        : field_(&field),
          part_(part),
          tally_(field.size()) {}

    void add(const MarkedBlock& marked) {
        groups_.resize(marked.rows.size() * 64);
        field_->read(part_, marked, groups_);
        tally_.add(marked.rows, groups_);
    }

    void merge(const ValueCounter& other, Sign sign = Sign::Plus) {
        tally_.merge(other.tally_, sign);
    }

    void rest() {
        field_ = nullptr;
        groups_ = {};
    }

    std::size_t bytes() const { return tally_.bytes(); }

    std::vector<std::uint64_t> counts() const {
        std::vector<std::uint64_t> counts(tally_.size());
        for (Code group = 0; group < counts.size(); ++group) {
            counts[group] = tally_.count(group);
        }
        return counts;
    }

private:
    const GroupField* field_;
    std::size_t part_;
    GroupTally tally_;
    std::vector<Code> groups_;
};

}  // namespace

Result<question::EpisodePage> list_episodes(const Timeline& timeline,
                                            const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    const bool threaded = has_threads(timeline, question.per);
    const std::size_t limit = limit_of(question, episodes_default);
    const std::size_t page_end = question.offset + std::min(limit, SIZE_MAX / 4 - question.offset);
    const auto [keys, population] = count_blocks(
        plan, [&](const Part& part) { return KeyCounter(timeline, part, threaded, page_end); });
    question::EpisodePage page;
    page.population = population.population();
    page.total = keys.size();
    PopulationCount again;
    ShownPaths paths;
    for (const UnitKey& key : keys.page(question.offset)) {
        const Part& part = timeline.parts[key.part];
        BlockReader reader(plan.parts[key.part]);
        const PartChunk one{.from = key.customer, .to = key.customer + 1};
        reader.read(one, again, [&](const Block& block) {
            page.rows.push_back(episode_row(part, block, key.place, key.thread));
            const auto rows = block.unit(key.place);
            paths.add(part.touchpoints, rows.size(), [&](std::size_t step) {
                return part.touchpoint[rows[step]];
            });
        });
    }
    auto names = paths.names();
    for (std::size_t i = 0; i < page.rows.size(); ++i) {
        page.rows[i].path = std::move(names[i]);
    }
    return page;
}

Result<question::TimelinePage> list_timeline(const Timeline& timeline,
                                             const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    question::TimelinePage page;
    const auto place = timeline.find_customer(question.customer);
    if (!place) {
        return page;
    }
    std::vector<Row> rows;
    PopulationCount population;
    BlockReader reader(plan.parts[timeline.place_of(*place->part)]);
    const PartChunk one{.from = place->customer, .to = place->customer + 1};
    reader.read(one, population, [&](const Block& block) {
        rows.assign(block.rows().begin(), block.rows().end());
    });
    std::ranges::sort(rows);
    page.population = population.population();
    page.total = rows.size();
    const std::size_t limit = limit_of(question, encounters_default);
    for (std::size_t i = question.offset; i < rows.size() && i - question.offset < limit; ++i) {
        page.rows.push_back(timeline_row(*place->part, rows[i]));
    }
    return page;
}

Result<question::Engine::Values> list_values(const Timeline& timeline, const question::Field& field,
                                             const question::Question& question,
                                             std::size_t limit) {
    const Plan plan = TRY(Plan::make(timeline, question));
    const auto source = TRY(GroupField::make(timeline, field));
    const auto make = [&](const Part& part) {
        return ValueCounter(source, timeline.place_of(part));
    };
    const Keeping keeping{.what = "values of " + question::quoted(field.name),
                          .layout = layout_of({source.size(), source.column_codes()})};
    const auto [counter, population] =
        count_marked(plan, make, source.is_shared() ? &keeping : nullptr);
    const auto counts = counter.counts();
    std::vector<Code> codes;
    for (Code code = 0; code < counts.size(); ++code) {
        if (counts[code] > 0) {
            codes.push_back(code);
        }
    }
    const auto middle = codes.begin() + static_cast<std::ptrdiff_t>(std::min(limit, codes.size()));
    std::partial_sort(codes.begin(), middle, codes.end(), [&](Code a, Code b) {
        return counts[a] != counts[b] ? counts[a] > counts[b] : source.text(a) < source.text(b);
    });
    question::Engine::Values values;
    values.distinct = codes.size();
    values.population = population.population();
    for (auto code = codes.begin(); code != middle; ++code) {
        values.most.push_back({std::string(source.text(*code)), counts[*code]});
    }
    return values;
}

}  // namespace kokemus::timeline
