#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Origins of web pages ("https://shop.example", "http://localhost:3000"): from which pages a key
/// may be used in browsers.
namespace kokemus::account {

/// Any page; a key that stands in a page of everybody's.
inline constexpr std::string_view any_origin = "*";

/// As browsers send it: scheme, host in small letters, and the port where it is not the scheme's
/// own. Fails with what to write instead; a path, a user or a `*` within is no origin, `*` alone is
/// any.
Result<std::string> read_origin(std::string_view text);

/// Each of them read, in order and once; fails on too many.
Result<std::vector<std::string>> read_origins(const std::vector<std::string>& texts);

bool is_among(const std::vector<std::string>& origins, std::string_view origin);

/// As the store keeps them, and back.
std::string origins_text(const std::vector<std::string>& origins);
std::vector<std::string> split_origins(std::string_view text);

}  // namespace kokemus::account
