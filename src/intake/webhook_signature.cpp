#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/hash.h"
#include "intake/signing.h"
#include "intake/webhook.h"

namespace kokemus::intake {

namespace {

using blueprint::WebhookKind;

Error unproven(std::string_view why) {
    return Error{ErrorCode::Forbidden, fmt::format("the signature does not hold: {}", why)};
}

/// The words of webhook-signature, as far as they are looked at.
std::vector<std::string_view> signatures_in(std::string_view text) {
    std::vector<std::string_view> found;
    while (!text.empty() && found.size() < webhook_signatures_max) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) {
            found.push_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

/// The time that the sender says, when it is near enough to ours.
Result<Instant> time_of(std::string_view seconds, Instant received) {
    std::int64_t count = 0;
    const auto [end, failure] =
        std::from_chars(seconds.data(), seconds.data() + seconds.size(), count);
    // 12 digits are the year 33,658: more could not be counted in milliseconds.
    if (failure != std::errc{} || end != seconds.data() + seconds.size() || seconds.size() > 12) {
        return unproven("its time is missing or is no count of seconds");
    }
    const Instant time{std::chrono::seconds(count)};
    if (time > received + webhook_tolerance || time < received - webhook_tolerance) {
        return unproven("its time is more than five minutes from ours; look at both clocks");
    }
    return time;
}

bool is_ed25519(std::string_view key, std::string_view message, std::string_view signature) {
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
    const auto bytes = [](std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    const Key public_key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(key), key.size()),
        EVP_PKEY_free);
    const Digest digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return public_key && digest &&
           EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, public_key.get()) == 1 &&
           EVP_DigestVerify(
               digest.get(), bytes(signature), signature.size(), bytes(message), message.size()) ==
               1;
}

/// Whether one of the signatures is of this version and its code passes.
bool any_passes(std::span<const std::string_view> signatures, std::string_view version,
                const std::function<bool(std::string_view code)>& passes) {
    return std::ranges::any_of(signatures, [&](std::string_view signature) {
        const std::size_t comma = std::min(signature.find(','), signature.size());
        if (signature.substr(0, comma) != version || comma == signature.size()) {
            return false;
        }
        const auto code = from_base64(signature.substr(comma + 1));
        return code && passes(*code);
    });
}

/// The signatures of the header against one secret.
bool is_standard(std::string_view secret, std::string_view message,
                 std::span<const std::string_view> signatures) {
    constexpr std::string_view symmetric = "whsec_";
    constexpr std::string_view asymmetric = "whpk_";
    if (secret.starts_with(asymmetric)) {
        const auto key = from_base64(secret.substr(asymmetric.size()));
        return key && any_passes(signatures, "v1a", [&](std::string_view code) {
                   return is_ed25519(*key, message, code);
               });
    }
    const auto key =
        from_base64(secret.starts_with(symmetric) ? secret.substr(symmetric.size()) : secret);
    if (!key || key->empty()) {
        return false;
    }
    const std::string expected = hmac_sha256(*key, message);
    return any_passes(
        signatures, "v1", [&](std::string_view code) { return is_same_secret(expected, code); });
}

Result<Delivery> verify_standard(std::span<const std::string> secrets,
                                 const SignedRequest& request) {
    const std::string_view id = request.header("webhook-id");
    const std::string_view seconds = request.header("webhook-timestamp");
    if (id.empty()) {
        return unproven("webhook-id is missing");
    }
    const Instant time = TRY(time_of(seconds, request.received_at));
    const std::string message = fmt::format("{}.{}.{}", id, seconds, request.body);
    const auto signatures = signatures_in(request.header("webhook-signature"));
    bool is_proven = false;
    for (const std::string& secret : secrets) {
        is_proven = is_standard(secret, message, signatures) || is_proven;
    }
    if (!is_proven) {
        return unproven("none of webhook-signature fits");
    }
    return Delivery{std::string(id), time};
}

/// Of a sender that signs none, whatever id a header says.
std::string id_of(const SignedRequest& request) {
    return hash128(request.body).hex();
}

/// "sha256=" and the like before the hexadecimal code.
bool fits_hex(std::string_view header, std::string_view prefix, std::string_view code) {
    if (!header.starts_with(prefix)) {
        return false;
    }
    const auto sent = from_hex(header.substr(prefix.size()));
    return sent && is_same_secret(*sent, code);
}

Result<Delivery> verify_chatwoot(std::span<const std::string> secrets,
                                 const SignedRequest& request) {
    const std::string_view seconds = request.header("x-chatwoot-timestamp");
    const Instant time = TRY(time_of(seconds, request.received_at));
    const std::string message = fmt::format("{}.{}", seconds, request.body);
    bool is_proven = false;
    for (const std::string& secret : secrets) {
        is_proven =
            fits_hex(
                request.header("x-chatwoot-signature"), "sha256=", hmac_sha256(secret, message)) ||
            is_proven;
    }
    if (!is_proven) {
        return unproven("X-Chatwoot-Signature does not fit");
    }
    return Delivery{id_of(request), time};
}

Result<Delivery> verify_zammad(std::span<const std::string> secrets, const SignedRequest& request) {
    bool is_proven = false;
    for (const std::string& secret : secrets) {
        is_proven =
            fits_hex(request.header("x-hub-signature"), "sha1=", hmac_sha1(secret, request.body)) ||
            is_proven;
    }
    if (!is_proven) {
        return unproven("X-Hub-Signature does not fit");
    }
    return Delivery{id_of(request), request.received_at};
}

}  // namespace

Result<Delivery> verify_webhook(WebhookKind kind, std::span<const std::string> secrets,
                                const SignedRequest& request) {
    switch (kind) {
        case WebhookKind::Standard: return verify_standard(secrets, request);
        case WebhookKind::Chatwoot: return verify_chatwoot(secrets, request);
        case WebhookKind::Zammad: return verify_zammad(secrets, request);
    }
    return unproven("nobody signs so");
}

}  // namespace kokemus::intake
