#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "account/bounds.h"
#include "account/page_origin.h"
#include "base/text.h"

namespace kokemus::account {

namespace {

/// The port behind the colon; empty text and 0 when there is none.
bool read_port(std::string_view text, unsigned& port) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && port > 0 &&
           port <= 65'535;
}

bool is_host(std::string_view host) {
    const bool is_v6 = host.starts_with('[') && host.ends_with(']') && host.size() > 2;
    const std::string_view letters =
        is_v6 ? "0123456789abcdef:." : "abcdefghijklmnopqrstuvwxyz0123456789-.";
    const std::string_view inside = is_v6 ? host.substr(1, host.size() - 2) : host;
    return !inside.empty() && inside.size() <= 253 &&
           inside.find_first_not_of(letters) == std::string_view::npos;
}

}  // namespace

Result<std::string> read_origin(std::string_view text) {
    const std::string origin = lower(trim(text));
    if (origin == any_origin) {
        return origin;
    }
    const Error wrong = invalid_input(
        fmt::format("origins: {} is no origin of a page; write it as https://shop.example or "
                    "https://shop.example:8443, without a path, or * for every page",
                    quote(text.substr(0, 100))));
    const std::size_t slashes = origin.find("://");
    if (slashes == std::string::npos) {
        return wrong;
    }
    const std::string_view scheme = std::string_view(origin).substr(0, slashes);
    const std::string_view rest = std::string_view(origin).substr(slashes + 3);
    const std::size_t bracket = rest.find(']');
    const std::size_t colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
    const std::string_view host = rest.substr(0, colon);
    unsigned port = 0;
    const bool has_port = colon != std::string_view::npos;
    if ((scheme != "https" && scheme != "http") || !is_host(host) ||
        (has_port && !read_port(rest.substr(colon + 1), port))) {
        return wrong;
    }
    const unsigned own = scheme == "https" ? 443 : 80;
    return port == 0 || port == own ? fmt::format("{}://{}", scheme, host)
                                    : fmt::format("{}://{}:{}", scheme, host, port);
}

Result<std::vector<std::string>> read_origins(const std::vector<std::string>& texts) {
    if (texts.size() > bounds::origins_per_key_max) {
        return Error{
            ErrorCode::TooLarge,
            fmt::format("origins: a key may name {} at most", bounds::origins_per_key_max)};
    }
    std::vector<std::string> origins;
    for (const std::string& text : texts) {
        origins.push_back(TRY(read_origin(text)));
    }
    std::ranges::sort(origins);
    origins.erase(std::unique(origins.begin(), origins.end()), origins.end());
    return origins;
}

bool is_among(const std::vector<std::string>& origins, std::string_view origin) {
    return std::ranges::any_of(
        origins, [&](const std::string& one) { return one == any_origin || one == origin; });
}

std::string origins_text(const std::vector<std::string>& origins) {
    return fmt::format("{}", fmt::join(origins, " "));
}

std::vector<std::string> split_origins(std::string_view text) {
    std::vector<std::string> origins;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        origins.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return origins;
}

}  // namespace kokemus::account
