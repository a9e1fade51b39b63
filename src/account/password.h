#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kokemus::account {

/// Whether people may choose this password: long enough, not too long, UTF-8, none that everybody
/// tries first, and none made of the `words` that a stranger knows (the person's name and e-mail,
/// the product). Fails with what to choose instead. There are no rules about kinds of letters, and
/// nothing is cut off.
Status check_password(std::string_view password, std::span<const std::string> words);

/// What is kept of a password: argon2id with the parameters of bounds.h and a salt of its own, as
/// one text. Takes about 0.2 s and 64 MiB. Unavailable when too many are being made at once:
/// `argon2_waiting_max` wait up to five seconds, further ones are told so without waiting.
Result<std::string> hash_password(std::string_view password);

enum class PasswordMatch : std::uint8_t {
    No,
    Yes,
    YesButWeak,  ///< right; its hash was made with other parameters: make it anew
};

/// Compares a password with what was kept of it, in a time that tells nothing of either; an empty
/// `kept` (nobody has that name) takes as long as any other. Unavailable as above.
Result<PasswordMatch> match_password(std::string_view password, const std::string& kept);

}  // namespace kokemus::account
