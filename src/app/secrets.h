#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.h"
#include "app/configuration.h"
#include "base/result.h"

namespace kokemus::app {

/// The secrets of that name, which a blueprint refers to and never holds: the environment's
/// KOKEMUS_SECRET_NAME (upper case, "_" for what is no letter or digit), else the file
/// `secrets/NAME` of the data folder. One a line or apart by blanks: several while one replaces
/// another. A name is letters, digits, "-" and "_". NotFound, with words on where to put it, when
/// there is none.
Result<std::vector<std::string>> find_secrets(const std::filesystem::path& folder,
                                              std::string_view name);

/// Files and folders that hold secrets and no customers, those of the data folder and those that
/// the configuration names: nobody is to find out what they hold by searching.
std::vector<std::filesystem::path> files_of_secrets(const CommandSettings& settings,
                                                    const Configuration& configuration);

}  // namespace kokemus::app
