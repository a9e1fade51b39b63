#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace kokemus::bench {

/// Reads "10M", "500k", "20000000".
Result<std::uint64_t> parse_amount(std::string_view text);

}  // namespace kokemus::bench
