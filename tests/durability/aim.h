#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "base/test_moment.h"

namespace kokemus::durability {

/// What is to be met by a kill: the moment's name in the program, how long it takes at most, and a
/// threshold that brings it about.
struct Target {
    const char* name;
    const char* moment;
    std::uint64_t microseconds;
    std::pair<std::string, std::string> variable;
};

inline constexpr auto aim_at_most = std::chrono::seconds(5);

/// Waits until the server is at it, and a little longer.
void aim(const TestMoments& moments, const Target& target, Random& random);

/// What is not whole of what a killed server left, the snapshot of the timeline with it, which must
/// equal the ledger. Empty when all is well, or when it was killed before there was anything.
std::vector<std::string> damage_in(const std::filesystem::path& folder);

}  // namespace kokemus::durability
