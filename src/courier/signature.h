#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"

/// Signatures as Standard Webhooks has them: HMAC-SHA256 over "id.timestamp.body".
namespace kokemus::courier {

/// "whsec_" and 32 random bytes in base64.
std::string new_webhook_secret();

struct Signed {
    std::string_view id;
    Instant time{};  ///< of this try
    std::string_view body;
};

/// The value of `webhook-signature`: one "v1,..." for each secret, apart by a blank. Corrupt when a
/// secret is none.
Result<std::string> webhook_signature(const Signed& message, std::span<const std::string> secrets);

/// The value of `webhook-timestamp`: seconds.
std::string webhook_timestamp(Instant time);

}  // namespace kokemus::courier
