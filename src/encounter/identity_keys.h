#pragma once

#include <map>
#include <string>
#include <vector>

#include "encounter/assertion.h"

namespace kokemus::encounter {

/// A trait by which a customer is known elsewhere, too.
struct IdentityKey {
    std::string trait;
    Evidence evidence = Evidence::Key;  ///< Email, Phone, Key or Member (an account)
    std::string country;                ///< of telephone numbers without one: "+358"

    friend bool operator==(const IdentityKey&, const IdentityKey&) = default;
};

/// `email` and `phone`: what holds where nobody declares anything else.
std::vector<IdentityKey> usual_identity_keys();

/// What a trait says of its customer: the name that they go by elsewhere.
struct Named {
    std::string other;  ///< "anna@example.com", "+358401234567", "crm_id:17"; of Member the account
    Evidence evidence = Evidence::Key;
};

/// What the trait says by these keys; nothing when it is none of them, or its value names nobody.
std::vector<Named> names_in(const std::map<std::string, std::string>& traits,
                            const std::vector<IdentityKey>& keys);

}  // namespace kokemus::encounter
