#include "timeline/switch_count.h"

#include <algorithm>
#include <chrono>
#include <optional>
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
};

/// An encounter costs 1.5 ns, a switch 4, a score 2, beside what repeats do (repeat_count.h).
class SwitchCounter {
public:
    SwitchCounter(const Part& part, std::int64_t window)
        : part_(&part),
          slots_(part.channels.size()),
          repeats_(part, window) {
        for (Code channel = 0; channel < part.channels.size(); ++channel) {
            machine_.push_back(part.facts.is_machine(channel));
        }
    }

    void add(const MarkedBlock& marked) {
        experience_.read(*part_, marked);
        part_->channel.visit([&](const auto* channels) {
            for (std::size_t unit = 0; unit < marked.block.units(); ++unit) {
                add_unit(marked, unit, channels);
                ++unit_;
            }
        });
        repeats_.add(marked);
    }

    void merge(const SwitchCounter& other);
    void finish(question::SwitchCounts& counts) const;

private:
    template <typename Channels>
    void add_unit(const MarkedBlock& marked, std::size_t unit, const Channels& channels);
    bool add_switch(Row earlier, Row later, Code customer, const std::optional<Fixed>& experience);
    SwitchTally& tally(Code from, Code to);

    const Part* part_;
    std::vector<std::uint8_t> machine_;  ///< channel -> could be switched from by force
    PairSlots slots_;                    ///< (channel, channel)
    std::vector<SwitchTally> tallies_;
    std::uint64_t units_with_switch_ = 0, units_forced_ = 0, encounters_machine_ = 0;
    RepeatCounter repeats_;
    UnitExperience experience_;
    std::uint32_t unit_ = 0;
};

template <typename Channels>
void SwitchCounter::add_unit(const MarkedBlock& marked, std::size_t unit,
                             const Channels& channels) {
    Row earlier = none;
    Code from = 0;
    bool switched = false;
    bool forced = false;
    marked.for_each_row(unit, [&](Row row) {
        const Code to = channels[row];
        encounters_machine_ += machine_[to];
        if (from != to && from != 0 && to != 0) {
            switched = true;
            forced |= add_switch(earlier, row, marked.block.customers[unit], experience_.of(unit));
        }
        earlier = row;
        from = to;
    });
    units_with_switch_ += switched ? 1 : 0;
    units_forced_ += forced ? 1 : 0;
}

/// Whether it was forced.
bool SwitchCounter::add_switch(Row earlier, Row later, Code customer,
                               const std::optional<Fixed>& experience) {
    SwitchTally& passed = tally(part_->channel[earlier], part_->channel[later]);
    if (passed.seen.add(unit_, customer) && experience) {
        passed.experience.add(*experience);
    }
    const bool forced = part_->is_forced(earlier, later);
    passed.forced += forced ? 1 : 0;
    return forced;
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
        count_marked(plan, [&](const Part& part) { return SwitchCounter(part, window.count()); });
    question::SwitchCounts counts;
    counts.population = population.population();
    counts.window = window;
    counter.finish(counts);
    return counts;
}

}  // namespace kokemus::timeline
