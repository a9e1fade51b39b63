#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/collecting.h"
#include "base/result.h"
#include "refused/refused_store.h"

namespace kokemus::app {

/// What came, or would come, of a refused item that is read again.
struct Tried {
    std::vector<encounter::Encounter> encounters;
    std::vector<encounter::Customer> customers;
    intake::Refusals refused;
    std::vector<intake::SentBatch::Excluded> excluded;
    std::string outcome;   ///< "accepted", "duplicate", "conflict", "left out by RULE", "refused";
                           ///< of a rehearsal "would be taken" instead of the first three
    bool is_done = false;  ///< it needs nobody's attention any more
};

/// What came of many.
struct TriedAll {
    std::size_t looked_at = 0;
    std::size_t done = 0;     ///< in the ledger, or left out by a rule
    std::size_t refused = 0;  ///< again
    std::size_t conflicts = 0;
    std::string after;  ///< to go on behind it; empty: that was all
};

enum class Rehearsal { Yes, No };

/// Refused items sent again by the way that everything goes, so that the same item twice has its
/// effect once. What is kept is decided in the store (its text goes); what is refused again stays
/// open with its new reason, and nothing of it is kept, so that it is not half there. Waits until
/// all is on disk. Thread safe.
class Replaying {
public:
    /// Both must outlive this.
    Replaying(Collecting& collecting, refused::Store& store)
        : collecting_(collecting),
          store_(store) {}

    /// Reads `text` in the place of what the item says; a rehearsal changes nothing.
    Result<Tried> replay(const refused::Item& item, std::string_view text, const std::string& by,
                         Rehearsal rehearsal);

    /// The open items that are wanted, the newest first, up to `replayed_items_max` behind `after`.
    Result<TriedAll> replay_all(refused::Wanted wanted, const std::string& after,
                                const std::string& by, Rehearsal rehearsal);

private:
    Collecting& collecting_;
    refused::Store& store_;
};

}  // namespace kokemus::app
