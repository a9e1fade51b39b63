#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace kokemus::durability {

/// How many rounds a test runs and from which seed: by the environment (KOKEMUS_<NAME>_ROUNDS,
/// KOKEMUS_SEED), else as given, with another seed each time. Says both on the terminal, so that a
/// failed round can be replayed.
struct Rounds {
    std::uint64_t count = 0;
    std::uint64_t seed = 0;
};
Rounds rounds_of(const std::string& name, std::uint64_t otherwise);

/// A new folder of our own, gone when this is.
class Scratch {
public:
    explicit Scratch(const std::string& name);
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace kokemus::durability
