#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "timeline/part.h"
#include "timeline/population_count.h"
#include "timeline/tally_limits.h"

namespace kokemus::timeline {

/// Tells the columns of a part from all others there are or ever were, without keeping them.
class PartIdentity {
public:
    explicit PartIdentity(const Part& part)
        : owner_(part.customer_offsets.owner()),
          place_(part.customer_offsets.data()) {}

    /// Whether these are the columns of `part`, whoever is gone from it.
    bool is_of(const Part& part) const {
        const auto& owner = part.customer_offsets.owner();
        return place_ == part.customer_offsets.data() && !owner_.owner_before(owner) &&
               !owner.owner_before(owner_);
    }

    /// Nobody has the columns any more.
    bool is_no_more() const { return owner_.expired(); }

private:
    std::weak_ptr<const void> owner_;  ///< while it stands, no other gets its identity
    const void* place_;
};

/// What a kept tally says of one of its parts.
struct TalliedPart {
    PartIdentity identity;
    RowSet left_out;                 ///< customers it does not count
    std::vector<TimeBounds> bounds;  ///< of what counts, for each of chunks_of(part)
};

/// What was counted for a question over all customers of some parts but those left out.
struct KeptTally {
    KeptTally() = default;
    KeptTally(const KeptTally&) = delete;
    KeptTally& operator=(const KeptTally&) = delete;
    virtual ~KeptTally() = default;

    std::vector<TalliedPart> parts;
    std::string layout;          ///< what its counters are laid out for
    std::int64_t now = 0;        ///< the timeline's latest time when it was counted
    PopulationCount population;  ///< without bounds of time, which the parts have
    std::size_t bytes = 0;
};

template <typename Counter>
struct KeptCounter final : KeptTally {
    explicit KeptCounter(Counter counted) : counter(std::move(counted)) {}

    Counter counter;  ///< at rest: good for nothing but being merged into others
};

/// Tallies of the parts of one live timeline, kept by question so that asking again costs what is
/// new since. Nothing in here can be stale: a tally says which columns it counted and whom it left
/// out, and whoever takes it makes up for the difference (tally_work.h).
///
/// Bounded in bytes; what was not asked for longest goes first, and so do tallies of parts that are
/// no more. Thread safe.
class PartTallies {
public:
    struct Rules {
        std::size_t bytes_max = tally_limits::bytes_max;
        std::size_t tally_bytes_max = tally_limits::tally_bytes_max;
        std::size_t rows_min = tally_limits::rows_min;
        std::size_t rows_settled_min = tally_limits::rows_settled_min;
        std::size_t rows_together_max = tally_limits::rows_together_max;
        std::size_t moved_one_in_max = tally_limits::moved_one_in_max;
    };

    using Tallies = std::vector<std::shared_ptr<const KeptTally>>;

    PartTallies() : PartTallies(Rules{}) {}
    explicit PartTallies(const Rules& rules) : rules_(rules) {}

    const Rules& rules() const { return rules_; }

    /// What is kept for a question; nothing of it may fit the timeline at hand.
    Tallies of(const std::string& question);

    /// Keeps these instead of what was kept for the question.
    void keep(const std::string& question, Tallies tallies);

    /// Forgets the questions that name one of these customers.
    void forget(std::span<const std::string_view> customers);

    struct Use {
        std::size_t questions = 0;
        std::size_t tallies = 0;
        std::size_t bytes = 0;
    };
    Use use() const;

private:
    struct Kept {
        Tallies tallies;
        std::size_t bytes = 0;
        std::uint64_t asked = 0;  ///< when, in questions
    };

    void forget_what_is_no_more();
    void make_room();

    const Rules rules_;
    mutable std::mutex mutex_;
    std::map<std::string, Kept> kept_;
    std::size_t bytes_ = 0;
    std::uint64_t asked_ = 0;
};

}  // namespace kokemus::timeline
