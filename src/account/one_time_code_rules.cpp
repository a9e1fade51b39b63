#include <array>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "account/bounds.h"
#include "account/one_time_code.h"
#include "account/secret.h"
#include "base/check.h"

namespace kokemus::account {

namespace {

constexpr std::int64_t step_milliseconds = 30'000;
constexpr std::size_t recovery_code_bytes = 15;

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char byte : text) {
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' ||
                           byte == '_' || byte == '~';
        encoded +=
            plain ? std::string(1, byte) : fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
    return encoded;
}

}  // namespace

std::int64_t code_step(Instant time) {
    return time.time_since_epoch().count() / step_milliseconds;
}

std::string code_of(std::string_view secret, std::int64_t step, int digits) {
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) {
        counter[7 - i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * i));
    }
    // Step 1: an HMAC-SHA-1 value.
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    CHECK(HMAC(EVP_sha1(),
               secret.data(),
               static_cast<int>(secret.size()),
               counter.data(),
               counter.size(),
               mac.data(),
               &size) != nullptr);
    // Step 2: dynamic truncation to 31 bits.
    const std::size_t at = mac[size - 1] & 15U;
    const std::uint32_t bits = (mac[at] & 127U) << 24U |
                               static_cast<std::uint32_t>(mac[at + 1]) << 16U |
                               static_cast<std::uint32_t>(mac[at + 2]) << 8U | mac[at + 3];
    // Step 3: its last digits.
    return digits == 8 ? fmt::format("{:08}", bits % 100'000'000)
                       : fmt::format("{:06}", bits % 1'000'000);
}

std::optional<std::int64_t> step_of_code(std::string_view typed, std::string_view secret,
                                         Instant now, std::int64_t last_used) {
    std::string digits;
    for (const char letter : typed) {
        if (letter != ' ') {
            digits += letter;
        }
    }
    std::optional<std::int64_t> found;
    const std::int64_t here = code_step(now);
    for (std::int64_t step = here - 1; step <= here + 1; ++step) {
        if (equal_in_constant_time(digits, code_of(secret, step)) && step > last_used) {
            found = step;
        }
    }
    return found;
}

std::string authenticator_link(std::string_view secret, std::string_view email,
                               std::string_view organisation) {
    const std::string issuer =
        percent_encoded(organisation.empty() ? std::string_view("Kokemus") : organisation);
    return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits=6&period=30",
                       issuer,
                       percent_encoded(email),
                       base32(secret),
                       issuer);
}

std::vector<std::string> new_recovery_codes() {
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < bounds::recovery_codes; ++i) {
        codes.push_back(random_words(recovery_code_bytes));
    }
    return codes;
}

}  // namespace kokemus::account
