#include "base/test_setting.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace kokemus {

std::uint64_t test_setting(const std::string& name, std::uint64_t otherwise) {
    const char* set = std::getenv(("KOKEMUS_TEST_" + name).c_str());
    const std::string_view digits(set == nullptr ? "" : set);
    std::uint64_t number = 0;
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_number = failure == std::errc{} && end == digits.data() + digits.size();
    return is_number ? number : otherwise;
}

}  // namespace kokemus
