#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.h"

/// What was in force when.
namespace kokemus::history {

/// What is known of a version of the blueprint beside its text.
struct VersionHead {
    std::int64_t number = 0;  ///< 1, 2, 3...
    Instant at{};
    std::string author;
    std::string reason;
    std::string digest;  ///< of the text
    std::int64_t bytes = 0;

    friend bool operator==(const VersionHead&, const VersionHead&) = default;
};

struct Version {
    VersionHead head;
    std::string toml;  ///< the file as its author wrote it
};

/// A version that is to be kept.
struct NewVersion {
    Instant at{};
    std::string author;
    std::string reason;
    std::string toml;
};

inline constexpr std::size_t author_bytes_max = 300;
inline constexpr std::size_t reason_bytes_max = 2000;
inline constexpr std::size_t versions_page_max = 200;

/// SHA-256 in 64 hexadecimal digits.
std::string digest_of_text(std::string_view toml);

}  // namespace kokemus::history
