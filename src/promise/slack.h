#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "question/counts.h"

namespace kokemus::promise {

/// Time left when a promise was kept: due less actual, in seconds, negative when late. Absent where
/// nothing was counted.
struct Slack {
    std::optional<double> mean;          ///< exact, of kept and late
    std::optional<double> median;        ///< of kept and late; quantiles are within 1 %
    std::optional<double> early_median;  ///< of the kept
    std::optional<double> late_median;   ///< how late the late were, positive
    std::optional<double> late_p90;

    /// Kept and late with slack in [from, to); absent at the open ends.
    struct Bin {
        std::optional<std::int64_t> from;
        std::optional<std::int64_t> to;
        std::uint64_t count = 0;

        friend bool operator==(const Bin&, const Bin&) = default;
    };
    std::vector<Bin> bins;  ///< ascending, all of them, also the empty ones
};

Slack slack(const question::PromiseTally& tally);

}  // namespace kokemus::promise
