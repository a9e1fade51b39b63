#include <fmt/format.h>

#include "account/api_key.h"
#include "account/bounds.h"
#include "account/secret.h"

namespace kokemus::account {

namespace {

constexpr std::string_view prefix = "kk_";
constexpr std::size_t id_length = 32;
constexpr std::size_t secret_length = 43;

}  // namespace

std::string key_text(std::string_view id, std::string_view secret) {
    return fmt::format("{}{}_{}", prefix, id, secret);
}

std::optional<SentKey> read_key(std::string_view text) {
    if (text.size() != prefix.size() + id_length + 1 + secret_length || !text.starts_with(prefix) ||
        text[prefix.size() + id_length] != '_') {
        return std::nullopt;
    }
    return SentKey{std::string(text.substr(prefix.size(), id_length)),
                   std::string(text.substr(prefix.size() + id_length + 1))};
}

Rights rights_for_keys(Rights of_user) {
    for (const Right of_people : {Right::UseOwnAccount, Right::ManageUsers, Right::ManageKeys}) {
        of_user.remove(of_people);
    }
    return of_user;
}

Rights rights_by_key(const ApiKey& key, std::string_view secret, Rights of_user, Instant now) {
    if (!equal_in_constant_time(digest_of(secret), key.digest) || key.revoked ||
        now >= key.expires) {
        return {};
    }
    return key.rights & rights_for_keys(of_user);
}

bool is_use_worth_noting(const ApiKey& key, Instant now) {
    return !key.used || now - *key.used >= bounds::key_noted_every || now < *key.used;
}

}  // namespace kokemus::account
