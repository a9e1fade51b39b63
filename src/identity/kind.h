#pragma once

#include <cstdint>
#include <string_view>

namespace kokemus::identity {

/// What a name is to whoever knows a person by it, the most telling first.
enum class Kind : std::uint8_t {
    Verified,  ///< the id of somebody who had signed in, or as files and programs of ours name them
    Key,       ///< a declared key: "crm_id:17"
    Contact,   ///< an e-mail address or a telephone number
    Anonymous,  ///< a cookie, a device
};

/// "verified", "key"...
std::string_view name_of(Kind kind);

/// Whether the name stands for one person: two different ones are never joined but by a person.
constexpr bool is_firm(Kind kind) {
    return kind == Kind::Verified || kind == Kind::Key;
}

}  // namespace kokemus::identity
