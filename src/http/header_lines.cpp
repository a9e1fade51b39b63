#include "http/header_lines.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::http {

namespace {

namespace bhttp = boost::beast::http;

/// Who it is, to whom it goes, and how its body is to be read.
constexpr auto only_once = std::to_array<std::string_view>({"authorization",
                                                            "content-encoding",
                                                            "content-type",
                                                            "host",
                                                            "idempotency-key",
                                                            "origin",
                                                            "sec-fetch-site",
                                                            "webhook-id",
                                                            "webhook-timestamp",
                                                            "x-kokemus-token"});

/// Lines of one header; Beast bounds their bytes alone.
constexpr std::ptrdiff_t lines_max = 100;

template <typename Text>
std::string_view view(const Text& text) {
    return {text.data(), text.size()};
}

Status check_framing(const Header& header, bool is_chunked) {
    const bool has_coding = header.find(bhttp::field::transfer_encoding) != header.end();
    constexpr unsigned version_with_codings = 11;
    const bool is_only_chunked = lower(view(header[bhttp::field::transfer_encoding])) == "chunked";
    if (has_coding &&
        (!is_chunked || !is_only_chunked || header.version() < version_with_codings)) {
        return invalid_input(
            "Transfer-Encoding: send the body as chunked, or with a Content-Length");
    }
    const auto hosts = std::distance(header.equal_range(bhttp::field::host).first,
                                     header.equal_range(bhttp::field::host).second);
    if (hosts > 1 || (hosts == 0 && header.version() >= version_with_codings)) {
        return invalid_input("Host: name the server, once");
    }
    return {};
}

}  // namespace

Result<std::map<std::string, std::string>> header_lines(const Header& header, bool is_chunked) {
    TRY(check_framing(header, is_chunked));
    if (std::distance(header.begin(), header.end()) > lines_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("the header has more than {} lines", lines_max)};
    }
    std::map<std::string, std::string> lines;
    for (const auto& field : header) {
        const std::string name = lower(view(field.name_string()));
        const std::string_view value = view(field.value());
        const auto [line, is_first] = lines.try_emplace(name, value);
        if (is_first) {
            continue;
        }
        if (std::ranges::find(only_once, name) != only_once.end()) {
            return invalid_input(fmt::format("{} stands twice; send it once", name));
        }
        line->second += name == "cookie" ? "; " : ", ";
        line->second += value;
    }
    return lines;
}

bool is_header_value(std::string_view value) {
    return std::ranges::none_of(value, [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return (byte < 0x20 && letter != '\t') || byte == 0x7f;
    });
}

}  // namespace kokemus::http
