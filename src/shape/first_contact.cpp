#include "shape/first_contact.h"

#include <algorithm>

#include "base/check.h"
#include "stats/wilson.h"

namespace kokemus::shape {
namespace {

/// later - earlier without overflow.
std::uint64_t apart(std::int64_t earlier, std::int64_t later) {
    return static_cast<std::uint64_t>(later) - static_cast<std::uint64_t>(earlier);
}

}  // namespace

void FirstContacts::merge(const FirstContacts& other) {
    firsts += other.firsts;
    resolved += other.resolved;
    repeats += other.repeats;
    too_late += other.too_late;
    too_early += other.too_early;
}

FirstContacts first_contacts(std::span<const std::int64_t> times, const Watched& watched) {
    FirstContacts result;
    const auto window = static_cast<std::uint64_t>(std::max<std::int64_t>(watched.window, 0));
    for (std::size_t i = 0; i < times.size(); ++i) {
        CHECK(i == 0 || times[i - 1] <= times[i]);
        if (i > 0 && apart(times[i - 1], times[i]) <= window) {
            ++result.repeats;
        } else if (watched.since != std::numeric_limits<std::int64_t>::min() &&
                   (times[i] < watched.since || apart(watched.since, times[i]) < window)) {
            ++result.too_early;
        } else if (times[i] > watched.until || apart(times[i], watched.until) < window) {
            ++result.too_late;
        } else {
            ++result.firsts;
            const bool again = i + 1 < times.size() && apart(times[i], times[i + 1]) <= window;
            result.resolved += again ? 0 : 1;
        }
    }
    return result;
}

stats::Estimate resolution(const FirstContacts& contacts, double confidence) {
    stats::Estimate estimate;
    estimate.n = contacts.firsts;
    estimate.method = "wilson";
    estimate.interval = stats::wilson(contacts.resolved, contacts.firsts, confidence);
    estimate.enough = contacts.firsts > 0;
    if (estimate.enough) {
        estimate.estimate =
            static_cast<double>(contacts.resolved) / static_cast<double>(contacts.firsts);
    }
    return estimate;
}

}  // namespace kokemus::shape
