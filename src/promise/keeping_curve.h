#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kokemus::promise {

/// How long one promise was watched, on any clock: from `entry` to `exit`, where it was kept or is
/// still not.
struct Watched {
    std::int64_t entry = 0;
    std::int64_t exit = 0;  ///< above `entry`, or it tells nothing and is left out
    bool kept = false;
};

/// The share of promises not yet kept by a time of the clock: the product over the times of keeping
/// of 1 - d / n, n those that are watched then (Kaplan and Meier 1958; of promises that came under
/// watch later, Lynden-Bell 1971). Times at which fewer than ten are watched are left out: with
/// late entry two early promises would else decide for all.
class KeepingCurve {
public:
    explicit KeepingCurve(std::span<const Watched> watched);

    /// Keepings behind it.
    std::uint64_t kept() const { return kept_; }

    struct Chance {
        double not_kept = 0;  ///< 0..1
        double low = 0, high = 1;
        std::uint64_t n = 0;  ///< watched at `now`
    };

    /// The chance that what is not kept at `now` is not kept at `due` either, with Wilson's
    /// interval of the n that gives Greenwood's error (Rothman 1978). Nothing when nobody was
    /// watched for as long as `now`. `due` >= `now`.
    std::optional<Chance> not_kept_by(std::int64_t due, std::int64_t now, double confidence) const;

private:
    /// What has been multiplied and added up to and including a time.
    struct Step {
        std::int64_t time = 0;
        double log_share = 0;
        double variance = 0;      ///< Greenwood's sum
        std::uint64_t zeros = 0;  ///< times at which all that were watched were kept
    };

    Step at(std::int64_t time) const;

    std::vector<Step> steps_;
    std::vector<std::int64_t> entries_, exits_;  ///< ascending
    std::uint64_t kept_ = 0;
};

}  // namespace kokemus::promise
