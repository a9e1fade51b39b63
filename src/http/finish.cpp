#include "http/finish.h"

#include <array>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "http/accept.h"
#include "http/pack.h"

namespace kokemus::http {

namespace {

constexpr int gzip_level = 5;
constexpr int zstd_level = 3;

/// Offered in this order to those who take both alike: zstd packs better in a third of the time.
constexpr std::array<std::string_view, 2> codings{"zstd", "gzip"};

bool is_text(std::string_view content_type) {
    return content_type.starts_with("text/") || content_type.starts_with("application/json") ||
           content_type.starts_with("application/problem+json") ||
           content_type.starts_with("application/yaml");
}

void add_vary(Response& response, std::string_view name) {
    std::string& vary = response.headers["vary"];
    vary += (vary.empty() ? "" : ", ") + std::string(name);
}

/// True when nothing is left to send.
bool tag(const Wish& wish, Response& response) {
    const bool is_read = wish.method == Method::Get || wish.method == Method::Head;
    if (!is_read || response.status != 200) {
        return false;
    }
    std::string& etag = response.headers["etag"];
    if (etag.empty()) {
        etag = fmt::format("\"{}\"", hash128(response.body).hex());
    }
    if (!names_tag(wish.if_none_match, etag)) {
        return false;
    }
    response.status = 304;
    response.body.clear();
    return true;
}

void pack(const Wish& wish, Response& response) {
    if (!is_text(response.content_type) || response.body.size() < packed_bytes_min ||
        response.headers.contains("content-encoding")) {
        return;
    }
    add_vary(response, "accept-encoding");
    const auto best = best_of(wish.accept_encoding, codings);
    if (!best || !wish.may_pack) {
        return;
    }
    const std::string_view coding = codings.at(*best);
    std::string packed =
        coding == "gzip" ? gzip(response.body, gzip_level) : zstd(response.body, zstd_level);
    if (packed.empty() || packed.size() >= response.body.size()) {
        return;
    }
    response.body = std::move(packed);
    response.headers["content-encoding"] = coding;
    if (const auto etag = response.headers.find("etag"); etag != response.headers.end()) {
        etag->second = tag_in(etag->second, coding);
    }
}

}  // namespace

Wish wish_of(const Request& request) {
    const std::string_view site = request.header("sec-fetch-site");
    return Wish{.method = request.method,
                .accept_encoding = std::string(request.header("accept-encoding")),
                .if_none_match = std::string(request.header("if-none-match")),
                .may_pack = site != "cross-site" && site != "same-site"};
}

void finish(const Wish& wish, Response& response) {
    if (response.events || response.is_secret || tag(wish, response)) {
        return;
    }
    pack(wish, response);
}

std::string tag_in(const std::string& tag, std::string_view coding) {
    return fmt::format("{}-{}\"", tag.substr(0, tag.size() - 1), coding);
}

bool names_tag(std::string_view header, std::string_view tag) {
    const std::string_view inside = tag.substr(0, tag.size() - 1);
    while (!header.empty()) {
        const std::size_t end = header.find(',');
        std::string_view named = trim(header.substr(0, end));
        header = end == std::string_view::npos ? std::string_view{} : header.substr(end + 1);
        if (named.starts_with("W/")) {
            named.remove_prefix(2);
        }
        if (named == "*" || named == tag) {
            return true;
        }
        if (named.starts_with(inside)) {
            const std::string_view rest = named.substr(inside.size());
            for (const std::string_view coding : codings) {
                if (rest == fmt::format("-{}\"", coding)) {
                    return true;
                }
            }
        }
    }
    return false;
}

}  // namespace kokemus::http
