#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "encounter/encounter.h"

namespace kokemus::encounter {

/// What is said of two names of customers, and by what. The numbers are those on disk: they are
/// never changed.
enum class Evidence : std::uint8_t {
    SameMessage = 1,  ///< one message named both: the cookie (`name`) and the user (`other`)
    Alias = 2,        ///< an alias call: from now on `name` is the user `other`
    Email = 3,        ///< `other` is an e-mail address of `name`
    Phone = 4,        ///< `other` is a telephone number of `name`
    Key = 5,          ///< `other` is a declared key of `name`: "crm_id:17"
    Verified = 6,     ///< `name` is the id of somebody who had signed in; `other` is the same name
    Person = 7,       ///< somebody of the organisation says that they are one
    Apart = 8,        ///< and that they are not
    Member = 9,       ///< `name` is a person of the account `other`
    Retracted = 10,   ///< the last word of people on the two is taken back
    Anonymous = 11,   ///< `name` is a cookie or a device; `other` is the same name
};

/// One thing said of two names. What messages and traits say is kept once, however often it comes;
/// what people say is kept each time, and their last word on two names stands.
struct Assertion {
    CustomerName name;
    CustomerName other;
    Evidence evidence = Evidence::SameMessage;
    std::string source;  ///< who brought it: "segment", "import"; of traits theirs
    std::string person;  ///< whose word it is; empty: nobody's
    std::string text;    ///< why, in that person's words; of a member the role

    friend bool operator==(const Assertion&, const Assertion&) = default;
};

/// "same_message", "alias"...
std::string_view name_of(Evidence evidence);

/// Nothing for another name.
std::optional<Evidence> evidence_of(std::string_view name);

/// Whether it is said of one name alone.
constexpr bool is_of_one(Evidence evidence) {
    return evidence == Evidence::Verified || evidence == Evidence::Anonymous;
}

/// Whether a person said it.
constexpr bool is_word(Evidence evidence) {
    return evidence == Evidence::Person || evidence == Evidence::Apart ||
           evidence == Evidence::Retracted;
}

}  // namespace kokemus::encounter
