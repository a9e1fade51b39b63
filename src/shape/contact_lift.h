#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"

/// What tends to come before a contact: for each kind of event how often one followed within a
/// window, against all other kinds. Sort by what is attributable times what a contact costs, not by
/// lift, which rare events win. A kind that only marks the busy looks guilty too: compare each
/// customer with themselves where that matters.
namespace kokemus::shape {

/// Events of one kind that were watched for the whole window.
struct Followed {
    std::uint64_t events = 0;
    std::uint64_t contacts = 0;  ///< of them those with a contact in the window; at most `events`
};

struct Lift {
    double lift = 0;        ///< share followed, as a multiple of that of all kinds together
    double risk_ratio = 0;  ///< ... of that of all other kinds
    stats::Interval risk_ratio_interval;  ///< log-normal (Katz et al. 1978)
    /// Contacts beyond those that as many other events would have had; below 0: fewer.
    double attributable = 0;
    stats::Interval attributable_interval;  ///< by the difference of two shares (Newcombe)
    double evidence = 0;                    ///< G squared of the two by two table (Dunning 1993)
    double p_value = 1;                     ///< of it, chi-square with one degree of freedom
    double q_value = 1;                     ///< over all kinds (Benjamini and Hochberg)
    bool enough = false;                    ///< 5 contacts or more
};

/// In the order of the kinds. A kind without events, or without others to compare with, has nothing
/// but zeros, a p-value of 1 and the widest intervals. The ratio has no upper limit where either
/// side has no contact.
std::vector<Lift> contact_lift(std::span<const Followed> kinds,
                               double confidence = stats::usual_confidence);

}  // namespace kokemus::shape
