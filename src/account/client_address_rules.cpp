#include <array>

#include <arpa/inet.h>

#include "account/client_address.h"
#include "base/text.h"

namespace kokemus::account {

namespace {

/// One colon stands before a port; IPv6 addresses have more, and brackets when there is a port.
std::string_view without_port(std::string_view told) {
    if (told.starts_with('[')) {
        return told.substr(1, told.find(']') - 1);
    }
    const std::size_t colon = told.find(':');
    return colon == told.rfind(':') ? told.substr(0, colon) : told;
}

}  // namespace

std::string client_address(std::string_view forwarded_for) {
    const std::string_view told = trim(forwarded_for.substr(forwarded_for.rfind(',') + 1));
    const std::string address(without_port(told));
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    for (const int family : {AF_INET, AF_INET6}) {
        if (::inet_pton(family, address.c_str(), bytes.data()) == 1 &&
            ::inet_ntop(family, bytes.data(), text.data(), text.size()) != nullptr) {
            return text.data();
        }
    }
    return {};
}

}  // namespace kokemus::account
