#include "http/parameters.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.h"
#include "base/text.h"

namespace kokemus::http {

Status only_known(const Request& request, std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : request.query) {
        if (std::ranges::find(known, name) == known.end()) {
            const std::vector<std::string_view> names(known);
            return invalid_input(fmt::format("there is no parameter {} here{}; there are {}",
                                             quote(name),
                                             did_you_mean(name, names),
                                             fmt::join(names, ", ")));
        }
    }
    return {};
}

}  // namespace kokemus::http
