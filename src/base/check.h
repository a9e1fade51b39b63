#pragma once

#include <string_view>

namespace kokemus {

/// Logs the broken condition with its place and aborts.
[[noreturn]] void check_failed(std::string_view condition, const char* file, int line);

}  // namespace kokemus

/// Holds a condition that only a bug can break; on in release too. Never reachable from input.
#define CHECK(condition)                                             \
    do {                                                             \
        if (!(condition)) {                                          \
            ::kokemus::check_failed(#condition, __FILE__, __LINE__); \
        }                                                            \
    } while (false)
