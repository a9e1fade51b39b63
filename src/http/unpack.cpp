#include "http/unpack.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

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

Error too_large(std::size_t bytes_max) {
    return {ErrorCode::TooLarge,
            fmt::format("the body has more than {} bytes; send it in parts", bytes_max)};
}

struct CloseZstd {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
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
            return too_large(bytes_max);
        }
    }
    if (outcome != Z_STREAM_END || stream.avail_in != 0) {
        return invalid_input("the body is not gzip, or is cut off");
    }
    return plain;
}

Result<std::string> unpack_zstd(std::string_view packed, std::size_t bytes_max) {
    // A window larger than this costs memory before any byte comes out.
    constexpr int window_bits_max = 23;
    const std::unique_ptr<ZSTD_DCtx, CloseZstd> context(ZSTD_createDCtx());
    if (!context || ZSTD_isError(ZSTD_DCtx_setParameter(
                        context.get(), ZSTD_d_windowLogMax, window_bits_max)) != 0) {
        return Error{ErrorCode::Unavailable, "there is no memory to unpack the body; try again"};
    }
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    std::string plain;
    std::size_t filled = 0;  // of it: each turn goes on where the last one ended
    std::size_t frames = 0;
    std::size_t wanted = packed.empty() ? 1 : 0;  // bytes to the end of a frame, as far as is known
    while (in.pos < in.size || (filled == plain.size() && wanted > 0)) {
        if (filled == plain.size()) {
            plain.resize(std::min(filled + std::max(step_bytes, filled), bytes_max + 1));
        }
        ZSTD_outBuffer out{plain.data(), plain.size(), filled};
        wanted = ZSTD_decompressStream(context.get(), &out, &in);
        filled = out.pos;
        if (ZSTD_isError(wanted) != 0) {
            return invalid_input(
                fmt::format("the body is not zstd: {}", ZSTD_getErrorName(wanted)));
        }
        if (filled > bytes_max) {
            return too_large(bytes_max);
        }
        frames += wanted == 0 ? 1 : 0;
        if (frames > zstd_frames_max) {
            return invalid_input(
                fmt::format("the body has more than {} zstd frames; send it in parts, or packed "
                            "as one",
                            zstd_frames_max));
        }
    }
    if (wanted != 0) {
        return invalid_input("the body is not zstd, or is cut off");
    }
    plain.resize(filled);
    return plain;
}

std::optional<Response> unknown_coding(const Request& request) {
    const std::string_view coding = request.header("content-encoding");
    if (coding.empty() || coding == "identity" || coding == "gzip" || coding == "zstd") {
        return std::nullopt;
    }
    Response refused =
        problem(Refusal{.status = 415,
                        .code = "unsupported_media_type",
                        .title = "This Content-Encoding is not understood",
                        .detail = "Content-Encoding: gzip and zstd are understood, or none"});
    refused.headers["accept-encoding"] = "gzip, zstd, identity";
    return refused;
}

Result<std::string> take_body(Request& request, std::size_t bytes_max) {
    if (request.body.size() > bytes_max) {
        return too_large(bytes_max);
    }
    const std::string_view coding = request.header("content-encoding");
    if (coding.empty() || coding == "identity") {
        return std::move(request.body);
    }
    if (coding == "gzip") {
        return unpack_gzip(request.body, bytes_max);
    }
    if (coding == "zstd") {
        return unpack_zstd(request.body, bytes_max);
    }
    return invalid_input("Content-Encoding: gzip and zstd are understood, or none");
}

}  // namespace kokemus::http
