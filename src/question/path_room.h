#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// How much of the paths of its rows an answer shows. Rows are bounded in number, paths are as long
/// as what came of one customer: a name that many share (a guest, a till) may have millions.
namespace kokemus::question {

/// Of one path.
inline constexpr std::size_t path_steps_max = 500;

/// Of all paths of an answer, as they lie in memory.
inline constexpr std::size_t paths_bytes_max = 32 * 1024 * 1024;

/// What a step takes there: its name, and a text around it.
constexpr std::size_t step_bytes(std::string_view name) {
    return sizeof(std::size_t) * 4 + name.size();
}

/// The bytes that each path may take so that all of them fit into `bytes_max`: the shorter ones as
/// much as they want, what they leave goes evenly to the longer ones. Depends on the sizes alone
/// and not on their order.
std::size_t bytes_for_each(std::vector<std::size_t> wanted,
                           std::size_t bytes_max = paths_bytes_max);

}  // namespace kokemus::question
