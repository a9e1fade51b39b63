#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "question/counts.h"

namespace kokemus::answer {

/// How many steps of the path stand behind those that the row shows.
std::uint64_t left_out_of(const question::EpisodeRow& row);

/// The steps with `between` between them, and at the end how many more there are, if any.
std::string path_text(const std::vector<std::string>& path, std::uint64_t left_out,
                      std::string_view between);

}  // namespace kokemus::answer
