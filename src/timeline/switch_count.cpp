#include "timeline/switch_count.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "timeline/distinct_count.h"
#include "timeline/experience.h"
#include "timeline/pair_slots.h"
#include "timeline/plan.h"
#include "timeline/repeat_count.h"

namespace kokemus::timeline {
namespace {

struct SwitchTally {
    DistinctCount seen;
    std::uint64_t forced = 0;
    ExactMoments experience;
    std::uint32_t last_scored_unit = none;
};

class SwitchCounter {
public:
    SwitchCounter(const Part& part, std::int64_t window)
        : part_(&part),
          slots_(part.channels.size()),
          repeats_(part, window) {}

    void add(const Block& block) {
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            add_unit(block.unit(unit), block.customers[unit]);
            ++unit_;
        }
        for (std::size_t unit = 0; unit < block.units();) {
            std::size_t end = unit;
            while (end < block.units() && block.customers[end] == block.customers[unit]) {
                ++end;
            }
            repeats_.add_customer(block.customers[unit],
                                  block.rows().subspan(block.offsets[unit],
                                                       block.offsets[end] - block.offsets[unit]));
            unit = end;
        }
    }

    void merge(const SwitchCounter& other);
    void finish(question::SwitchCounts& counts) const;

private:
    void add_unit(std::span<const Row> rows, Code customer);
    SwitchTally& tally(Code from, Code to);

    const Part* part_;
    PairSlots slots_;  ///< (channel, channel)
    std::vector<SwitchTally> tallies_;
    std::uint64_t units_with_switch_ = 0, units_forced_ = 0, encounters_machine_ = 0;
    RepeatCounter repeats_;
    std::uint32_t unit_ = 0;
    std::vector<std::uint32_t> passed_;  ///< slots of the present unit
};

void SwitchCounter::add_unit(std::span<const Row> rows, Code customer) {
    passed_.clear();
    bool forced_any = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Code to = part_->channel[rows[i]];
        encounters_machine_ += part_->facts.is_machine(to) ? 1 : 0;
        const Code from = i > 0 ? part_->channel[rows[i - 1]] : to;
        if (from == to || from == 0 || to == 0) {
            continue;
        }
        SwitchTally& passed = tally(from, to);
        passed.seen.add(unit_, customer);
        const bool forced = part_->is_forced(rows[i - 1], rows[i]);
        passed.forced += forced ? 1 : 0;
        forced_any = forced_any || forced;
        passed_.push_back(slots_.slot(from, to));
    }
    units_with_switch_ += passed_.empty() ? 0 : 1;
    units_forced_ += forced_any ? 1 : 0;
    const auto experience = passed_.empty() ? std::nullopt : experience_of(*part_, rows);
    if (experience) {
        for (const auto slot : passed_) {
            if (tallies_[slot].last_scored_unit != unit_) {
                tallies_[slot].last_scored_unit = unit_;
                tallies_[slot].experience.add(*experience);
            }
        }
    }
}

SwitchTally& SwitchCounter::tally(Code from, Code to) {
    const std::uint32_t slot = slots_.slot(from, to);
    if (slot == tallies_.size()) {
        tallies_.emplace_back();
    }
    return tallies_[slot];
}

void SwitchCounter::merge(const SwitchCounter& other) {
    for (std::size_t slot = 0; slot < other.tallies_.size(); ++slot) {
        const auto [from, to] = other.slots_.pairs()[slot];
        SwitchTally& mine = tally(from, to);
        mine.seen.merge(other.tallies_[slot].seen);
        mine.forced += other.tallies_[slot].forced;
        mine.experience.merge(other.tallies_[slot].experience);
    }
    units_with_switch_ += other.units_with_switch_;
    units_forced_ += other.units_forced_;
    encounters_machine_ += other.encounters_machine_;
    repeats_.merge(other.repeats_);
}

void SwitchCounter::finish(question::SwitchCounts& counts) const {
    counts.units_with_switch = units_with_switch_;
    counts.units_forced = units_forced_;
    counts.encounters_machine = encounters_machine_;
    for (std::size_t slot = 0; slot < tallies_.size(); ++slot) {
        const auto [from, to] = slots_.pairs()[slot];
        question::ChannelSwitch out;
        out.from = part_->channels.string(from);
        out.to = part_->channels.string(to);
        out.count = tallies_[slot].seen.count;
        out.units = tallies_[slot].seen.units;
        out.customers = tallies_[slot].seen.customers;
        out.forced = tallies_[slot].forced;
        out.experience = tallies_[slot].experience.moments();
        counts.switches.push_back(std::move(out));
    }
    std::ranges::sort(counts.switches, [](const auto& a, const auto& b) {
        return std::tie(a.from, a.to) < std::tie(b.from, b.to);
    });
    counts.topics = repeats_.topics();
    counts.all = repeats_.all();
}

}  // namespace

Result<question::SwitchCounts> count_switches(const Timeline& timeline,
                                              const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    const Milliseconds window = question.within.value_or(question::Repeats{}.within);
    const auto [counter, population] =
        count_blocks(plan, [&](const Part& part) { return SwitchCounter(part, window.count()); });
    question::SwitchCounts counts;
    counts.population = population.population();
    counts.window = window;
    counter.finish(counts);
    return counts;
}

}  // namespace kokemus::timeline
