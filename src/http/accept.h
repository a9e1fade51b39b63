#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace kokemus::http {

/// Which of what is offered a client likes best, by a header of the kind of Accept or
/// Accept-Encoding ("text/csv;q=0.5, */*;q=0.1"): its place in the list; of equals the first.
/// Parameters other than q are not looked at, neither in the header nor in what is offered. The
/// more specific entry counts: "gzip" before "*", "text/csv" before "text/*". None when all of it
/// is refused (q=0), or not named; the empty header names nothing.
std::optional<std::size_t> best_of(std::string_view header,
                                   std::span<const std::string_view> offered);

}  // namespace kokemus::http
