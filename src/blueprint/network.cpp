#include "blueprint/network.h"

#include <array>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::blueprint {

namespace {

/// The 16 bytes of an address, IPv4 as mapped into IPv6; empty when it is none.
std::string address_bytes(std::string_view text) {
    const std::string spelled(text);
    std::array<char, 16> bytes{};
    if (::inet_pton(AF_INET6, spelled.c_str(), bytes.data()) == 1) {
        return {bytes.data(), bytes.size()};
    }
    bytes.fill(0);
    bytes[10] = bytes[11] = static_cast<char>(0xff);
    if (::inet_pton(AF_INET, spelled.c_str(), bytes.data() + 12) == 1) {
        return {bytes.data(), bytes.size()};
    }
    return {};
}

}  // namespace

bool Network::contains(std::string_view address) const {
    const std::string other = address_bytes(address);
    const std::size_t whole = prefix_bits / 8;
    if (other.size() != bytes.size() || other.compare(0, whole, bytes, 0, whole) != 0) {
        return false;
    }
    const unsigned rest = prefix_bits % 8;
    const auto differ = static_cast<unsigned char>(rest == 0 ? 0 : other[whole] ^ bytes[whole]);
    return differ >> (8 - rest) == 0;
}

Result<Network> parse_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::string_view address = text.substr(0, slash);
    Network network{address_bytes(address), 128};
    const bool is_v4 = address.find(':') == std::string_view::npos;
    const unsigned bits_max = is_v4 ? 32 : 128;
    unsigned bits = bits_max;
    bool is_right = !network.bytes.empty();
    if (slash != std::string_view::npos) {
        const std::string_view length = text.substr(slash + 1);
        const auto [end, failure] =
            std::from_chars(length.data(), length.data() + length.size(), bits);
        is_right = is_right && failure == std::errc{} && end == length.data() + length.size() &&
                   bits <= bits_max;
    }
    if (!is_right) {
        return invalid_input(fmt::format(
            "{} is no address; write 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32", quote(text)));
    }
    network.prefix_bits = bits + (is_v4 ? 96 : 0);
    return network;
}

}  // namespace kokemus::blueprint
