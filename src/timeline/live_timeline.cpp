#include "timeline/live_timeline.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/test_moment.h"
#include "base/test_setting.h"

namespace kokemus::timeline {
namespace {

/// Parts of so many living rows are not merged with others of their size any more.
constexpr std::size_t full_rows = tally_limits::rows_settled_min;

/// So many parts of one size become one.
constexpr std::size_t parts_per_merge = 4;

/// Parts with living rows up to 1 Ki, 4 Ki, 16 Ki and so on are of one size.
std::size_t size_class(std::size_t living_rows) {
    std::size_t size = 0;
    for (std::size_t rows = living_rows / 1024; rows > 0; rows /= parts_per_merge) {
        ++size;
    }
    return size;
}

TimeBounds bounds_of(const Timeline& timeline) {
    return timeline.rows() > 0 ? TimeBounds{timeline.first_time, timeline.latest_time}
                               : TimeBounds{};
}

}  // namespace

LiveTimeline::LiveTimeline(std::shared_ptr<const Timeline> start, ReadNumbers ties,
                           std::shared_ptr<PartTallies> tallies)
    : ties_(std::move(ties)),
      tallies_(std::move(tallies)),
      space_(*start),
      present_(make_timeline(*start, bounds_of(*start), start->parts, tallies_)) {
    for (const Part& part : present_->parts) {
        held_.push_back(hold(part, next_id_++));
    }
    bounds_ = bounds_of(*present_);
}

std::shared_ptr<const Timeline> LiveTimeline::present() const {
    const std::scoped_lock lock(present_mutex_);
    return present_;
}

LiveTimeline::Held LiveTimeline::hold(Part part, std::uint64_t id) {
    Held held;
    held.id = id;
    held.index = std::make_shared<const CustomerIndex>(part.customers);
    held.living_rows = living_rows(part);
    held.living_customers = part.customer_count() - 1 - part.gone.size();
    held.part = std::move(part);
    return held;
}

LiveTimeline::Places LiveTimeline::find_living(std::span<const std::string_view> names) const {
    Places places(held_.size());
    for (const auto name : names) {
        const std::uint64_t hash = hash64(name);
        for (std::size_t place = 0; place < held_.size(); ++place) {
            const Held& held = held_[place];
            const auto code = held.index->find(held.part.customers, name, hash);
            if (code && !held.part.is_gone(*code)) {
                places[place].push_back(*code);
                break;
            }
        }
    }
    for (auto& codes : places) {
        std::ranges::sort(codes);
    }
    return places;
}

Result<std::shared_ptr<const Timeline>> LiveTimeline::take(const Feed& feed) {
    const std::scoped_lock lock(writing_);
    PartBuilder builder(space_);
    TRY(feed(builder));
    if (builder.customers() == 1) {
        return present();
    }
    return take_built(TRY(builder.finish(space_.shared(), nullptr, ties_)));
}

/// Customers without a new encounter whose traits are those they have stay where they are.
bool LiveTimeline::brings_news(const BuiltPart& built, Code customer) const {
    const Part& part = built.part;
    if (part.customer_offsets[customer] != part.customer_offsets[customer + 1]) {
        return true;
    }
    const std::string_view name = part.customers.text(customer);
    const auto places = find_living(std::span(&name, 1));
    for (std::size_t dimension = 0; dimension < part.dimensions.size(); ++dimension) {
        if (part.dimensions[dimension].source != blueprint::DimensionSource::Traits) {
            continue;
        }
        Code present = 0;
        for (std::size_t place = 0; place < held_.size(); ++place) {
            if (!places[place].empty()) {
                present = held_[place].part.dimension[dimension][places[place].front()];
            }
        }
        if (part.dimension[dimension][customer] != present) {
            return true;
        }
    }
    return false;
}

Result<std::shared_ptr<const Timeline>> LiveTimeline::take_built(const BuiltPart& built) {
    MergeSource news{&built.part, {}, built.traits_known};
    std::vector<std::string_view> names;
    for (Code customer = 1; customer < built.part.customer_count(); ++customer) {
        if (brings_news(built, customer)) {
            news.customers.push_back(customer);
            names.push_back(built.part.customers.text(customer));
        }
    }
    if (names.empty()) {
        return present();
    }
    const Places places = find_living(names);
    std::vector<MergeSource> sources;
    for (std::size_t place = 0; place < held_.size(); ++place) {
        if (!places[place].empty()) {
            sources.push_back(MergeSource{&held_[place].part, places[place], {}});
        }
    }
    sources.push_back(std::move(news));
    const TimeBounds bounds = bounds_of_living(built.part);
    Held merged = hold(TRY(merge_parts(sources, space_.shared(), ties_)), next_id_++);
    for (std::size_t place = 0; place < held_.size(); ++place) {
        let_go(held_[place], places[place]);
    }
    held_.push_back(std::move(merged));
    bounds_.add(bounds);
    return publish();
}

Result<std::shared_ptr<const Timeline>> LiveTimeline::replace(
    std::span<const encounter::CustomerName> customers, const Feed& feed) {
    return put_in_place_of(customers, feed, Former::Erased);
}

Result<std::shared_ptr<const Timeline>> LiveTimeline::move(
    std::span<const encounter::CustomerName> customers, const Feed& feed) {
    return put_in_place_of(customers, feed, Former::Moved);
}

Result<std::shared_ptr<const Timeline>> LiveTimeline::put_in_place_of(
    std::span<const encounter::CustomerName> customers, const Feed& feed, Former former) {
    const std::scoped_lock lock(writing_);
    PartBuilder builder(space_);
    TRY(feed(builder));
    BuiltPart built = TRY(builder.finish(space_.shared(), nullptr, ties_));
    std::vector<std::string_view> names;
    for (const auto& customer : customers) {
        names.push_back(customer.value());
    }
    for (Code customer = 1; customer < built.part.customer_count(); ++customer) {
        names.push_back(built.part.customers.text(customer));
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    const Places places = find_living(names);
    const TimeBounds before = bounds_at(places);
    for (std::size_t place = 0; place < held_.size(); ++place) {
        let_go(held_[place], places[place]);
    }
    if (former == Former::Erased) {
        mark_traces(names);
        if (tallies_ != nullptr) {
            tallies_->forget(names);
        }
    }
    const TimeBounds now = bounds_of_living(built.part);
    if (built.part.customer_count() > 1) {
        held_.push_back(hold(std::move(built.part), next_id_++));
    }
    bounds_.add(now);
    if (before.first <= bounds_.first || before.latest >= bounds_.latest) {
        find_bounds();
    }
    return publish();
}

/// Counts who is to leave no trace, also in parts that they were moved out of earlier.
void LiveTimeline::mark_traces(std::span<const std::string_view> names) {
    for (const auto name : names) {
        const std::uint64_t hash = hash64(name);
        for (Held& held : held_) {
            held.erased += held.index->find(held.part.customers, name, hash) ? 1 : 0;
        }
    }
}

TimeBounds LiveTimeline::bounds_at(const Places& places) const {
    TimeBounds bounds;
    for (std::size_t place = 0; place < held_.size(); ++place) {
        for (const Code customer : places[place]) {
            bounds.add(bounds_of(held_[place].part, customer));
        }
    }
    return bounds;
}

void LiveTimeline::find_bounds() {
    bounds_ = TimeBounds{};
    for (const Held& held : held_) {
        bounds_.add(bounds_of_living(held.part));
    }
}

void LiveTimeline::let_go(Held& held, std::span<const Code> customers) {
    if (customers.empty()) {
        return;
    }
    RowSetBuilder gone(held.part.customer_count(), held.part.gone);
    for (const Code customer : customers) {
        gone.insert(customer);
        held.living_rows -=
            held.part.customer_offsets[customer + 1] - held.part.customer_offsets[customer];
    }
    held.living_customers -= customers.size();
    held.part.gone = gone.seal();
}

/// Parts in which nobody lives any more, but for the last one.
void LiveTimeline::drop_empty() {
    for (std::size_t place = held_.size(); place-- > 0 && held_.size() > 1;) {
        if (held_[place].living_customers == 0) {
            held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(place));
        }
    }
}

std::shared_ptr<const Timeline> LiveTimeline::publish() {
    drop_empty();
    std::vector<Part> parts;
    for (const Held& held : held_) {
        parts.push_back(held.part);
    }
    auto timeline = make_timeline(space_.shared(), bounds_, std::move(parts), tallies_);
    const std::scoped_lock lock(present_mutex_);
    present_ = timeline;
    return timeline;
}

/// What is to be merged next; nothing when all is well.
std::vector<LiveTimeline::Held> LiveTimeline::choose() const {
    std::vector<std::vector<const Held*>> of_size;
    std::vector<Held> chosen;
    for (const Held& held : held_) {
        const std::size_t gone_rows = held.part.rows() - held.living_rows;
        if (held.erased > 0 || gone_rows > held.living_rows + 1024) {
            chosen.push_back(held);
        }
        const std::size_t size = size_class(held.living_rows);
        of_size.resize(std::max(of_size.size(), size + 1));
        if (held.living_rows < full_rows) {
            of_size[size].push_back(&held);
        }
    }
    if (!chosen.empty()) {
        chosen.resize(1);
        return chosen;
    }
    static const std::uint64_t enough = test_setting("PARTS_PER_MERGE", parts_per_merge);
    for (const auto& parts : of_size) {
        if (parts.size() >= enough) {
            for (const Held* held : parts) {
                chosen.push_back(*held);
            }
            return chosen;
        }
    }
    return chosen;
}

Result<bool> LiveTimeline::merge_some() {
    const std::scoped_lock one(merging_);
    std::vector<Held> chosen;
    Shared shared;
    {
        const std::scoped_lock lock(writing_);
        chosen = choose();
        shared = space_.shared();
    }
    if (chosen.empty()) {
        return false;
    }
    const TestMoment moment("merge");
    std::vector<MergeSource> sources;
    sources.reserve(chosen.size());
    for (const Held& held : chosen) {
        sources.push_back(living_of(held.part));
    }
    Held merged = hold(TRY(merge_parts(sources, shared, ties_)), 0);
    const std::scoped_lock lock(writing_);
    merged.id = next_id_++;
    put_in_place(chosen, std::move(merged));
    publish();
    return true;
}

bool LiveTimeline::has_traces() const {
    const std::scoped_lock lock(writing_);
    return std::ranges::any_of(held_, [](const Held& held) { return held.erased > 0; });
}

/// Of each dimension, by code, what is in no column.
std::vector<std::vector<bool>> LiveTimeline::lost_texts() const {
    std::vector<std::vector<bool>> lost;
    for (std::size_t place = 0; place < space_.dimensions.size(); ++place) {
        std::vector<bool>& codes = lost.emplace_back(space_.dimensions[place].size(), true);
        codes[0] = false;
        for (const Held& held : held_) {
            const CodeColumn& column = held.part.dimension[place];
            column.visit([&](const auto* first) {
                for (std::size_t row = 0; row < column.size(); ++row) {
                    codes[first[row]] = false;
                }
            });
        }
    }
    return lost;
}

Status LiveTimeline::leave_no_trace() {
    // A merge that began before holds what it began with, also of parts that were dropped since.
    { const std::scoped_lock merged(merging_); }
    while (has_traces()) {
        TRY(merge_some());
    }
    const std::scoped_lock lock(writing_);
    space_.lose(lost_texts());
    publish();
    return {};
}

/// Puts `merged` where the parts it was made of were. Customers who left those while it was made
/// are gone from it too; their rows are in it, so it must be written once more where they were
/// erased. Of a part that was dropped nobody knows why they left it.
void LiveTimeline::put_in_place(const std::vector<Held>& sources, Held merged) {
    std::vector<Code> gone;
    for (const Held& source : sources) {
        const auto now = std::ranges::find(held_, source.id, &Held::id);
        const bool dropped = now == held_.end();
        const std::size_t gone_before = gone.size();
        for (Code customer = 1; customer < source.part.customer_count(); ++customer) {
            if (!source.part.is_gone(customer) && (dropped || now->part.is_gone(customer))) {
                const auto name = source.part.customers.text(customer);
                gone.push_back(*merged.index->find(merged.part.customers, name, hash64(name)));
            }
        }
        merged.erased += dropped ? gone.size() - gone_before : now->erased - source.erased;
        if (!dropped) {
            held_.erase(now);
        }
    }
    std::ranges::sort(gone);
    let_go(merged, gone);
    held_.push_back(std::move(merged));
}

}  // namespace kokemus::timeline
