#pragma once

#include <string>
#include <string_view>

namespace kokemus {

/// The path of a file or folder of the source tree that these tests were built from, `below`
/// written from its root
/// ("tests/reference/stats.csv"). Linked into test programs only: the product does not know where
/// it was built.
std::string project_file(std::string_view below);

}  // namespace kokemus
