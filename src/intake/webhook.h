#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"
#include "blueprint/collecting.h"
#include "intake/door_rules.h"
#include "intake/sent_batch.h"

namespace kokemus::intake {

/// A header of the request by its lower-case name, or the empty text.
using HeaderLookup = std::function<std::string_view(std::string_view)>;

/// A request whose signature is to be looked at; the body byte by byte as it came.
struct SignedRequest {
    HeaderLookup header;
    std::string_view body;
    Instant received_at;
};

/// What a sender that has proven itself says of its delivery.
struct Delivery {
    std::string id;  ///< signed, the same for each attempt: what makes repeating harmless
    Instant time;    ///< when it was sent, or came where the sender does not say
};

/// How far a sender's clock may be from ours, either way; what is older is a replay.
inline constexpr Milliseconds webhook_tolerance = std::chrono::minutes(5);

/// What a stranger can make us hash is bounded by these.
inline constexpr std::size_t webhook_body_bytes_max = 1024 * 1024;
inline constexpr std::size_t webhook_signatures_max = 8;  ///< what follows is not looked at

/// Holds the signature against each of the secrets (several while one replaces another), in a time
/// that does not tell how near a wrong one was:
///   Standard: webhook-id, webhook-timestamp, webhook-signature (several, apart by blanks), over
///     "id.timestamp.body": `v1` HMAC-SHA256 with `whsec_` + base64, or `v1a` Ed25519 with `whpk_`;
///   Chatwoot: X-Chatwoot-Signature "sha256=" + hex HMAC-SHA256 over "timestamp.body";
///   Zammad: X-Hub-Signature "sha1=" + hex HMAC-SHA1 over the body; it has no time.
/// The latter two sign no id, so theirs is a hash of the body: a replay under another id, or at
/// another time, is the same delivery. Forbidden when none fits or the time is too far off, with
/// words that do not help to forge.
///
/// Cost: one HMAC of the message for each secret (of Ed25519: for each signature).
Result<Delivery> verify_webhook(blueprint::WebhookKind kind, std::span<const std::string> secrets,
                                const SignedRequest& request);

/// The encounter that the fields of the webhook make of the body: id and time are the delivery's
/// where no field says otherwise, and nothing that no field names is kept. A fault of the body
/// or of a field is a refusal with the body in it; what a rule of exclusion names is left out.
/// Fails only on a field expression that cannot be read, which a blueprint without faults has not.
Result<SentBatch> read_webhook(const blueprint::Webhook& webhook, const Delivery& delivery,
                               const SignedRequest& request, const DoorRules& rules);

}  // namespace kokemus::intake
