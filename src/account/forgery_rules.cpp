#include "account/forgery.h"
#include "account/secret.h"
#include "base/text.h"

namespace kokemus::account {

namespace {

Error forged(std::string message) {
    return Error{ErrorCode::Forbidden, std::move(message)};
}

/// Without the parameters behind it.
std::string media_type(std::string_view content_type) {
    return lower(trim(content_type.substr(0, content_type.find(';'))));
}

}  // namespace

std::string forgery_token(std::string_view session_secret) {
    return token_for(session_secret, "kokemus forgery token");
}

Status check_origin(const SentBy& sent, Transport transport) {
    if (!sent.site.empty() && sent.site != "same-origin" && sent.site != "none") {
        return forged("This request came from another site; it was not carried out.");
    }
    if (!sent.origin.empty()) {
        // A proxy that ends TLS passes the host on, but not the scheme, so only the host counts.
        const std::size_t mark = sent.origin.find("://");
        const bool ours = mark != std::string_view::npos && !sent.host.empty() &&
                          lower(sent.origin.substr(mark + 3)) == lower(sent.host);
        if (!ours || (transport == Transport::Tls && !sent.origin.starts_with("https://"))) {
            return forged("This request came from another origin; it was not carried out.");
        }
    }
    if (sent.has_body && media_type(sent.content_type) != "application/json") {
        return invalid_input("Send the body as Content-Type: application/json.");
    }
    return {};
}

Status check_not_forged(const SentBy& sent, std::string_view session_secret, Transport transport) {
    TRY(check_origin(sent, transport));
    if (!equal_in_constant_time(sent.token, forgery_token(session_secret))) {
        return forged(
            "This request lacks the token of your session: read \"token\" from /api/me and send it "
            "as X-Kokemus-Token.");
    }
    return {};
}

}  // namespace kokemus::account
