#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire.h"

namespace kokemus::durability {

/// A plain HTTP/1.1 client on one kept-alive connection, for tests and benchmarks. Blocking, not
/// thread safe.
class HttpClient {
public:
    struct Answer {
        int status = 0;
        std::string head;
        std::string body;
    };

    /// To the server at 127.0.0.1; `connected` tells whether it is there. Shows `key` with each
    /// request, unless it is empty.
    explicit HttpClient(std::uint16_t port, Spoken spoken = Spoken::Plain,
                        const std::string& key = {})
        : wire_(port, spoken),
          proof_(key.empty() ? "" : "Authorization: Bearer " + key + "\r\n") {}

    bool connected() const { return wire_.connected(); }

    /// Sends and waits; absent when the connection was lost before the whole answer was here.
    std::optional<Answer> post(std::string_view path, std::string_view body);
    std::optional<Answer> get(std::string_view path);

private:
    std::optional<Answer> receive();

    Wire wire_;
    std::string proof_;
    std::string pending_;
};

}  // namespace kokemus::durability
