#include <fmt/format.h>

#include "base/text.h"
#include "hostile_input.h"
#include "http/message.h"

namespace {

using namespace kokemus;

/// Every byte as an escape, so that nothing in it has a meaning of its own.
std::string escaped(std::string_view text) {
    std::string all;
    for (const char byte : text) {
        all += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
    return all;
}

std::string target_of(const http::Request& request) {
    std::string target;
    for (const std::string& segment : request.segments) {
        target += "/" + escaped(segment);
    }
    char mark = '?';
    for (const auto& [name, value] : request.query) {
        target += mark + escaped(name) + "=" + escaped(value);
        mark = '&';
    }
    return target;
}

void must_be_text(const std::string& text) {
    fuzz::must(is_valid_utf8(text), "an address holds what is no text");
    fuzz::must(text.find('\0') == std::string::npos, "an address holds a zero");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    http::Request request;
    const Status read = http::parse_target(fuzz::HostileInput(bytes, size).rest(), request);
    if (!read) {
        fuzz::must(!read.error().message.empty(), "refused without words");
        return 0;
    }
    must_be_text(request.path);
    std::string joined;
    for (const std::string& segment : request.segments) {
        must_be_text(segment);
        joined += "/" + segment;
    }
    fuzz::must(joined == request.path, "the segments are not the path");
    for (const auto& [name, value] : request.query) {
        must_be_text(name);
        must_be_text(value);
        fuzz::must(!name.empty(), "a parameter has no name");
        const auto count = request.count(name, 7, 1000);
        fuzz::must(!count || *count <= 1000, "a count beyond its bound");
    }
    http::Request again;
    fuzz::must(http::parse_target(target_of(request), again).has_value(), "cannot be read again");
    fuzz::must(again.path == request.path && again.segments == request.segments &&
                   again.query == request.query,
               "an address is another when written");
    return 0;
}
