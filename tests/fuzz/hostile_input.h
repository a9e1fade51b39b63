#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

/// Tries one input on the parser under test. A return is all well, whatever the parser said of it;
/// an exception, a signal or a report of a sanitizer is a fault. libFuzzer calls it under this
/// name; the replay of the kept corpus links all targets, each under one of its own (CMakeLists).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace kokemus::fuzz {

/// Holds what must be true of every input: `words` say what was broken.
inline void must(bool holds, std::string_view words) {
    if (!holds) {
        throw std::logic_error(std::string(words));
    }
}

/// One input, taken from its front: what it is made of stands in lines, so that the kept ones can
/// be read and written by hand.
class HostileInput {
public:
    HostileInput(const std::uint8_t* bytes, std::size_t size)
        : rest_(reinterpret_cast<const char*>(bytes), size) {}

    /// Up to the next line feed, which is left out; the rest when there is none.
    std::string_view line() {
        const std::size_t end = rest_.find('\n');
        const std::string_view line = rest_.substr(0, end);
        rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
        return line;
    }

    /// Everything that was not taken.
    std::string_view rest() const { return rest_; }

    bool is_empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

}  // namespace kokemus::fuzz
