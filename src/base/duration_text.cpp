#include "base/duration_text.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace kokemus {

std::string duration_text(Milliseconds duration) {
    constexpr std::array<std::pair<std::int64_t, std::string_view>, 4> units = {
        {{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "m"}, {1'000, "s"}}};
    const std::int64_t count = duration.count();
    if (count == 0) {
        return "0s";
    }
    for (const auto& [milliseconds, unit] : units) {
        if (count % milliseconds == 0) {
            return fmt::format("{}{}", count / milliseconds, unit);
        }
    }
    return fmt::format("{}ms", count);
}

}  // namespace kokemus
