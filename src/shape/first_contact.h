#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "stats/confidence.h"
#include "stats/estimate.h"

namespace kokemus::shape {

/// What is known of the times of contacts.
struct Watched {
    std::int64_t window = 0;  ///< a contact so long after another, or sooner, repeats it
    std::int64_t until = 0;   ///< the last moment that is known
    /// The first moment that is known: a contact less than a window later may repeat one that is
    /// not known, and is not counted as a first one.
    std::int64_t since = std::numeric_limits<std::int64_t>::min();
};

/// First-contact resolution: a contact is first when none of the same key (a customer, or a
/// customer and a topic) came in the window before it, and resolved when none comes in the window
/// after it. Who gave up looks resolved.
struct FirstContacts {
    std::uint64_t firsts = 0;  ///< with a whole window after them
    std::uint64_t resolved = 0;
    std::uint64_t repeats = 0;    ///< contacts that were no first ones
    std::uint64_t too_late = 0;   ///< firsts whose window is not over: the newest, neither nor
    std::uint64_t too_early = 0;  ///< perhaps first ones; nobody knows

    void merge(const FirstContacts& other);
};

/// Of one key's contacts, which must ascend (equal times are contacts of their own). A first
/// contact that has been repeated already still counts only when its window is over: else the
/// newest days would look worst.
FirstContacts first_contacts(std::span<const std::int64_t> times, const Watched& watched);

/// Resolved as a share of the firsts, by Wilson; `enough` is false without any.
stats::Estimate resolution(const FirstContacts& contacts,
                           double confidence = stats::usual_confidence);

}  // namespace kokemus::shape
