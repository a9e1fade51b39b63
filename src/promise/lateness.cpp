#include "promise/lateness.h"

#include <algorithm>
#include <limits>

#include "stats/clustered_mean.h"
#include "stats/difference.h"
#include "stats/mean.h"
#include "stats/moments.h"
#include "stats/quantile_limit.h"
#include "stats/ratio.h"

namespace kokemus::promise {
namespace {

using question::GivenPromise;
using question::GivenPromises;
using question::PromiseOutcome;

/// Fewest customers behind a mean or a share.
constexpr std::uint64_t customers_min = 10;
constexpr double seconds_a_day = 86400;
constexpr double slack_covered = 0.95;

PromiseOutcome outcome_of(const GivenPromise& given, Instant now) {
    if (given.kept) {
        return *given.kept <= given.due ? PromiseOutcome::Kept : PromiseOutcome::Late;
    }
    return given.due < now ? PromiseOutcome::Broken : PromiseOutcome::Open;
}

/// A mean whose unit is the customer; rows come customer after customer.
class OfCustomers {
public:
    void add(std::uint64_t customer, double value) {
        if (n_ > 0 && customer != customer_) {
            close();
        }
        customer_ = customer;
        all_.add(value);
        sum_ += value;
        ++n_;
    }

    stats::Estimate mean(const stats::Range& range, double confidence) {
        if (n_ > 0) {
            close();
        }
        stats::Estimate mean = stats::clustered_mean(all_, by_customer_, range, confidence);
        mean.enough = mean.enough && by_customer_.customers >= customers_min;
        return mean;
    }

private:
    void close() {
        by_customer_.add(sum_, n_);
        sum_ = 0;
        n_ = 0;
    }

    stats::Moments all_;
    stats::RatioSums by_customer_;
    std::uint64_t customer_ = 0;
    double sum_ = 0;
    double n_ = 0;
};

constexpr stats::Range experience_range{-3, 3};
constexpr stats::Range share_range{0, 1};

Afterwards after(const GivenPromises& given, PromiseOutcome outcome, double confidence) {
    Afterwards out;
    OfCustomers experience;
    OfCustomers contacted;
    for (const GivenPromise& one : given.rows) {
        if (outcome_of(one, given.now) != outcome) {
            continue;
        }
        ++out.promises;
        if (one.experience) {
            experience.add(one.customer, *one.experience);
        }
        if (one.contacted) {
            contacted.add(one.customer, *one.contacted ? 1 : 0);
        }
    }
    out.experience = experience.mean(experience_range, confidence);
    out.contacted = contacted.mean(share_range, confidence);
    return out;
}

Cost cost(const stats::Estimate& worse, const stats::Estimate& kept) {
    if (!worse.enough || !kept.enough) {
        return {};
    }
    return {true,
            worse.estimate - kept.estimate,
            stats::square_and_add(worse.estimate, worse.interval, kept.estimate, kept.interval)};
}

std::int64_t slack_milliseconds(const GivenPromise& given) {
    return (given.due - *given.kept).count();
}

std::vector<Dose> doses(const GivenPromises& given, double confidence) {
    constexpr auto& edges = question::slack_edges;
    std::vector<Dose> all(edges.size() + 1);
    std::vector<OfCustomers> experience(all.size());
    for (const GivenPromise& one : given.rows) {
        if (!one.kept) {
            continue;
        }
        const auto above = std::ranges::upper_bound(
            edges, slack_milliseconds(one), {}, [](std::int64_t edge) { return edge * 1000; });
        const auto bin = static_cast<std::size_t>(above - edges.begin());
        ++all[bin].promises;
        if (one.experience) {
            experience[bin].add(one.customer, *one.experience);
        }
    }
    for (std::size_t bin = 0; bin < all.size(); ++bin) {
        all[bin].from = bin > 0 ? std::optional(edges[bin - 1]) : std::nullopt;
        all[bin].to = bin < edges.size() ? std::optional(edges[bin]) : std::nullopt;
        all[bin].experience = experience[bin].mean(experience_range, confidence);
    }
    std::erase_if(all, [](const Dose& dose) { return dose.promises == 0; });
    return all;
}

/// Whether on both sides of the due one in ten is a day away from it: else a line a day would be
/// drawn from hours.
bool reach_a_day(const std::vector<double>& gaps) {
    const auto far = [&](double sign) {
        std::size_t all = 0;
        std::size_t a_day = 0;
        for (const double gap : gaps) {
            all += sign * gap > 0 ? 1 : 0;
            a_day += sign * gap >= 1 ? 1 : 0;
        }
        return a_day > 0 && 10 * a_day >= all;
    };
    return far(1) && far(-1);
}

std::optional<stats::TwoSlopes> slopes(const GivenPromises& given) {
    std::vector<double> gaps;
    std::vector<double> outcome;
    std::vector<std::uint64_t> customers;
    for (const GivenPromise& one : given.rows) {
        if (one.kept && one.experience) {
            gaps.push_back(static_cast<double>(slack_milliseconds(one)) / 1000 / seconds_a_day);
            outcome.push_back(*one.experience);
            customers.push_back(one.customer);
        }
    }
    return reach_a_day(gaps) ? stats::two_slopes(gaps, outcome, stats::Errors::Clustered, customers)
                             : std::nullopt;
}

void add_may_promise(const GivenPromises& given, double confidence, Lateness& out) {
    std::vector<Milliseconds> spans;
    for (const GivenPromise& one : given.rows) {
        spans.push_back(one.due - one.made);
    }
    std::vector<double> took;
    if (!spans.empty()) {
        const auto covered =
            spans.begin() +
            static_cast<std::ptrdiff_t>(slack_covered * static_cast<double>(spans.size() - 1));
        std::ranges::nth_element(spans, covered);
        for (const GivenPromise& one : given.rows) {
            if (given.now - one.made >= *covered) {
                took.push_back(one.kept ? static_cast<double>((*one.kept - one.made).count())
                                        : std::numeric_limits<double>::infinity());
            }
        }
    }
    std::ranges::sort(took);
    out.cases = took.size();
    for (const double share : promise_shares) {
        MayPromise may{.share = share,
                       .time = std::nullopt,
                       .needed = stats::values_for_quantile_limit(share, confidence)};
        const auto limit = stats::quantile_limit(took, share, confidence);
        if (limit && *limit < std::numeric_limits<double>::infinity()) {
            may.time = Milliseconds(static_cast<std::int64_t>(*limit));
        }
        out.may_promise.push_back(may);
    }
}

}  // namespace

Ends ends_of(const GivenPromises& given, double confidence) {
    Ends ends;
    ends.kept = after(given, PromiseOutcome::Kept, confidence);
    ends.late = after(given, PromiseOutcome::Late, confidence);
    ends.broken = after(given, PromiseOutcome::Broken, confidence);
    ends.late_experience = cost(ends.late.experience, ends.kept.experience);
    ends.broken_experience = cost(ends.broken.experience, ends.kept.experience);
    ends.late_contacted = cost(ends.late.contacted, ends.kept.contacted);
    ends.broken_contacted = cost(ends.broken.contacted, ends.kept.contacted);
    return ends;
}

Lateness lateness(const GivenPromises& given, double confidence) {
    Lateness out;
    out.ends = ends_of(given, confidence);
    out.doses = doses(given, confidence);
    out.slopes = slopes(given);
    add_may_promise(given, confidence, out);
    return out;
}

}  // namespace kokemus::promise
