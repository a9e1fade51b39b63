#pragma once

#include <functional>

#include "app/command.h"
#include "app/organisation.h"
#include "intake/export.h"

namespace kokemus::app {

/// Writes the file that `kokemus export` was asked for: with pseudonyms, and without customers who
/// have refused the purpose, where that is wanted. `progress` as of intake::ExportOptions.
Result<intake::ExportReport> export_for(Organisation& organisation, const ExportCommand& options,
                                        std::function<bool(std::uint64_t rows)> progress = {});

}  // namespace kokemus::app
