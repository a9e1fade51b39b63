#include "http/unpack.h"

#include "hostile_input.h"
#include "http/pack.h"

/// First line: the Content-Encoding; then the body.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    constexpr std::size_t bytes_max = 100'000;
    fuzz::HostileInput input(bytes, size);
    http::Request request;
    request.headers["content-encoding"] = std::string(input.line());
    request.body = std::string(input.rest());
    const auto plain = http::take_body(request, bytes_max);
    if (!plain) {
        fuzz::must(!plain.error().message.empty(), "refused without words");
    } else {
        fuzz::must(plain->size() <= bytes_max, "more came out than may");
    }
    const std::string body(input.rest());
    const auto from_gzip = http::unpack_gzip(http::gzip(body, 1), bytes_max);
    const auto from_zstd = http::unpack_zstd(http::zstd(body, 1), bytes_max);
    if (body.size() <= bytes_max) {
        fuzz::must(from_gzip && *from_gzip == body, "gzip gives back something else");
        fuzz::must(from_zstd && *from_zstd == body, "zstd gives back something else");
    }
    return 0;
}
