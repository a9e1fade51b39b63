#include "courier/signature.h"

#include <array>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>

#include "courier/bounds.h"

namespace kokemus::courier {

namespace {

constexpr std::string_view secret_prefix = "whsec_";

std::string base64(std::span<const unsigned char> bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(
        text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // its zero
    return text;
}

Result<std::vector<unsigned char>> key_of(std::string_view secret) {
    std::vector<unsigned char> key(secret.size());
    std::size_t length = 0;
    const std::string_view text =
        secret.starts_with(secret_prefix) ? secret.substr(secret_prefix.size()) : "";
    if (text.empty() || sodium_base642bin(key.data(),
                                          key.size(),
                                          text.data(),
                                          text.size(),
                                          nullptr,
                                          &length,
                                          nullptr,
                                          sodium_base64_VARIANT_ORIGINAL) != 0) {
        return Error{ErrorCode::Corrupt, "the secret of the target is damaged; make a new one"};
    }
    key.resize(length);
    return key;
}

}  // namespace

std::string new_webhook_secret() {
    std::array<unsigned char, bounds::secret_bytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return std::string(secret_prefix) + base64(bytes);
}

std::string webhook_timestamp(Instant time) {
    return fmt::format("{}",
                       std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

Result<std::string> webhook_signature(const Signed& message, std::span<const std::string> secrets) {
    const std::string content =
        fmt::format("{}.{}.{}", message.id, webhook_timestamp(message.time), message.body);
    std::string signatures;
    for (const std::string& secret : secrets) {
        const std::vector<unsigned char> key = TRY(key_of(secret));
        crypto_auth_hmacsha256_state state;
        std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
        crypto_auth_hmacsha256_init(&state, key.data(), key.size());
        crypto_auth_hmacsha256_update(
            &state, reinterpret_cast<const unsigned char*>(content.data()), content.size());
        crypto_auth_hmacsha256_final(&state, code.data());
        signatures += (signatures.empty() ? "v1," : " v1,") + base64(code);
    }
    return signatures;
}

}  // namespace kokemus::courier
