#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/result.h"
#include "encounter/encounter.h"
#include "timeline/code_space.h"
#include "timeline/customer_index.h"
#include "timeline/part_build.h"
#include "timeline/part_merge.h"
#include "timeline/part_tallies.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// A timeline that grows: takes news and gives a new immutable Timeline after each, which answers
/// every question as one made at once of all encounters would.
///
/// News become a small part, together with all rows of the same customers, who are gone from where
/// they lived. So taking costs in proportion to the customers touched, not to the rest. Small parts
/// are put together by `merge_some`, in steps of four, so that there are few of them and a row is
/// copied a number of times that grows with the logarithm.
///
/// Thread safety: all functions may be called from any thread. `take` and `replace` wait for each
/// other, not for `merge_some`, which works beside them; `present` waits for none of them.
class LiveTimeline {
public:
    /// Goes on from `start`. `ties` reads the ledger where equal times must be told apart. Every
    /// timeline it gives keeps its counts in `tallies`; null: nowhere.
    LiveTimeline(std::shared_ptr<const Timeline> start, ReadNumbers ties,
                 std::shared_ptr<PartTallies> tallies = std::make_shared<PartTallies>());

    std::shared_ptr<const Timeline> present() const;

    /// Fills a builder with news, or with everything there is of some customers.
    using Feed = std::function<Status(PartBuilder& builder)>;

    /// Takes new encounters, and customers whose traits may have changed. On failure nothing
    /// changes but that some codes may be known that nobody has.
    Result<std::shared_ptr<const Timeline>> take(const Feed& feed);

    /// Puts what `feed` gives in the place of everything there was of these customers: after an
    /// erasure or a correction. The columns that held them are written anew by the next
    /// `merge_some`.
    Result<std::shared_ptr<const Timeline>> replace(
        std::span<const encounter::CustomerName> customers, const Feed& feed);

    /// As `replace`, of customers whose encounters stand under other names from now on. What was
    /// there is let go and not erased: its columns are written anew only when much of them is gone.
    Result<std::shared_ptr<const Timeline>> move(std::span<const encounter::CustomerName> customers,
                                                 const Feed& feed);

    /// After a `replace`: returns when the columns and dictionaries hold nothing of customers who
    /// were replaced before the call but what was put in their place; texts of dimensions that
    /// nobody has any more go too. Costs the merges that are due and a pass over the columns of
    /// dimensions; news wait for the latter.
    Status leave_no_trace();

    /// Does one merge, if one is due: parts of one size, or those that hold much that is gone.
    /// Says whether it did.
    Result<bool> merge_some();

private:
    struct Held {
        std::uint64_t id = 0;
        Part part;
        std::shared_ptr<const CustomerIndex> index;
        std::size_t living_rows = 0;
        std::size_t living_customers = 0;
        std::size_t erased =
            0;  ///< customers who were replaced, not moved, and are still in `part`
    };

    /// Per held part the customers that live there, ascending.
    using Places = std::vector<std::vector<Code>>;

    enum class Former { Erased, Moved };

    Result<std::shared_ptr<const Timeline>> put_in_place_of(
        std::span<const encounter::CustomerName> customers, const Feed& feed, Former former);
    static Held hold(Part part, std::uint64_t id);
    Places find_living(std::span<const std::string_view> names) const;
    bool brings_news(const BuiltPart& built, Code customer) const;
    Result<std::shared_ptr<const Timeline>> take_built(const BuiltPart& built);
    void mark_traces(std::span<const std::string_view> names);
    void let_go(Held& held, std::span<const Code> customers);
    void drop_empty();
    std::shared_ptr<const Timeline> publish();
    bool has_traces() const;
    std::vector<std::vector<bool>> lost_texts() const;
    std::vector<Held> choose() const;
    void put_in_place(const std::vector<Held>& sources, Held merged);
    TimeBounds bounds_at(const Places& places) const;
    void find_bounds();

    ReadNumbers ties_;
    const std::shared_ptr<PartTallies> tallies_;
    std::mutex merging_;          ///< held by one merge at a time
    mutable std::mutex writing_;  ///< over all below but `present_`
    CodeSpace space_;
    std::vector<Held> held_;
    TimeBounds bounds_;
    std::uint64_t next_id_ = 1;
    mutable std::mutex present_mutex_;
    std::shared_ptr<const Timeline> present_;
};

}  // namespace kokemus::timeline
