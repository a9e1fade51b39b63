#include "timeline/listing.h"

#include <algorithm>
#include <tuple>

#include "base/limits.h"
#include "timeline/experience.h"
#include "timeline/group_field.h"
#include "timeline/plan.h"

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
bool comes_before(const UnitKey& a, const UnitKey& b, const Timeline& timeline) {
    if (a.start != b.start) {
        return a.start < b.start;
    }
    if (a.part != b.part) {
        return timeline.parts[a.part].customers.text(a.customer) <
               timeline.parts[b.part].customers.text(b.customer);
    }
    return std::tie(a.customer, a.thread, a.place) < std::tie(b.customer, b.thread, b.place);
}

class KeyCounter {
public:
    KeyCounter(const Timeline& timeline, const Part& part, bool threaded)
        : timeline_(&timeline),
          part_(&part),
          threaded_(threaded) {}

    void add(const Block& block) {
        std::uint32_t place = 0;
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            const bool same = unit > 0 && block.customers[unit] == block.customers[unit - 1];
            place = same ? place + 1 : 0;
            const Row first = block.unit(unit).front();
            keys_.push_back(UnitKey{part_->time[first],
                                    static_cast<std::uint32_t>(timeline_->place_of(*part_)),
                                    block.customers[unit],
                                    threaded_ ? part_->thread[first] : 0,
                                    place});
        }
    }

    void merge(const KeyCounter& other) {
        keys_.insert(keys_.end(), other.keys_.begin(), other.keys_.end());
    }

    /// Sorts as far as the page needs, and gives its keys.
    std::vector<UnitKey> page(std::size_t offset, std::size_t limit) const {
        auto keys = keys_;
        const std::size_t from = std::min(offset, keys.size());
        const std::size_t to = from + std::min(limit, keys.size() - from);
        const auto at = [&](std::size_t place) {
            return keys.begin() + static_cast<std::ptrdiff_t>(place);
        };
        const auto before = [this](const UnitKey& a, const UnitKey& b) {
            return comes_before(a, b, *timeline_);
        };
        if (from < keys.size()) {
            std::nth_element(at(0), at(from), keys.end(), before);
        }
        std::partial_sort(at(from), at(to), keys.end(), before);
        return {at(from), at(to)};
    }

    std::size_t size() const { return keys_.size(); }

private:
    const Timeline* timeline_;
    const Part* part_;
    bool threaded_;  ///< units are of one thread each
    std::vector<UnitKey> keys_;
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
    for (const Row row : rows) {
        out.path.push_back(part.touchpoints.string(part.touchpoint[row]));
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

class ValueCounter {
public:
    ValueCounter(const GroupField& field, std::size_t part)
        : field_(&field),
          part_(part),
          counts_(field.size()) {}

    void add(const Block& block) {
        field_->gather(part_, block, codes_);
        for (const Code code : codes_) {
            ++counts_[code];
        }
    }

    void merge(const ValueCounter& other) {
        for (std::size_t code = 0; code < counts_.size(); ++code) {
            counts_[code] += other.counts_[code];
        }
    }

    const std::vector<std::uint64_t>& counts() const { return counts_; }

private:
    const GroupField* field_;
    std::size_t part_;
    std::vector<std::uint64_t> counts_;
    std::vector<Code> codes_;
};

}  // namespace

Result<question::EpisodePage> list_episodes(const Timeline& timeline,
                                            const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    const bool threaded = has_threads(timeline, question.per);
    const auto [keys, population] =
        count_blocks(plan, [&](const Part& part) { return KeyCounter(timeline, part, threaded); });
    question::EpisodePage page;
    page.population = population.population();
    page.total = keys.size();
    PopulationCount again;
    for (const UnitKey& key : keys.page(question.offset, limit_of(question, episodes_default))) {
        const Part& part = timeline.parts[key.part];
        BlockReader reader(plan.parts[key.part]);
        reader.read(key.customer, key.customer + 1, again, [&](const Block& block) {
            page.rows.push_back(episode_row(part, block, key.place, key.thread));
        });
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
    reader.read(place->customer, place->customer + 1, population, [&](const Block& block) {
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

Result<std::vector<question::Engine::ValueCount>> list_values(const Timeline& timeline,
                                                              const question::Field& field,
                                                              const question::Question& question,
                                                              std::size_t limit) {
    const Plan plan = TRY(Plan::make(timeline, question));
    const auto source = TRY(GroupField::make(timeline, field));
    const auto counter = count_blocks(plan, [&](const Part& part) {
                             return ValueCounter(source, timeline.place_of(part));
                         }).first;
    std::vector<Code> codes;
    for (Code code = 0; code < counter.counts().size(); ++code) {
        if (counter.counts()[code] > 0) {
            codes.push_back(code);
        }
    }
    const auto middle = codes.begin() + static_cast<std::ptrdiff_t>(std::min(limit, codes.size()));
    std::partial_sort(codes.begin(), middle, codes.end(), [&](Code a, Code b) {
        const auto count_a = counter.counts()[a];
        const auto count_b = counter.counts()[b];
        return count_a != count_b ? count_a > count_b : source.text(a) < source.text(b);
    });
    std::vector<question::Engine::ValueCount> values;
    for (auto code = codes.begin(); code != middle; ++code) {
        values.push_back({std::string(source.text(*code)), counter.counts()[*code]});
    }
    return values;
}

}  // namespace kokemus::timeline
