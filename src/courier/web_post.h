#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "courier/web_rules.h"

namespace kokemus::courier {

struct Post {
    std::string url;
    std::vector<std::string> headers;  ///< "name: value"
    std::string body;
};

struct Posted {
    int status = 0;
    std::string answer;  ///< its beginning, as readable text
    std::optional<Milliseconds> retry_after;
};

/// Sends it once, on a connection of its own to an address that `rules` allow: the address that was
/// checked is the one connected to, whatever the name means a moment later. No redirects, no
/// proxies, no cookies; certificates are checked. At most `bounds::answer_bytes_read_max` bytes of
/// the answer are taken in; what is longer is cut, and its status counts.
///
/// Forbidden for an address that may not be gone to, TimedOut when it took too long, Cancelled when
/// `stop` was asked for, else Unavailable, with words. Blocks; thread safe.
Result<Posted> post_once(const Post& post, const WebRules& rules, const std::stop_token& stop);

}  // namespace kokemus::courier
