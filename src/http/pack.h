#pragma once

#include <string>

namespace kokemus::http {

/// Packed by gzip (level 1 to 9) or zstd (1 to 19); empty on failure. May be longer than `plain`.
std::string gzip(const std::string& plain, int level = 9);
std::string zstd(const std::string& plain, int level = 12);

}  // namespace kokemus::http
