#include "http/request_head.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::http {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

namespace {

std::optional<Method> method_of(bhttp::verb verb) {
    switch (verb) {
        case bhttp::verb::get: return Method::Get;
        case bhttp::verb::head: return Method::Head;
        case bhttp::verb::post: return Method::Post;
        case bhttp::verb::put: return Method::Put;
        case bhttp::verb::patch: return Method::Patch;
        case bhttp::verb::delete_: return Method::Delete;
        case bhttp::verb::options: return Method::Options;
        default: return std::nullopt;
    }
}

Response unknown_method(const beast::string_view& name) {
    return problem(
        Refusal{.status = 501,
                .code = "invalid_input",
                .title = "Not understood here",
                .detail = fmt::format("The method {} is not known here.",
                                      quote(std::string_view(name.data(), name.size())))});
}

}  // namespace

tl::expected<Request, Response> head_of(const bhttp::request<bhttp::string_body>& message,
                                        std::map<std::string, std::string> headers) {
    const std::optional<Method> method = method_of(message.method());
    if (!method) {
        return tl::unexpected(unknown_method(message.method_string()));
    }
    Request request;
    request.method = *method;
    const auto target = message.target();
    const auto parsed = parse_target(std::string_view(target.data(), target.size()), request);
    if (!parsed) {
        return tl::unexpected(problem(parsed.error()));
    }
    request.headers = std::move(headers);
    return request;
}

Response refused_header(const Error& error) {
    return error.code == ErrorCode::TooLarge ? problem(Refusal{.status = 431,
                                                               .code = "too_large",
                                                               .title = "The header is too large",
                                                               .detail = error.message})
                                             : problem(error);
}

Response too_many_waiting() {
    return problem(
        Error{ErrorCode::Unavailable, "Too many requests are waiting; try again in a second."});
}

}  // namespace kokemus::http
