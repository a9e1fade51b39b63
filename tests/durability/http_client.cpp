#include "http_client.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace kokemus::durability {

namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";

std::size_t number_after(std::string_view text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    std::size_t number = 0;
    if (at != std::string_view::npos) {
        text.remove_prefix(at + mark.size());
        std::from_chars(text.data(), text.data() + text.size(), number);
    }
    return number;
}

}  // namespace

std::optional<HttpClient::Answer> HttpClient::post(std::string_view path, std::string_view body) {
    const std::string head =
        fmt::format("POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}Content-Length: {}\r\n\r\n",
                    path,
                    proof_,
                    body.size());
    const bool sent = body.size() < 16 * 1024 ? wire_.send(head + std::string(body))
                                              : wire_.send(head) && wire_.send(body);
    return sent ? receive() : std::nullopt;
}

std::optional<HttpClient::Answer> HttpClient::get(std::string_view path) {
    return wire_.send(fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}\r\n", path, proof_))
               ? receive()
               : std::nullopt;
}

std::optional<HttpClient::Answer> HttpClient::receive() {
    std::array<char, 64 * 1024> block{};
    std::size_t head_size = std::string::npos;
    std::size_t whole = 0;
    while (head_size == std::string::npos || pending_.size() < whole) {
        const std::size_t got = wire_.receive(block);
        if (got == 0) {
            return std::nullopt;
        }
        pending_.append(block.data(), got);
        if (head_size == std::string::npos) {
            head_size = pending_.find(end_of_head);
            if (head_size != std::string::npos) {
                head_size += end_of_head.size();
                whole = head_size + number_after(pending_, "Content-Length: ");
            }
        }
    }
    Answer answer;
    answer.status = static_cast<int>(number_after(pending_, "HTTP/1.1 "));
    answer.head = pending_.substr(0, head_size);
    answer.body = pending_.substr(head_size, whole - head_size);
    pending_.erase(0, whole);
    return answer;
}

}  // namespace kokemus::durability
