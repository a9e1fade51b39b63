#include "timeline/number_column.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kokemus::timeline {
namespace {

bool fits(double number, double unit) {
    const double scaled = std::nearbyint(number * unit);
    return std::abs(scaled) < std::numeric_limits<std::int32_t>::max() && scaled / unit == number &&
           !(number == 0 && std::signbit(number));
}

/// The smallest unit that keeps every number exactly; 0 when none does.
double smallest_unit(const std::vector<std::pair<Row, double>>& numbers) {
    for (const double unit : {1.0, 100.0, 1000.0}) {
        if (std::ranges::all_of(numbers,
                                [&](const auto& entry) { return fits(entry.second, unit); })) {
            return unit;
        }
    }
    return 0;
}

}  // namespace

NumberColumn::NumberColumn(std::size_t rows, const std::vector<std::pair<Row, double>>& numbers)
    : present_(rows),
      unit_(smallest_unit(numbers)) {
    for (const auto& [row, number] : numbers) {
        present_.insert(row);
    }
    present_.seal();
    if (unit_ == 0) {
        wide_.resize(numbers.size());
    } else {
        scaled_.resize(numbers.size());
    }
    for (const auto& [row, number] : numbers) {
        const std::size_t place = present_.rank(row);
        if (unit_ == 0) {
            wide_[place] = number;
        } else {
            scaled_[place] = static_cast<std::int32_t>(std::nearbyint(number * unit_));
        }
    }
}

}  // namespace kokemus::timeline
