#pragma once

#include <cstddef>
#include <cstdint>

namespace kokemus::measure {

/// What the system says of this program. 0 where it says nothing.
struct Program {
    double started_unix_seconds = 0;
    double cpu_seconds = 0;
    std::uint64_t resident_bytes = 0;
    std::size_t open_files = 0;
    std::size_t open_files_max = 0;
    std::size_t threads = 0;
};

Program this_program();

}  // namespace kokemus::measure
