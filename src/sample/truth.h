#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "sample/generator.h"

namespace kokemus::sample {

/// Everything that was planted, and what came of it, as JSON; docs/sample.md explains each part.
std::string truth_json(const Options& options, const Realised& realised);

/// Writes `folder`/truth.json.
Status write_truth(const std::filesystem::path& folder, const Options& options,
                   const Realised& realised);

/// The options of the world whose data lie in `folder`, from its truth.json. NotFound when there
/// is none.
Result<Options> read_options(const std::filesystem::path& folder);

}  // namespace kokemus::sample
