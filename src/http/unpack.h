#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace kokemus::http {

/// Unpacks a body sent with Content-Encoding gzip. InvalidInput when it is not gzip, is cut off or
/// has something after its end; TooLarge as soon as more than `bytes_max` bytes come out, so that
/// a bomb costs no more than that.
Result<std::string> unpack_gzip(std::string_view packed, std::size_t bytes_max);

/// The most frames that one zstd body may have: an empty one gives nothing and still costs a turn.
inline constexpr std::size_t zstd_frames_max = 1000;

/// The same for zstd, of one frame or several; InvalidInput when they are too many.
Result<std::string> unpack_zstd(std::string_view packed, std::size_t bytes_max);

/// The 415 answer to a Content-Encoding that `take_body` does not know; nothing when it does.
std::optional<Response> unknown_coding(const Request& request);

/// Takes the body out of a request, unpacked as its Content-Encoding says: gzip, zstd, or not at
/// all. InvalidInput for another one; TooLarge when it has more than `bytes_max` bytes, packed or
/// unpacked.
Result<std::string> take_body(Request& request, std::size_t bytes_max);

}  // namespace kokemus::http
