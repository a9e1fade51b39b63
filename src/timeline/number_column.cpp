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
    : unit_(smallest_unit(numbers)) {
    RowSetBuilder present(rows);
    for (const auto& [row, number] : numbers) {
        present.insert(row);
    }
    present_ = present.seal();
    std::vector<double> wide(unit_ == 0 ? numbers.size() : 0);
    std::vector<std::int32_t> scaled(unit_ == 0 ? 0 : numbers.size());
    for (const auto& [row, number] : numbers) {
        const std::size_t place = present_.rank(row);
        if (unit_ == 0) {
            wide[place] = number;
        } else {
            scaled[place] = static_cast<std::int32_t>(std::nearbyint(number * unit_));
        }
    }
    wide_ = Array(std::move(wide));
    scaled_ = Array(std::move(scaled));
}

}  // namespace kokemus::timeline
