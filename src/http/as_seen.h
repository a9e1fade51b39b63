#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

/// Writes upon what somebody has seen (If-Match), so that nobody overwrites what they do not know
/// of.
namespace kokemus::http {

/// The tag of a version; of one of its states, which If-Match does not look at, when there is one:
/// "VERSION-STATE".
std::string tag_of_version(std::string_view version, std::string_view state = {});

/// Whether If-Match, which may be absent, names the version: its tag, that of one of its states, or
/// `*`. The comparison is the strong one, W/ names nothing.
bool is_as_seen(const Request& request, std::string_view version);

/// 412 with the tag of what is there now. `what` is a word for it: "user".
Response changed_meanwhile(std::string_view what, std::string tag);

}  // namespace kokemus::http
