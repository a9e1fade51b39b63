#include "http/parameters.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.h"
#include "base/text.h"

namespace kokemus::http {

Status only_known(const Request& request, std::span<const std::string_view> known) {
    for (const auto& [name, value] : request.query) {
        if (std::ranges::find(known, name) == known.end()) {
            const std::vector<std::string_view> names(known.begin(), known.end());
            return invalid_input(
                fmt::format("there is no parameter {} here{}; there are {}",
                            quote(name),
                            did_you_mean(name, names),
                            names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
        }
    }
    return {};
}

Status only_known(const Request& request, std::initializer_list<std::string_view> known) {
    return only_known(request, std::span(known.begin(), known.size()));
}

}  // namespace kokemus::http
