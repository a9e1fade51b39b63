#pragma once

#include <cstdint>
#include <optional>
#include <span>

/// How often somebody without a contract will come again, and whether they are still there at all
/// (Fader, Hardie and Lee 2005, Marketing Science 24, 275-284: BG/NBD). They come at random at a
/// pace that differs between them (gamma) and after each time may leave for good with a chance that
/// differs between them (beta). It knows no season and no campaign.
namespace kokemus::stats {

/// One subject's past: how often it came again after the first time, when it came last, and until
/// when it was watched, both since its first time and in one unit.
struct Visits {
    std::uint64_t again = 0;
    double last = 0;          ///< 0 when it never came again
    double watched = 0;       ///< at least `last`
    std::uint64_t alike = 1;  ///< so many subjects with this past
};

struct BgNbd {
    double r = 1, alpha = 1;  ///< the paces: gamma, shape and rate
    double a = 1, b = 1;      ///< the chances to leave: beta

    /// The logarithm of the likelihood of one subject's past.
    double log_likelihood(const Visits& visits) const;

    /// The chance that it has not left. 1 when it never came again: one leaves after a visit only.
    double chance_there(const Visits& visits) const;

    /// How often it will come in the next `time` units, on average.
    double expected_visits(const Visits& visits, double time) const;
};

struct BgNbdFit {
    BgNbd model;
    double log_likelihood = 0;
    std::uint64_t subjects = 0;
    bool settled = false;  ///< false: the search gave up, do not believe the numbers
};

/// The parameters that make the pasts likeliest. Nothing with fewer than 10 subjects or when none
/// came again. Pasts that are not in order (watched below last, negative, not finite) are left out.
std::optional<BgNbdFit> fit_bg_nbd(std::span<const Visits> pasts);

}  // namespace kokemus::stats
