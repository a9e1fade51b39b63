#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace kokemus::http {

inline constexpr std::size_t request_id_bytes_max = 100;

/// The name of a request, by which its answer, its lines in the log and whoever asked find each
/// other: the one it came with (X-Request-Id) when that is of letters, digits, '-', '_' and '.',
/// and not longer than `request_id_bytes_max`; else one of ours that no other request has. Thread
/// safe.
std::string request_id_of(std::string_view sent);

/// Puts it into the answer: the header X-Request-Id, and `request_id` in a problem document. To be
/// done before the answer is packed; once it is there, nothing happens.
void mark(Response& response, std::string_view id);

}  // namespace kokemus::http
