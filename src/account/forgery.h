#pragma once

#include <string>
#include <string_view>

#include "account/session.h"
#include "base/result.h"

/// Requests that another site makes a signed-in browser send (CSRF).
namespace kokemus::account {

/// What a browser says of a write, header by header; empty where it says nothing.
struct SentBy {
    std::string_view site;          ///< Sec-Fetch-Site
    std::string_view origin;        ///< Origin
    std::string_view host;          ///< Host
    std::string_view content_type;  ///< Content-Type
    std::string_view token;         ///< X-Kokemus-Token
    bool has_body = false;
};

/// The token that belongs to a session; pages of ours send it with every write.
std::string forgery_token(std::string_view session_secret);

/// Whether a write came from a page of ours: not from another site by the browser's own words, and
/// with a body that no form can send. For requests before there is a session too (signing in).
Status check_origin(const SentBy& sent, Transport transport);

/// The same, and that it has the token of the session.
Status check_not_forged(const SentBy& sent, std::string_view session_secret, Transport transport);

}  // namespace kokemus::account
