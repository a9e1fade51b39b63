#include "http/accept.h"

#include <array>

#include "hostile_input.h"
#include "http/finish.h"

/// First line: If-None-Match; then Accept or Accept-Encoding.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    constexpr std::array<std::string_view, 3> types{"application/json", "text/csv", "text/plain"};
    constexpr std::array<std::string_view, 2> codings{"zstd", "gzip"};
    fuzz::HostileInput input(bytes, size);
    const std::string if_none_match(input.line());
    const std::string wanted(input.rest());
    const auto type = http::best_of(wanted, types);
    fuzz::must(!type || *type < types.size(), "chosen what was not offered");
    const auto coding = http::best_of(wanted, codings);
    fuzz::must(!coding || *coding < codings.size(), "chosen what was not offered");
    fuzz::must(!http::best_of("", types), "chosen for who named nothing");

    http::Response response;
    response.body = std::string(3000, 'x');
    http::finish({http::Method::Get, wanted, if_none_match, true}, response);
    const auto packed = response.headers.find("content-encoding");
    const bool is_whole = response.status == 200;
    fuzz::must(is_whole || (response.status == 304 && response.body.empty()),
               "neither 200 nor 304");
    if (is_whole) {
        fuzz::must((packed != response.headers.end()) == coding.has_value(), "packed unasked");
    }
    const std::string& tag = response.headers.at("etag");
    fuzz::must(http::names_tag("W/\"other\", " + tag, tag), "a tag does not name itself");
    fuzz::must(is_whole == !http::names_tag(if_none_match, "\"" + tag.substr(1, 32) + "\""),
               "304 for another tag, or 200 for the same");
    return 0;
}
