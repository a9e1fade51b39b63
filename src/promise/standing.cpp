#include "promise/standing.h"

#include "stats/wilson.h"

namespace kokemus::promise {
namespace {

stats::Estimate share(std::uint64_t part, std::uint64_t n, double confidence) {
    stats::Estimate estimate;
    estimate.n = n;
    estimate.method = "wilson";
    estimate.interval = stats::wilson(part, n, confidence);
    if (n > 0) {
        estimate.estimate = static_cast<double>(part) / static_cast<double>(n);
        estimate.enough = true;
    }
    return estimate;
}

}  // namespace

Standing stand(question::PromiseTally tally, const blueprint::Promise* declared,
               double confidence) {
    Standing standing;
    standing.promise = tally.promise;
    if (declared != nullptr) {
        standing.owner = declared->owner;
        standing.target = declared->target;
    }
    standing.slack = slack(tally);
    standing.tally = std::move(tally);
    standing.kept_rate = share(standing.tally.kept, standing.decided(), confidence);
    standing.late_share = share(standing.tally.late, standing.decided(), confidence);
    standing.broken_share = share(standing.tally.broken, standing.decided(), confidence);
    return standing;
}

}  // namespace kokemus::promise
