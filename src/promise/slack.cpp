#include "promise/slack.h"

namespace kokemus::promise {
namespace {

std::optional<double> seconds_at(const stats::LogHistogram& milliseconds, double q) {
    if (milliseconds.count() == 0) {
        return std::nullopt;
    }
    return milliseconds.quantile(q) / 1000;
}

/// The late ones stand below zero, the latest first; the early ones above.
std::optional<double> signed_median(const stats::LogHistogram& early,
                                    const stats::LogHistogram& late) {
    const std::uint64_t n = early.count() + late.count();
    if (n == 0) {
        return std::nullopt;
    }
    const std::uint64_t rank = stats::LogHistogram::nearest_rank(0.5, n);
    if (rank <= late.count()) {
        return -late.at_rank(late.count() - rank + 1) / 1000;
    }
    return early.at_rank(rank - late.count()) / 1000;
}

std::vector<Slack::Bin> bins_of(const question::PromiseTally& tally) {
    const auto& edges = question::slack_edges;
    std::vector<Slack::Bin> bins;
    bins.reserve(edges.size() + 1);
    for (std::size_t i = 0; i <= edges.size(); ++i) {
        Slack::Bin bin;
        if (i > 0) {
            bin.from = edges[i - 1];
        }
        if (i < edges.size()) {
            bin.to = edges[i];
        }
        if (i < tally.slack_bins.size()) {
            bin.count = tally.slack_bins[i];
        }
        bins.push_back(bin);
    }
    return bins;
}

}  // namespace

Slack slack(const question::PromiseTally& tally) {
    Slack slack;
    const std::uint64_t met = tally.kept + tally.late;
    if (met > 0) {
        slack.mean = tally.slack_seconds_sum / static_cast<double>(met);
    }
    slack.median = signed_median(tally.early_milliseconds, tally.late_milliseconds);
    slack.early_median = seconds_at(tally.early_milliseconds, 0.5);
    slack.late_median = seconds_at(tally.late_milliseconds, 0.5);
    slack.late_p90 = seconds_at(tally.late_milliseconds, 0.9);
    slack.bins = bins_of(tally);
    return slack;
}

}  // namespace kokemus::promise
