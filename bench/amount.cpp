#include "amount.h"

#include <charconv>
#include <string>

namespace kokemus::bench {

Result<std::uint64_t> parse_amount(std::string_view text) {
    std::uint64_t amount = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), amount);
    const std::string_view unit(read.ptr,
                                static_cast<std::size_t>(text.data() + text.size() - read.ptr));
    const std::uint64_t factor = unit == "M"    ? 1'000'000
                                 : unit == "k"  ? 1'000
                                 : unit.empty() ? 1
                                                : 0;
    if (read.ec != std::errc() || factor == 0 || amount == 0) {
        return Error{ErrorCode::InvalidInput,
                     "\"" + std::string(text) + "\" is no amount; write 500k, 10M or 20000000"};
    }
    return amount * factor;
}

}  // namespace kokemus::bench
