#include "app/server_asking.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "http/ask_once.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

/// A server that listens everywhere is here too.
std::string reachable(const std::string& address) {
    if (address == "0.0.0.0") {
        return "127.0.0.1";
    }
    return address == "::" ? "::1" : address;
}

std::string words_of(const std::string& body) {
    boost::system::error_code fault;
    const json::value problem = json::parse(body, fault);
    const json::value* said =
        !fault && problem.is_object() ? problem.as_object().if_contains("detail") : nullptr;
    return said != nullptr && said->is_string() ? std::string(said->as_string()) : body;
}

ErrorCode code_of(int status) {
    switch (status) {
        case 400: return ErrorCode::InvalidInput;
        case 404: return ErrorCode::NotFound;
        case 409:
        case 412: return ErrorCode::Conflict;
        default: return ErrorCode::Unavailable;
    }
}

}  // namespace

Result<std::string> ask_server(const ServerNote::Place& server, http::Method method,
                               std::string_view path, std::string body, std::string_view if_match) {
    const std::string type = body.empty() ? "" : "application/json";
    http::Response response =
        TRY(http::ask_once({reachable(server.address), server.port, server.is_tls},
                           {.method = method,
                            .path = std::string(path),
                            .content_type = type,
                            .body = std::move(body),
                            .authorization = "Bearer " + server.key,
                            .if_match = std::string(if_match)}));
    if (response.status / 100 == 2) {
        return std::move(response.body);
    }
    return Error{
        code_of(response.status),
        fmt::format("the server (process {}) refused: {}", server.pid, words_of(response.body))};
}

Result<std::string> HereOrThere::ask(http::Method method, std::string_view path,
                                     std::string body) const {
    return ask_server(there.value(), method, path, std::move(body));
}

Result<HereOrThere> here_or_there(const CommandSettings& settings) {
    auto here = Organisation::open(settings.data, settings.blueprint, Organisation::Open::Existing);
    if (here) {
        return HereOrThere{std::move(*here)};
    }
    auto server = ServerNote::read(settings.data);
    if (here.error().code != ErrorCode::Conflict || !server) {
        return here.error();
    }
    return HereOrThere{nullptr, std::move(server)};
}

}  // namespace kokemus::app
