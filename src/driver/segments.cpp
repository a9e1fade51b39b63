#include "driver/segments.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "driver/bounds.h"
#include "driver/weigh.h"

namespace kokemus::driver {
namespace {

std::vector<std::uint8_t> rows_of(const Design& design, const question::UnitColumn& by,
                                  std::uint32_t code) {
    std::vector<std::uint8_t> only;
    only.reserve(design.rows.size());
    for (const std::uint32_t row : design.rows) {
        only.push_back(by.codes[row] == code ? 1 : 0);
    }
    return only;
}

std::uint64_t customers_of(const Design& design, const std::vector<std::uint8_t>& only) {
    std::uint64_t count = 0;
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < only.size(); ++i) {
        if (only[i] != 0 && (count == 0 || design.customers[i] != last)) {
            last = design.customers[i];
            ++count;
        }
    }
    return count;
}

/// The place of each driver among the factors of the design.
std::vector<std::size_t> factors_of(const Design& design, const Drivers& drivers) {
    std::vector<std::size_t> places;
    for (const Driver& driver : drivers.drivers) {
        const auto found = std::ranges::find(design.factors, driver.place, &Prepared::place);
        places.push_back(static_cast<std::size_t>(found - design.factors.begin()));
    }
    return places;
}

bool are_apart(const stats::Interval& a, const stats::Interval& b) {
    return a.high < b.low || b.high < a.low;
}

void compare(Segments& segments, std::size_t drivers) {
    segments.differs.assign(drivers, false);
    const Segment* before = nullptr;
    for (const Segment& a : segments.segments) {
        if (!a.enough) {
            continue;
        }
        segments.same_first =
            segments.same_first && (before == nullptr || before->first == a.first);
        before = &a;
        for (const Segment& b : segments.segments) {
            for (std::size_t i = 0; b.enough && i < drivers; ++i) {
                segments.differs[i] =
                    segments.differs[i] || are_apart(a.share_intervals[i], b.share_intervals[i]);
            }
        }
    }
}

}  // namespace

Segments find_segments(const Design& design, const Drivers& drivers, const question::UnitColumn& by,
                       const Settings& settings) {
    Segments out;
    std::vector<std::uint64_t> count(by.texts.size());
    for (const std::uint32_t row : design.rows) {
        ++count[by.codes[row]];
    }
    std::vector<std::uint32_t> order(by.texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::erase_if(order, [&](std::uint32_t code) { return count[code] == 0; });
    std::ranges::stable_sort(order,
                             [&](std::uint32_t a, std::uint32_t b) { return count[a] > count[b]; });
    out.other_values = order.size() - std::min(order.size(), segments_max);
    order.resize(std::min(order.size(), segments_max));
    const std::vector<std::size_t> factors = factors_of(design, drivers);
    WeighWish wish;
    wish.seed = settings.seed;
    wish.replicates = replicates_of_segment;
    wish.confidence = 1 - (1 - stats::usual_confidence) /
                              static_cast<double>(std::max<std::size_t>(order.size(), 1));
    for (const std::uint32_t code : order) {
        Segment& segment = out.segments.emplace_back();
        segment.value = by.texts[code];
        segment.n = count[code];
        segment.needed = units_needed(design.columns());
        const auto only = rows_of(design, by, code);
        wish.only = only;
        if (segment.n < units_needed(design.columns()) ||
            customers_of(design, only) < customers_min) {
            continue;
        }
        const auto weighed = weigh(design, wish);
        if (!weighed) {
            continue;
        }
        segment.enough = true;
        segment.r_squared = weighed->found.importance.r_squared;
        segment.r_squared_interval = weighed->found.r_squared;
        for (const std::size_t factor : factors) {
            segment.shares.push_back(weighed->found.importance.shares[factor]);
            segment.share_intervals.push_back(weighed->found.shares[factor]);
        }
        segment.first = static_cast<std::size_t>(std::ranges::max_element(segment.shares) -
                                                 segment.shares.begin());
    }
    compare(out, drivers.drivers.size());
    return out;
}

}  // namespace kokemus::driver
