#include "timeline/given_promises.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "base/hash.h"
#include "timeline/code_set.h"
#include "timeline/contacts.h"
#include "timeline/count_parts.h"
#include "timeline/customer_sample.h"
#include "timeline/experience.h"
#include "timeline/group_field.h"

namespace kokemus::timeline {
namespace {

using question::GivenPromise;
using question::GivenPromises;

/// What all counters read.
struct Wanted {
    const Timeline& timeline;
    std::uint32_t promise = 0;  ///< place in the blueprint
    CodeSet keeping;            ///< touchpoints that keep it
    const GroupField* by = nullptr;
    std::size_t rows_max = 0;
};

/// A row whose texts still stand in its part.
struct Found {
    GivenPromise given;
    const Part* part = nullptr;
    Code customer = 0;
    Code thread = 0;
};

class GivenCounter {
public:
    GivenCounter(const Wanted& wanted, const Part& part)
        : wanted_(&wanted),
          part_(&part),
          place_of_part_(wanted.timeline.place_of(part)) {}

    void add(const MarkedBlock& marked) {
        experience_.read(*part_, marked);
        if (wanted_->by != nullptr) {
            groups_.resize(marked.rows.size() * 64);
            wanted_->by->read(place_of_part_, marked, groups_);
        }
        PromiseIndex::Cursor cursor(part_->promises);
        marked.for_each_member_of(part_->promises.rows(),
                                  [&](Row row, std::size_t rank, std::size_t unit) {
                                      cursor.for_each_by(rank, [&](const PromiseMade& made) {
                                          if (made.promise == wanted_->promise) {
                                              add_given(marked, row, unit, made);
                                          }
                                      });
                                  });
        thin_out();
    }

    void merge(const GivenCounter& other) {
        sample_.halvings = std::max(sample_.halvings, other.sample_.halvings);
        rows_.insert(rows_.end(), other.rows_.begin(), other.rows_.end());
        keep_drawn();
        thin_out();
    }

    GivenPromises finish();

private:
    void add_given(const MarkedBlock& marked, Row row, std::size_t unit, const PromiseMade& made) {
        const Code customer = marked.block.customers[unit];
        const std::uint64_t hash = hash64(part_->customers.text(customer));
        if (!sample_.takes(hash)) {
            return;
        }
        Found out{.given = {}, .part = part_, .customer = customer, .thread = part_->thread[row]};
        out.given.customer = hash;
        out.given.made = to_instant(part_->time[row]);
        out.given.due = to_instant(made.due);
        if (made.actual != PromiseMade::not_kept) {
            out.given.kept = to_instant(made.actual);
        }
        const stats::Moments felt = experience_.of(unit).moments();
        if (felt.count() > 0) {
            out.given.experience = felt.mean();
        }
        out.given.contacted = contacted(customer, made.due);
        out.given.group =
            wanted_->by != nullptr ? groups_[marked.stretch.bit(row)] : std::uint32_t{0};
        rows_.push_back(out);
    }

    /// Within the window after `due`, of what is known of the customer in whatever unit.
    std::optional<bool> contacted(Code customer, std::int64_t due) const {
        const std::int64_t end = due + GivenPromises::contact_window.count();
        if (end > part_->latest_time) {
            return std::nullopt;
        }
        Row row = part_->customer_offsets[customer];
        Row last = part_->customer_offsets[customer + 1];
        for (Row rows = last - row; rows > 0;) {
            const Row half = rows / 2;
            if (part_->time[row + half] <= due) {
                row += half + 1;
                rows -= half + 1;
            } else {
                rows = half;
            }
        }
        for (; row < last && part_->time[row] <= end; ++row) {
            if (is_contact(*part_, row) && !wanted_->keeping.contains(part_->touchpoint[row])) {
                return true;
            }
        }
        return false;
    }

    void keep_drawn() {
        std::erase_if(rows_, [&](const Found& row) { return !sample_.takes(row.given.customer); });
    }

    /// The sample that all rows together need has at least the halvings of any part of them, so it
    /// does not depend on who counted what.
    void thin_out() {
        while (rows_.size() > wanted_->rows_max) {
            ++sample_.halvings;
            keep_drawn();
        }
    }

    const Wanted* wanted_;
    const Part* part_;
    std::size_t place_of_part_;
    CustomerSample sample_;
    std::vector<Found> rows_;
    UnitExperience experience_;
    std::vector<Code> groups_;
};

/// The groups that rows have, in order of their texts, in place of the codes.
std::vector<std::string> name_groups(std::vector<Found>& rows, const GroupField* by) {
    if (by == nullptr) {
        return {""};
    }
    constexpr std::uint32_t unused = UINT32_MAX;
    std::vector<std::uint32_t> place(by->size(), unused);
    std::vector<Code> used;
    for (const Found& row : rows) {
        if (place[row.given.group] == unused) {
            place[row.given.group] = 0;
            used.push_back(row.given.group);
        }
    }
    std::ranges::sort(used, {}, [&](Code group) { return by->text(group); });
    std::vector<std::string> names;
    for (const Code group : used) {
        place[group] = static_cast<std::uint32_t>(names.size());
        names.emplace_back(by->text(group));
    }
    for (Found& row : rows) {
        row.given.group = place[row.given.group];
    }
    return names;
}

bool is_open(const GivenPromise& given, Instant now) {
    return !given.kept && given.due >= now;
}

GivenPromises GivenCounter::finish() {
    GivenPromises out;
    out.now = to_instant(part_->latest_time);
    out.one_of = sample_.one_of();
    out.groups = name_groups(rows_, wanted_->by);
    std::ranges::sort(rows_, [](const Found& a, const Found& b) {
        const auto key = [](const Found& row) {
            const GivenPromise& given = row.given;
            return std::tuple(given.customer,
                              given.made,
                              given.due,
                              given.kept,
                              row.part->threads.text(row.thread),
                              given.experience,
                              given.group);
        };
        return key(a) < key(b);
    });
    out.rows.reserve(rows_.size());
    for (Found& row : rows_) {
        if (is_open(row.given, out.now)) {
            row.given.holder = static_cast<std::uint32_t>(out.holders.size());
            out.holders.push_back(
                {row.part->customers.string(row.customer), row.part->threads.string(row.thread)});
        }
        out.rows.push_back(row.given);
    }
    return out;
}

}  // namespace

Result<GivenPromises> list_given_promises(const Timeline& timeline,
                                          const question::Question& question,
                                          std::size_t rows_max) {
    const auto* promise = timeline.blueprint->promise(question.promise);
    if (promise == nullptr) {
        return not_found(fmt::format("the blueprint has no promise \"{}\"", question.promise));
    }
    const Plan plan = TRY(Plan::make(timeline, question));
    std::optional<GroupField> by;
    if (question.by) {
        by = TRY(GroupField::make(timeline, *question.by));
    }
    const Wanted wanted{
        .timeline = timeline,
        .promise = static_cast<std::uint32_t>(promise - timeline.blueprint->promises.data()),
        .keeping = CodeSet(timeline.touchpoints, promise->kept),
        .by = by ? &*by : nullptr,
        .rows_max = rows_max};
    auto [counter, population] =
        count_marked(plan, [&](const Part& part) { return GivenCounter(wanted, part); });
    GivenPromises out = counter.finish();
    out.population = population.population();
    return out;
}

}  // namespace kokemus::timeline
