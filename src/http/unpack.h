#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kokemus::http {

/// Unpacks a body sent with Content-Encoding gzip. InvalidInput when it is not gzip, is cut off or
/// has something after its end; TooLarge as soon as more than `bytes_max` bytes come out, so that
/// a bomb costs no more than that.
Result<std::string> unpack_gzip(std::string_view packed, std::size_t bytes_max);

}  // namespace kokemus::http
