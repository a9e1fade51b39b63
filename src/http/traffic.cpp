#include "http/traffic.h"

#include <algorithm>

namespace kokemus::http {

void Traffic::serve(std::vector<Name> routes) {
    routes.push_back({"none", "none"});
    routes_.clear();
    for (Name& name : routes) {
        routes_.push_back(std::make_unique<Counted>());
        routes_.back()->name = std::move(name);
    }
}

void Traffic::note(std::size_t route, int status, std::chrono::nanoseconds took) {
    Counted& counted = *routes_.at(std::min(route, without_route()));
    const auto place = static_cast<std::size_t>(std::max(0, status - status_min));
    counted.statuses.at(std::min(place, status_count - 1)).fetch_add(1, std::memory_order_relaxed);
    counted.took.note(took);
}

std::vector<Traffic::Row> Traffic::rows() const {
    std::vector<Row> rows;
    for (const auto& counted : routes_) {
        Row row{counted->name, {}, counted->took.state()};
        for (std::size_t i = 0; i < status_count; ++i) {
            if (const auto count = counted->statuses.at(i).load(std::memory_order_relaxed)) {
                row.statuses.emplace_back(status_min + static_cast<int>(i), count);
            }
        }
        if (!row.statuses.empty()) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

}  // namespace kokemus::http
