#include "encounter/identity_keys.h"

#include "base/limits.h"
#include "base/text.h"
#include "encounter/contact.h"

namespace kokemus::encounter {

namespace {

std::string name_by(const IdentityKey& key, const std::string& value) {
    switch (key.evidence) {
        case Evidence::Email: return normal_email(value);
        case Evidence::Phone: return normal_phone(value, key.country);
        case Evidence::Member: return std::string(trim(value));
        default: break;
    }
    const std::string_view trimmed = trim(value);
    return trimmed.empty() ? std::string() : key.trait + ":" + std::string(trimmed);
}

}  // namespace

std::vector<IdentityKey> usual_identity_keys() {
    return {{"email", Evidence::Email, {}}, {"phone", Evidence::Phone, {}}};
}

std::vector<Named> names_in(const std::map<std::string, std::string>& traits,
                            const std::vector<IdentityKey>& keys) {
    std::vector<Named> names;
    for (const IdentityKey& key : keys) {
        const auto found = traits.find(key.trait);
        if (found == traits.end()) {
            continue;
        }
        std::string name = name_by(key, found->second);
        if (!name.empty() && name.size() <= limits::name_bytes_max) {
            names.push_back({std::move(name), key.evidence});
        }
    }
    return names;
}

}  // namespace kokemus::encounter
