#include "timeline/tally_work.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "timeline/row_bits.h"

namespace kokemus::timeline {
namespace {

/// Customers that are listed are taken so many at a time.
constexpr std::size_t customers_per_chunk = 2048;

/// Of the customers of a part those that are in `set` and not in `other`, ascending.
std::vector<Code> difference(const RowSet& set, const RowSet& other, std::size_t customers) {
    std::vector<Code> found;
    if (set.empty()) {
        return found;
    }
    for (std::size_t word = 0; word * 64 < customers; ++word) {
        const std::uint64_t others = other.empty() ? 0 : other.word(word);
        for_each_bit(set.word(word) & ~others,
                     [&](std::size_t bit) { found.push_back(static_cast<Code>(word * 64 + bit)); });
    }
    return found;
}

RowSet together(const RowSet& set, const RowSet& other, std::size_t customers) {
    RowSetBuilder builder(customers, set);
    for (const Code customer : difference(other, set, customers)) {
        builder.insert(customer);
    }
    return builder.seal();
}

std::size_t bytes_of(const TalliedPart& part) {
    return sizeof(part) + part.left_out.bytes() + part.bounds.size() * sizeof(TimeBounds);
}

}  // namespace

std::string layout_of(std::initializer_list<std::uint64_t> numbers) {
    std::string layout;
    for (const std::uint64_t number : numbers) {
        layout += fmt::format("{} ", number);
    }
    return layout;
}

TallyWork::TallyWork(const Plan& plan) : plan_(plan) {
    for (std::size_t place = 0; place < plan.parts.size(); ++place) {
        count_all(place);
    }
}

TallyWork::TallyWork(const Plan& plan, const Keeping& keeping)
    : plan_(plan),
      question_(keeping.what + " " + plan.question),
      layout_(fmt::format("{}{}{}", plan.takes_everything() ? "all " : "",
                          // Else who has left since would be counted by another range.
                          plan.takes_all_times() ? "always " : "", keeping.layout)),
      reach_(plan.reach),
      covered_(plan.parts.size()) {
    reach_.add(keeping.reach);
    for (const auto& tally : plan.timeline.tallies->of(question_)) {
        if (take(tally)) {
            fitting_.push_back(tally);
        }
    }
    kept_ = fitting_;
    count_others();
}

std::size_t TallyWork::place_of(const PartIdentity& identity) const {
    const auto& parts = plan_.timeline.parts;
    const auto found =
        std::ranges::find_if(parts, [&](const Part& part) { return identity.is_of(part); });
    return static_cast<std::size_t>(found - parts.begin());
}

/// Whether it fits.
bool TallyWork::take(const std::shared_ptr<const KeptTally>& tally) {
    const bool too_late = !reach_.stands_still() && tally->now > plan_.timeline.latest_time;
    std::vector<Change> changes;
    if (tally->layout != layout_ || too_late || !find_changes(*tally, changes)) {
        return false;
    }
    for (std::size_t i = 0; i < changes.size(); ++i) {
        covered_[changes[i].place] = true;
        take_bounds(tally->parts[i], changes[i]);
        count_customers(changes[i].place, std::move(changes[i].moved), taken_away);
        count_customers(changes[i].place, std::move(changes[i].left), added);
    }
    return true;
}

/// False when one of its parts is not there, is covered, or has been left by too many.
bool TallyWork::find_changes(const KeptTally& tally, std::vector<Change>& changes) const {
    const std::size_t one_in_max = plan_.timeline.tallies->rules().moved_one_in_max;
    for (const TalliedPart& tallied : tally.parts) {
        Change change{place_of(tallied.identity), {}, {}};
        if (change.place == plan_.parts.size() || covered_[change.place]) {
            return false;
        }
        const Part& now = part(change.place);
        change.moved = difference(now.gone, tallied.left_out, now.customer_count());
        change.left = difference(tallied.left_out, now.gone, now.customer_count());
        if (change.moved.size() * one_in_max > now.customer_count()) {
            return false;
        }
        changes.push_back(std::move(change));
    }
    return true;
}

/// A chunk's bounds stand unless one who has moved on reaches as far.
void TallyWork::take_bounds(const TalliedPart& tallied, const Change& change) {
    if (plan_.takes_everything()) {
        return;
    }
    const Part& now = part(change.place);
    const RowSet* without = nullptr;
    auto moved = change.moved.begin();
    std::size_t number = 0;
    for (PartChunk& chunk : chunks_of(now, change.place, now.gone)) {
        const TimeBounds& bounds = tallied.bounds[number++];
        bool doubtful = false;
        for (; moved != change.moved.end() && *moved < chunk.to; ++moved) {
            const TimeBounds own = bounds_of(now, *moved);
            doubtful = doubtful || own.first <= bounds.first || own.latest >= bounds.latest;
        }
        if (!doubtful) {
            bounds_.add(bounds);
            continue;
        }
        if (without == nullptr) {
            without =
                &sets_.emplace_back(together(now.gone, tallied.left_out, now.customer_count()));
        }
        chunk.without = without;
        doubtful_.push_back(chunk);
    }
}

TimeBounds TallyWork::bounds_of_fitting() const {
    TimeBounds bounds = bounds_;
    for (const PartChunk& chunk : doubtful_) {
        PopulationCount population;
        BlockReader(plan_.parts[chunk.part]).read(chunk, population, [](const Block&) {});
        bounds.add(population.bounds());
    }
    return bounds;
}

/// The parts that no tally covers.
void TallyWork::count_others() {
    const auto& rules = plan_.timeline.tallies->rules();
    std::size_t open = SIZE_MAX;  // the group that large parts go into
    std::size_t rows_in_open = 0;
    for (std::size_t place = 0; place < plan_.parts.size(); ++place) {
        const std::size_t rows = part(place).rows();
        if (covered_[place]) {
            continue;
        }
        if (rows < rules.rows_min) {
            count_all(place);
        } else if (rows < rules.rows_settled_min) {
            groups_.emplace_back();
            count_in_group(place, groups_.size() - 1);
        } else {
            if (open == SIZE_MAX || rows_in_open + rows > rules.rows_together_max) {
                open = groups_.size();
                rows_in_open = 0;
                groups_.emplace_back();
            }
            rows_in_open += rows;
            count_in_group(place, open);
        }
    }
}

void TallyWork::count_all(std::size_t place) {
    for (const PartChunk& chunk : chunks_of(part(place), place, part(place).gone)) {
        chunks_.push_back(Chunk{chunk, added, 0});
    }
}

/// Whom the clock may still change something of is counted beside the tally.
void TallyWork::count_in_group(std::size_t place, std::size_t group) {
    const Part& of = part(place);
    const RowSet& left_out =
        sets_.emplace_back(with_restless(of.gone, of, reach_, plan_.timeline.latest_time));
    const auto chunks = chunks_of(of, place, left_out);
    groups_[group].push_back(GroupPart{place, &left_out, std::vector<TimeBounds>(chunks.size())});
    for (std::size_t number = 0; number < chunks.size(); ++number) {
        chunks_.push_back(Chunk{chunks[number], first_group + group, number});
    }
    count_customers(place, difference(left_out, of.gone, of.customer_count()), added);
}

void TallyWork::count_customers(std::size_t place, std::vector<Code> customers, std::size_t tally) {
    const std::span<const Code> all = lists_.emplace_back(std::move(customers));
    for (std::size_t from = 0; from < all.size(); from += customers_per_chunk) {
        const auto some = all.subspan(from, std::min(customers_per_chunk, all.size() - from));
        chunks_.push_back(Chunk{PartChunk{.part = place, .only = some}, tally, 0});
    }
}

void TallyWork::note_bounds(const Chunk& chunk, const TimeBounds& bounds) {
    for (GroupPart& of : groups_[chunk.tally - first_group]) {
        if (of.place == chunk.customers.part) {
            of.bounds[chunk.number] = bounds;
        }
    }
}

void TallyWork::keep(std::size_t group, std::shared_ptr<KeptTally> tally) {
    for (GroupPart& of : groups_[group]) {
        tally->parts.push_back(
            TalliedPart{PartIdentity(part(of.place)), *of.left_out, std::move(of.bounds)});
        tally->bytes += bytes_of(tally->parts.back());
    }
    tally->layout = layout_;
    tally->now = plan_.timeline.latest_time;
    tally->population.forget_bounds();
    kept_.push_back(std::move(tally));
    plan_.timeline.tallies->keep(question_, kept_);
}

}  // namespace kokemus::timeline
