#include "base/place_in_time.h"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus {

std::string to_text(const PlaceInTime& place) {
    return fmt::format("{} {}", place.time.time_since_epoch().count(), place.id);
}

Result<PlaceInTime> read_place(std::string_view text) {
    std::int64_t milliseconds = 0;
    const char* const last = text.data() + text.size();
    const auto [end, fault] = std::from_chars(text.data(), last, milliseconds);
    if (fault != std::errc() || end == last || *end != ' ' || end + 1 == last) {
        return invalid_input(
            fmt::format("{} leads to no part of this list; begin anew", quote(text)));
    }
    return PlaceInTime{Instant(Milliseconds(milliseconds)), std::string(end + 1, last)};
}

}  // namespace kokemus
