#include "courier/web_rules.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include <curl/curl.h>
#include <fmt/format.h>
#include <netdb.h>

#include "base/check.h"
#include "base/text.h"
#include "courier/bounds.h"

namespace kokemus::courier {

namespace {

/// Of IPv4 and of 2000::/3: IANA's special-purpose registries, and what carries an IPv4 address
/// inside.
constexpr std::array closed_networks{
    "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
    "2001::/23",     "2001:db8::/32",   "2002::/16",      "3fff::/20",
};

const std::vector<blueprint::Network>& closed() {
    static const std::vector<blueprint::Network> networks = [] {
        std::vector<blueprint::Network> list;
        for (const char* text : closed_networks) {
            list.push_back(blueprint::parse_network(text).value());
        }
        return list;
    }();
    return networks;
}

bool is_in(const std::vector<blueprint::Network>& networks, std::string_view address) {
    return std::ranges::any_of(
        networks, [&](const blueprint::Network& network) { return network.contains(address); });
}

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

/// A part of an address; empty when it has none.
std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) {
        return {};
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

bool is_plain(std::string_view host) {
    return !host.empty() && !host.ends_with('.') && std::ranges::all_of(host, [](char letter) {
        return letter > ' ' && letter < 0x7f && letter != '%';
    });
}

}  // namespace

Result<std::vector<std::string>> system_resolve(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int failure = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (failure != 0) {
        return Error{ErrorCode::Unavailable,
                     fmt::format("{} has no address: {}", quote(host), ::gai_strerror(failure))};
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list(found, &::freeaddrinfo);
    std::vector<std::string> addresses;
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(one->ai_addr,
                          one->ai_addrlen,
                          text.data(),
                          text.size(),
                          nullptr,
                          0,
                          NI_NUMERICHOST) == 0) {
            addresses.emplace_back(text.data());
        }
    }
    return addresses;
}

Result<WebAddress> check_url(const std::string& url, const WebRules& rules) {
    const auto wrong = [](std::string_view what) {
        return invalid_input(fmt::format("url: {}", what));
    };
    if (url.size() > bounds::url_bytes_max) {
        return wrong(fmt::format("it has {} bytes at most", bounds::url_bytes_max));
    }
    const std::unique_ptr<CURLU, FreeUrl> parsed(curl_url());
    CHECK(parsed != nullptr);
    if (url.find_first_of(" \t\r\n") != std::string::npos ||
        curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
        return wrong("write an address such as https://example.com/hook");
    }
    const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
    if (scheme != "https" && !(scheme == "http" && rules.allows_http)) {
        return wrong(rules.allows_http ? "it begins with https:// or http://"
                                       : "it begins with https://; http:// has to be allowed under "
                                         "[webhooks] in kokemus.toml");
    }
    if (!part_of(parsed.get(), CURLUPART_USER).empty() ||
        !part_of(parsed.get(), CURLUPART_PASSWORD).empty() ||
        !part_of(parsed.get(), CURLUPART_FRAGMENT).empty()) {
        return wrong("leave out user, password and what follows a #");
    }
    WebAddress address{part_of(parsed.get(), CURLUPART_HOST), 0};
    if (!is_plain(address.host)) {
        return wrong("write the host in ASCII (xn--...), without a dot at its end");
    }
    if (address.host.starts_with('[')) {
        address.host = address.host.substr(1, address.host.size() - 2);
    }
    const std::string port = part_of(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (address.port == 0) {
        return wrong("a port is a number from 1 to 65535");
    }
    return address;
}

bool is_public_address(std::string_view address) {
    // IPv4, also as mapped, and of IPv6 what is given out to be reached: all the rest is not
    // assigned, or carries an IPv4 address inside. One with a zone ("fe80::1%eth0") is none.
    static const std::vector<blueprint::Network> given_out{
        blueprint::parse_network("0.0.0.0/0").value(),
        blueprint::parse_network("2000::/3").value()};
    return is_in(given_out, address) && !is_in(closed(), address);
}

Result<std::vector<std::string>> allowed_addresses(const std::string& host, const WebRules& rules) {
    auto addresses = TRY(rules.resolve(host));
    if (addresses.empty()) {
        return Error{ErrorCode::Unavailable, fmt::format("{} has no address", quote(host))};
    }
    for (const std::string& address : addresses) {
        if (!is_public_address(address) && !is_in(rules.networks, address)) {
            return Error{ErrorCode::Forbidden,
                         fmt::format("{} is at {}, which is not on the public internet; allow its "
                                     "network under [webhooks] in kokemus.toml if that is meant",
                                     quote(host),
                                     address)};
        }
    }
    return addresses;
}

}  // namespace kokemus::courier
