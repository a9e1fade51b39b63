#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/duck_ledger.h"
#include "ledger/prepared_batch.h"

namespace kokemus::ledger {

/// One caller's batch while it waits for its turn.
struct DuckLedger::Waiting {
    std::unique_ptr<PreparedBatch> batch;
    /// Until it is told what became of it: made before, so that telling it takes no memory.
    Result<Receipt> outcome = Error{ErrorCode::Unavailable,
                                    "memory ran out while the batch was written; send it again, "
                                    "what is there already counts as a duplicate"};
    bool is_done = false;
};

/// All batches of one transaction, one after the other, as one.
struct DuckLedger::Plan {
    std::vector<PreparedBatch*> batches;
    std::vector<std::size_t> starts;  ///< of each batch
    std::size_t size = 0;
    std::size_t text_bytes = 0;
    bool is_on_disk = false;            ///< what it would change
    std::vector<std::size_t> accepted;  ///< places; the i-th gets the number first + i
    std::vector<std::size_t> repeats;   ///< places whose key was there before
    std::vector<std::size_t> duplicates;
    std::vector<std::size_t> erased;  ///< places of customers who were erased
    std::vector<std::pair<std::size_t, std::string>> conflicts;
    std::uint64_t first = 0;
    Codes::Mark mark;  ///< what has to be on disk with them
    Instant first_time = Instant::max();
    Instant latest_time = Instant::min();

    explicit Plan(const std::vector<Waiting*>& group) {
        for (const Waiting* one : group) {
            batches.push_back(one->batch.get());
            starts.push_back(size);
            size += one->batch->size();
            text_bytes += one->batch->text_bytes();
            const Codes::Mark& needed = one->batch->mark();
            mark.names = std::max(mark.names, needed.names);
            mark.settings = std::max(mark.settings, needed.settings);
            mark.customers = std::max(mark.customers, needed.customers);
        }
    }

    /// The last batch that starts at or before the place; empty ones have none.
    std::size_t batch_of(std::size_t place) const {
        return static_cast<std::size_t>(std::ranges::upper_bound(starts, place) - starts.begin()) -
               1;
    }

    std::uint64_t key(std::size_t place) const {
        const std::size_t batch = batch_of(place);
        return batches[batch]->keys()[place - starts[batch]];
    }

    Result<encounter::Encounter> encounter(std::size_t place) const {
        const std::size_t batch = batch_of(place);
        return batches[batch]->encounter(place - starts[batch]);
    }

    /// Sees to it that an entry of this very transaction is among the `known`.
    template <typename Known>
    Status know(std::uint32_t number, Known& known) const {
        if (number >= first && !known.contains(number)) {
            known.emplace(number, TRY(encounter(accepted[number - first])));
        }
        return {};
    }

    std::uint32_t number(std::size_t index) const {
        return static_cast<std::uint32_t>(first + index);
    }
};

}  // namespace kokemus::ledger
