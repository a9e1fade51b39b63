#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/role.h"
#include "base/instant.h"

namespace kokemus::account {

/// A key for a program, as it is kept: never the secret itself.
struct ApiKey {
    std::string id;
    std::string user;                       ///< whose rights are its upper bound
    std::string name;                       ///< what it is for
    std::string digest;                     ///< of the secret
    Rights rights;                          ///< scope
    std::vector<std::string> origins = {};  ///< of pages that may show it; none: no page
    Instant made{};
    Instant expires{};
    std::optional<Instant> revoked = {};
    std::optional<Instant> used = {};  ///< the last time, as exact as `bounds::key_noted_every`
};

/// The two parts of a key as it is sent.
struct SentKey {
    std::string id;
    std::string secret;
};

/// "kk_ID_SECRET": the prefix lets scanners find keys that leaked.
std::string key_text(std::string_view id, std::string_view secret);

/// The parts of such a text; none when it is no key of ours.
std::optional<SentKey> read_key(std::string_view text);

/// Of what a user may do, what keys of theirs may have: never what needs a person (UseOwnAccount),
/// nor what makes further people and keys (ManageUsers, ManageKeys), since who holds a key with
/// few rights could give themselves all with it.
Rights rights_for_keys(Rights of_user);

/// Whether its last use is to be noted anew; not with each request.
bool is_use_worth_noting(const ApiKey& key, Instant now);

/// What the key allows at `now`, of what its user may do and keys may have: nothing when the secret
/// is another one, or the key is revoked or has expired.
Rights rights_by_key(const ApiKey& key, std::string_view secret, Rights of_user, Instant now);

}  // namespace kokemus::account
