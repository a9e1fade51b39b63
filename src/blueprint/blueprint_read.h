#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "blueprint/fault.h"

namespace kokemus::blueprint {

/// A blueprint as far as it could be read, with everything that is wrong with it, in the order of
/// the file. It may be used if and only if `has_errors(faults)` is false; then every reference in
/// it is resolved and it holds the built-in scales and metrics.
struct Reading {
    Blueprint blueprint;
    std::vector<Fault> faults;
};

/// Reads TOML text of the form that docs/blueprint.md describes. Takes any bytes; never fails
/// otherwise than by faults.
Reading read_blueprint(std::string_view toml);

/// As above. Fails only when the file cannot be read or is larger than
/// `limits::blueprint_bytes_max`.
Result<Reading> read_blueprint_file(const std::filesystem::path& path);

/// For callers that need a usable one: fails with all faults, one a line, each after the file's
/// name. Warnings pass.
Result<Blueprint> load_blueprint(const std::filesystem::path& path);

}  // namespace kokemus::blueprint
