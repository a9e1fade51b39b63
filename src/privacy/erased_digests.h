#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace kokemus::privacy {

/// Whom a ledger refuses, kept beside it in a file of its own: a ledger that is restored from an
/// older backup does not know it, and must not bring them back.
struct ErasedDigests {
    std::string salt;
    std::vector<std::string> digests;  ///< in order

    friend bool operator==(const ErasedDigests&, const ErasedDigests&) = default;
};

/// Nothing when there is no such file; Corrupt, in words, when it is not as it was written.
Result<std::optional<ErasedDigests>> read_digests(const std::filesystem::path& file);

/// In one step, on disk on return.
Status write_digests(const std::filesystem::path& file, const ErasedDigests& digests);

}  // namespace kokemus::privacy
