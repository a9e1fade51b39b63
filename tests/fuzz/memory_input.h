#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "hostile_input.h"

namespace kokemus::fuzz {

/// An input as a file in memory, for readers that want a path.
class MemoryInput {
public:
    explicit MemoryInput(std::string_view bytes) : descriptor_(::memfd_create("input", 0)) {
        must(descriptor_ >= 0, "there is no memory for a file");
        must(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
             "the file in memory took only a part");
    }
    ~MemoryInput() { ::close(descriptor_); }
    MemoryInput(const MemoryInput&) = delete;
    MemoryInput& operator=(const MemoryInput&) = delete;

    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

}  // namespace kokemus::fuzz
