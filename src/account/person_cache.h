#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "account/user.h"
#include "base/guarded.h"

namespace kokemus::account {

/// Who came a moment ago, by the digest of what they proved it with: one of these for each kind of
/// proof, so that a key is never found as a session. So that a page that asks ten
/// things at once is one look into the store, and a program that sends all day one a second. What
/// this server changes of anybody holds at once, what another one changes after
/// `bounds::person_known_for`. Bounded. Thread safe.
class PersonCache {
public:
    /// None when it is not known, or was too long ago.
    std::optional<Person> find(const std::string& digest, Instant now) const;

    /// Counts the changes; take it before looking into the store.
    std::uint64_t changes() const;

    /// Keeps what was found there, unless something has changed since `changes`.
    void keep(const std::string& digest, Person person, Instant now, std::uint64_t changes);

    /// Something was changed of somebody: all are looked for anew.
    void forget();

private:
    struct Known {
        Person person;
        Instant at{};
    };
    struct State {
        std::unordered_map<std::string, Known> known;
        std::uint64_t changes = 0;
    };
    Guarded<State> state_;
};

}  // namespace kokemus::account
