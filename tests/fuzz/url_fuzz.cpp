#include <array>

#include <arpa/inet.h>

#include "base/text.h"
#include "courier/web_rules.h"
#include "hostile_input.h"

namespace {

using namespace kokemus;

/// What is closed of IPv4 at the least, written down once more.
bool is_closed_v4(std::uint32_t address) {
    const std::uint32_t first = address >> 24U;
    const std::uint32_t second = address >> 16U & 255U;
    return first == 0 || first == 10 || first == 127 || first >= 224 ||
           (first == 169 && second == 254) || (first == 172 && second >= 16 && second < 32) ||
           (first == 192 && second == 168) || (first == 100 && second >= 64 && second < 128);
}

void try_address(const std::string& text) {
    std::array<unsigned char, 16> bytes{};
    const bool is_v4 = ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1;
    const bool is_v6 = !is_v4 && ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
    const bool is_public = courier::is_public_address(text);
    fuzz::must(!is_public || is_v4 || is_v6, "what is no address is public");
    if (is_v4) {
        const std::uint32_t number = static_cast<std::uint32_t>(bytes[0]) << 24U |
                                     static_cast<std::uint32_t>(bytes[1]) << 16U |
                                     static_cast<std::uint32_t>(bytes[2]) << 8U | bytes[3];
        fuzz::must(!is_public || !is_closed_v4(number), "a private address is public");
        fuzz::must(courier::is_public_address("::ffff:" + text) == is_public,
                   "an address is another one when mapped");
    }
    if (is_v6) {
        fuzz::must(!is_public || (bytes[0] & 0xfeU) != 0xfcU, "a private network is public");
        fuzz::must(!is_public || bytes[0] != 0xff, "many addresses are public");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(fuzz::HostileInput(bytes, size).rest());
    try_address(text);
    for (const bool allows_http : {false, true}) {
        const courier::WebRules rules{.allows_http = allows_http};
        const auto address = courier::check_url(text, rules);
        if (!address) {
            fuzz::must(is_valid_utf8(address.error().message), "refused with no text");
            continue;
        }
        fuzz::must(!address->host.empty() && address->port > 0 && address->port <= 65'535,
                   "an address to nowhere");
        fuzz::must(address->host.find_first_of("/@?#[] %") == std::string::npos, "no host");
        fuzz::must(allows_http || lower(text).starts_with("https:"), "sent without TLS");
    }
    return 0;
}
