#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Secrets that must be read again, kept so that who has the store alone cannot read them.
namespace kokemus::seal {

/// Seals secrets with the key of a file, and opens them. Immutable, so thread safe; copies share
/// nothing.
class Seal {
public:
    /// Reads the key file; where there is none makes one with a new key, readable by its owner
    /// alone and on disk when this returns. Forbidden when others may read it; InvalidInput when it
    /// holds anything but keys, one a line: 64 hexadecimal digits. Empty lines and lines that
    /// begin with '#' are passed over.
    static Result<Seal> open(const std::filesystem::path& key_file);

    /// The secret as a text to keep: letters, digits, '-', '_' and one ':', another each time.
    /// It opens in the same `place` alone, which is no secret: "account factor USER".
    std::string sealed(std::string_view secret, std::string_view place) const;

    /// What was sealed. Corrupt when it was sealed with a key that the file does not hold, for
    /// another place, or was changed since.
    Result<std::string> opened(std::string_view kept, std::string_view place) const;

    /// The text as digests that nobody without the key can make or guess: HMAC-SHA-256, as 64
    /// hexadecimal digits, for this `place` alone. One for each key of the file; the first is to be
    /// written, the others are what was written while their key came first.
    std::vector<std::string> digests(std::string_view text, std::string_view place) const;

    /// Whether a kept text is sealed, by its form alone; what is not was kept before secrets were
    /// sealed.
    static bool is_sealed(std::string_view kept);

private:
    using Key = std::array<unsigned char, 32>;
    explicit Seal(std::vector<Key> keys) : keys_(std::move(keys)) {}

    std::vector<Key> keys_;  ///< the first seals; never empty
};

}  // namespace kokemus::seal
