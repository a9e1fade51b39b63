#include "rounds.h"

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <random>

#include <fmt/format.h>

namespace kokemus::durability {

namespace {

std::optional<std::uint64_t> variable(const std::string& name) {
    const char* text = std::getenv(name.c_str());
    if (text == nullptr) {
        return std::nullopt;
    }
    const std::string_view digits(text);
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

Rounds rounds_of(const std::string& name, std::uint64_t otherwise) {
    Rounds rounds;
    rounds.count = variable("KOKEMUS_" + name + "_ROUNDS").value_or(otherwise);
    rounds.seed = variable("KOKEMUS_SEED").value_or(std::random_device{}());
    fmt::print("{} rounds; again with KOKEMUS_SEED={} KOKEMUS_{}_ROUNDS={}\n",
               rounds.count,
               rounds.seed,
               name,
               rounds.count);
    return rounds;
}

Scratch::Scratch(const std::string& name) {
    static std::atomic<unsigned> serial{0};
    path_ = std::filesystem::temp_directory_path() /
            fmt::format("kokemus-{}-{}-{}", name, ::getpid(), serial++);
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace kokemus::durability
