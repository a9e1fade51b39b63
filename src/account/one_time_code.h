#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"

/// Codes of an authenticator app: RFC 6238 with SHA-1, 30 seconds and 6 digits, which is what all
/// apps understand; and codes on paper for the day the telephone is lost.
namespace kokemus::account {

/// The number of the 30 seconds since 1970 that `time` lies in.
std::int64_t code_step(Instant time);

/// RFC 4226, section 5.3: the code of that step, with leading zeros. `digits` is 6 or 8.
std::string code_of(std::string_view secret, std::int64_t step, int digits = 6);

/// The step that `typed` is the code of: this one, the one before or the one after, since clocks
/// differ; and later than `last_used`, since a code works once. None when it is none of these.
std::optional<std::int64_t> step_of_code(std::string_view typed, std::string_view secret,
                                         Instant now, std::int64_t last_used);

/// What an authenticator app reads from a picture: "otpauth://totp/...".
std::string authenticator_link(std::string_view secret, std::string_view email,
                               std::string_view organisation);

/// New codes on paper, 120 random bits each; only the digests of their `typed_words` are kept.
std::vector<std::string> new_recovery_codes();

}  // namespace kokemus::account
