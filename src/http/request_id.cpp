#include "http/request_id.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <random>

#include <fmt/format.h>

namespace kokemus::http {

namespace {

bool is_plain(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
}

/// Of this run of the program: ids are not secret, and two servers' shall not be the same.
std::uint64_t chance() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

}  // namespace

std::string request_id_of(std::string_view sent) {
    if (!sent.empty() && sent.size() <= request_id_bytes_max &&
        std::all_of(sent.begin(), sent.end(), is_plain)) {
        return std::string(sent);
    }
    static const std::uint64_t run = chance();
    static std::atomic<std::uint64_t> serial{0};
    return fmt::format("{:016x}-{:x}", run, ++serial);
}

void mark(Response& response, std::string_view id) {
    if (!response.headers.emplace("x-request-id", id).second) {
        return;
    }
    if (response.content_type == "application/problem+json" && response.body.ends_with('}') &&
        !response.headers.contains("content-encoding")) {
        response.body.insert(response.body.size() - 1, fmt::format(R"(,"request_id":"{}")", id));
    }
}

}  // namespace kokemus::http
