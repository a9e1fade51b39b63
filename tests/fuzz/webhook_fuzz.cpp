#include "intake/webhook.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "collecting_rules.h"
#include "intake/signing.h"
#include "sound_batch.h"

namespace {

using namespace kokemus;
using blueprint::WebhookKind;

const Instant received = *parse_instant("2026-03-01T12:00:00Z");
const std::string key = "0123456789abcdef";
const std::array<std::string, 2> secrets{"whsec_MDEyMzQ1Njc4OWFiY2RlZg==", key};

blueprint::Webhook webhook() {
    return {"desk",
            WebhookKind::Zammad,
            "desk",
            {{"customer", "/ticket/customer/email | /contact/email | unknown"},
             {"touchpoint", "ticket closed"},
             {"time", "/ticket/close_at"},
             {"thread", "/ticket/number"},
             {"score", "/rating | /list/0"},
             {"scale", "csat5"},
             {"text", "/a~1b/m~0n/0"}}};
}

std::string hexadecimal(std::string_view text) {
    std::string digits;
    for (const char byte : text) {
        digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return digits;
}

/// The code that the sender of these headers would have made.
bool is_right(WebhookKind kind, std::string_view id, std::string_view seconds,
              std::string_view signature, std::string_view body) {
    switch (kind) {
        case WebhookKind::Standard: {
            const std::string code =
                intake::hmac_sha256(key, fmt::format("{}.{}.{}", id, seconds, body));
            while (!signature.empty()) {
                const std::size_t end = std::min(signature.find(' '), signature.size());
                const std::string_view one = signature.substr(0, end);
                signature.remove_prefix(std::min(end + 1, signature.size()));
                if (one.starts_with("v1,") && intake::from_base64(one.substr(3)) == code) {
                    return true;
                }
            }
            return false;
        }
        case WebhookKind::Chatwoot:
            return signature.starts_with("sha256=") &&
                   intake::from_hex(signature.substr(7)) ==
                       intake::hmac_sha256(key, fmt::format("{}.{}", seconds, body));
        case WebhookKind::Zammad:
            return signature.starts_with("sha1=") &&
                   intake::from_hex(signature.substr(5)) == intake::hmac_sha1(key, body);
    }
    return false;
}

}  // namespace

/// Lines: kind (s, c, z), id, seconds, signature ("!": the right one); then the body.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    fuzz::HostileInput input(bytes, size);
    const std::string_view letter = input.line();
    const WebhookKind kind = letter == "s"   ? WebhookKind::Standard
                             : letter == "c" ? WebhookKind::Chatwoot
                                             : WebhookKind::Zammad;
    const std::string_view id = input.line();
    const std::string_view seconds = input.line();
    std::string signature(input.line());
    const std::string_view body = input.rest();
    if (signature == "!" && kind != WebhookKind::Standard) {
        signature = kind == WebhookKind::Zammad
                        ? "sha1=" + hexadecimal(intake::hmac_sha1(key, body))
                        : "sha256=" + hexadecimal(intake::hmac_sha256(
                                          key, fmt::format("{}.{}", seconds, body)));
    }
    const intake::SignedRequest request{
        [&](std::string_view name) -> std::string_view {
            return name == "webhook-id"                                            ? id
                   : name == "webhook-timestamp" || name == "x-chatwoot-timestamp" ? seconds
                                                                                   : signature;
        },
        body,
        received};
    const auto proven = intake::verify_webhook(kind, secrets, request);
    if (proven) {
        fuzz::must(is_right(kind, id, seconds, signature, body), "a forged delivery was believed");
        const Milliseconds off = proven->time - received;
        fuzz::must(off <= intake::webhook_tolerance && -off <= intake::webhook_tolerance,
                   "a replay was believed");
    }
    static const fuzz::CollectingRules rules = fuzz::read_rules();
    const auto batch =
        intake::read_webhook(webhook(),
                             proven ? *proven : intake::Delivery{std::string(id), received},
                             request,
                             {*rules.blueprint, rules.exclusions});
    fuzz::must(batch.has_value(), "a blueprint without faults could not be used");
    fuzz::must_be_sound(*batch, received);
    fuzz::must(batch->encounters.size() + batch->refused.count() + batch->excluded.size() == 1,
               "a delivery was lost");
    return 0;
}
