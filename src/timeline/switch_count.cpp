#include "timeline/switch_count.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "timeline/count_parts.h"
#include "timeline/distinct_count.h"
#include "timeline/experience.h"
#include "timeline/pair_table.h"
#include "timeline/repeat_count.h"

namespace kokemus::timeline {
namespace {

struct SwitchTally {
    DistinctCount seen;
    std::uint64_t forced = 0;
    ScoreSums experience;
};

/// What pairs of channels are.
struct PairFacts {
    std::vector<std::uint8_t> machine;  ///< channel -> could be switched from by force
    std::vector<std::uint8_t> human;    ///< channel -> could be switched to by force

    explicit PairFacts(const Part& part) {
        for (Code channel = 0; channel < part.channels.size(); ++channel) {
            machine.push_back(part.facts.is_machine(channel));
            human.push_back(part.facts.is_human(channel));
        }
    }
};

/// The places where the channel changes are found as bits, so that only they are looked at one by
/// one: an encounter costs 1 ns, a switch 5, a score 2, beside what repeats do (repeat_count.h).
class SwitchCounter {
public:
    SwitchCounter(const Part& part, std::int64_t window)
        : part_(&part),
          facts_(part),
          tallies_(part.channels.size()),
          repeats_(part, window) {}

    void add(const Block& block) {
        const Judged judged{block, stretch_of(block, *part_)};
        marks_.resize(judged.stretch.words());
        mark_rows(judged, marks_);
        const MarkedBlock marked{block, judged.stretch, marks_, true};
        experience_.read(*part_, marked);
        channels_.resize(block.size() + 64);
        if (block.is_run()) {
            gather(part_->channel, block.first_row(), block.size(), channels_.data() + 1);
        } else {
            gather(part_->channel, block.rows(), channels_.data() + 1);
        }
        find_switches(block);
        add_switches(block);
        repeats_.add(marked);
    }

    void merge(const SwitchCounter& other, Sign sign = Sign::Plus);
    void rest();
    std::size_t bytes() const { return sizeof(*this) + tallies_.bytes() + repeats_.bytes(); }
    void finish(question::SwitchCounts& counts) const;

private:
    void find_switches(const Block& block);
    void add_switches(const Block& block);
    bool add_switch(const Block& block, std::size_t place, std::size_t unit);

    const Part* part_;
    PairFacts facts_;
    PairTable<SwitchTally> tallies_;  ///< (channel, channel)
    std::uint64_t units_with_switch_ = 0, units_forced_ = 0, encounters_machine_ = 0;
    RepeatCounter repeats_;
    UnitExperience experience_;
    std::uint32_t unit_ = 0;
    std::vector<std::uint64_t> marks_;
    std::vector<Code> channels_;           ///< of the present block, by place + 1
    std::vector<std::uint64_t> switches_;  ///< places whose channel is not that of the one before
};

void SwitchCounter::find_switches(const Block& block) {
    const Code* channels = channels_.data() + 1;
    std::uint64_t machine = 0;
    for (std::size_t place = 0; place < block.size(); ++place) {
        machine += facts_.machine[channels[place]];
    }
    encounters_machine_ += machine;
    switches_.assign((block.size() + 63) / 64, 0);
    for (std::size_t word = 0; word < switches_.size(); ++word) {
        // One place stands before the first, so that every place has one before it.
        const Code* to = channels + word * 64;
        switches_[word] = word_of([to](std::size_t i) {
            const Code before = to[static_cast<std::ptrdiff_t>(i) - 1];
            return (before != to[i]) & (before != 0) & (to[i] != 0);
        });
    }
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        const std::size_t first = block.offsets[unit];
        switches_[first / 64] &= ~(std::uint64_t{1} << first % 64);
    }
    switches_.back() &= ~std::uint64_t{0} >> (63 - (block.size() - 1) % 64);
}

void SwitchCounter::add_switches(const Block& block) {
    for (std::size_t unit = 0; unit < block.units(); ++unit, ++unit_) {
        bool switched = false;
        bool forced = false;
        for_each_bit(
            switches_, block.offsets[unit], block.offsets[unit + 1], [&](std::size_t place) {
                switched = true;
                forced |= add_switch(block, place, unit);
            });
        units_with_switch_ += switched ? 1 : 0;
        units_forced_ += forced ? 1 : 0;
    }
}

/// Whether it was forced.
bool SwitchCounter::add_switch(const Block& block, std::size_t place, std::size_t unit) {
    const Code from = channels_[place];
    const Code to = channels_[place + 1];
    SwitchTally& passed = tallies_.at(from, to);
    if (passed.seen.add(unit_, block.customers[unit])) {
        passed.experience.add(experience_.of(unit));
    }
    if ((facts_.machine[from] & facts_.human[to]) == 0) {
        return false;
    }
    const Row later =
        block.is_run() ? block.first_row() + static_cast<Row>(place) : block.rows()[place];
    const Row earlier = block.is_run() ? later - 1 : block.rows()[place - 1];
    const bool forced = part_->is_forced(earlier, later);
    passed.forced += forced ? 1 : 0;
    return forced;
}

void SwitchCounter::merge(const SwitchCounter& other, Sign sign) {
    other.tallies_.for_each([&](Code from, Code to, const SwitchTally& theirs) {
        SwitchTally& mine = tallies_.at(from, to);
        mine.seen.merge(theirs.seen, sign);
        mine.forced += with_sign(sign, theirs.forced);
        mine.experience.merge(theirs.experience, sign);
    });
    units_with_switch_ += with_sign(sign, other.units_with_switch_);
    units_forced_ += with_sign(sign, other.units_forced_);
    encounters_machine_ += with_sign(sign, other.encounters_machine_);
    repeats_.merge(other.repeats_, sign);
}

void SwitchCounter::rest() {
    part_ = nullptr;
    repeats_.rest();
    experience_ = {};
    marks_ = {};
    channels_ = {};
    switches_ = {};
}

void SwitchCounter::finish(question::SwitchCounts& counts) const {
    counts.units_with_switch = units_with_switch_;
    counts.units_forced = units_forced_;
    counts.encounters_machine = encounters_machine_;
    tallies_.for_each([&](Code from, Code to, const SwitchTally& tally) {
        if (tally.seen.count == 0) {
            return;
        }
        question::ChannelSwitch out;
        out.from = part_->channels.string(from);
        out.to = part_->channels.string(to);
        out.count = tally.seen.count;
        out.units = tally.seen.units;
        out.customers = tally.seen.customers;
        out.forced = tally.forced;
        out.experience = tally.experience.moments();
        counts.switches.push_back(std::move(out));
    });
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
    const Keeping keeping{
        .what = "switches",
        .layout = layout_of({timeline.channels.size(), timeline.touchpoints.size()}),
        .reach = {.after_contact = window.count()}};
    const auto [counter, population] = count_blocks(
        plan, [&](const Part& part) { return SwitchCounter(part, window.count()); }, &keeping);
    question::SwitchCounts counts;
    counts.population = population.population();
    counts.window = window;
    counter.finish(counts);
    return counts;
}

}  // namespace kokemus::timeline
