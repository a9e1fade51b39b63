#pragma once

#include <cstdint>
#include <string>

namespace kokemus {

/// A threshold that a test may set from outside, by the environment variable KOKEMUS_TEST_<NAME>,
/// so that what happens seldom in production (folding a log, merging, writing a snapshot) happens
/// all the time while the program is killed at random; `otherwise` without one. Nothing that is
/// promised may depend on it.
std::uint64_t test_setting(const std::string& name, std::uint64_t otherwise);

}  // namespace kokemus
