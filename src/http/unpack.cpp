#include "http/unpack.h"

#include <algorithm>

#include <fmt/format.h>
#include <zlib.h>

namespace kokemus::http {

namespace {

constexpr std::size_t step_bytes = 256 * 1024;

/// Ends the stream on the way out.
struct Inflation {
    z_stream stream{};
    bool is_ready = false;

    Inflation() {
        constexpr int gzip_window_bits = 15 + 16;
        is_ready = inflateInit2(&stream, gzip_window_bits) == Z_OK;
    }
    Inflation(const Inflation&) = delete;
    Inflation& operator=(const Inflation&) = delete;
    ~Inflation() { inflateEnd(&stream); }
};

}  // namespace

Result<std::string> unpack_gzip(std::string_view packed, std::size_t bytes_max) {
    Inflation inflation;
    if (!inflation.is_ready) {
        return Error{ErrorCode::Unavailable, "there is no memory to unpack the body; try again"};
    }
    z_stream& stream = inflation.stream;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string plain;
    int outcome = Z_OK;
    while (outcome == Z_OK) {
        const std::size_t before = plain.size();
        // One byte more than allowed, to tell "exactly as much" from "more".
        plain.resize(std::min(before + std::max(step_bytes, before), bytes_max + 1));
        stream.next_out = reinterpret_cast<Bytef*>(plain.data() + before);
        stream.avail_out = static_cast<uInt>(plain.size() - before);
        outcome = inflate(&stream, Z_NO_FLUSH);
        plain.resize(plain.size() - stream.avail_out);
        if (plain.size() > bytes_max) {
            return Error{ErrorCode::TooLarge,
                         fmt::format("the unpacked body has more than {} bytes; send it in parts",
                                     bytes_max)};
        }
    }
    if (outcome != Z_STREAM_END || stream.avail_in != 0) {
        return invalid_input("the body is not gzip, or is cut off");
    }
    return plain;
}

}  // namespace kokemus::http
