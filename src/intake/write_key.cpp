#include "intake/write_key.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "intake/signing.h"

namespace kokemus::intake {

namespace {

/// What follows the scheme's name (of any case) in an Authorization header.
std::optional<std::string_view> behind_scheme(std::string_view header, std::string_view scheme) {
    if (header.size() <= scheme.size() || lower(header.substr(0, scheme.size())) != scheme ||
        header[scheme.size()] != ' ') {
        return std::nullopt;
    }
    return trim(header.substr(scheme.size()));
}

/// The user of Basic credentials whose password is empty.
std::string basic_user(std::string_view coded) {
    std::string plain = from_base64(coded).value_or("");
    if (!plain.ends_with(':') || plain.find(':') != plain.size() - 1) {
        return {};
    }
    plain.pop_back();
    return plain;
}

}  // namespace

ShownKey shown_key(std::string_view authorization, std::string_view body_key) {
    const std::string_view header = trim(authorization);
    if (header.empty()) {
        return body_key.empty() ? ShownKey{} : ShownKey{KeyPlace::Body, std::string(body_key)};
    }
    if (const auto coded = behind_scheme(header, "basic")) {
        std::string user = basic_user(*coded);
        const bool agrees = body_key.empty() || body_key == user;
        return user.empty() || !agrees ? ShownKey{} : ShownKey{KeyPlace::Basic, std::move(user)};
    }
    if (behind_scheme(header, "bearer") && !body_key.empty()) {
        return {KeyPlace::Bearer, std::string(body_key)};
    }
    return {};
}

std::optional<std::string> OneWriteKey::sender(std::string_view key) const {
    if (key_.empty()) {
        return without_key_ == WithoutKey::Open ? std::optional<std::string>("anybody")
                                                : std::nullopt;
    }
    return is_same_secret(key_, key) ? std::optional<std::string>("write-key") : std::nullopt;
}

bool OneWriteKey::allows_origin(std::string_view key, std::string_view origin) const {
    const bool is_asked_before = key.empty() && !key_.empty();
    return (is_asked_before || sender(key)) &&
           (origins_.empty() || std::ranges::find(origins_, origin) != origins_.end());
}

}  // namespace kokemus::intake
