#include "http/message.h"

#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::http {

namespace {

struct CodeRow {
    ErrorCode code;
    int status;
    std::string_view name;
    std::string_view title;
};

constexpr CodeRow code_rows[] = {
    {ErrorCode::InvalidInput, 400, "invalid_input", "The request cannot be read"},
    {ErrorCode::Forbidden, 403, "forbidden", "Not allowed"},
    {ErrorCode::NotFound, 404, "not_found", "There is no such thing"},
    {ErrorCode::Conflict, 409, "conflict", "In conflict with what is there"},
    {ErrorCode::TooLarge, 413, "too_large", "Too large"},
    {ErrorCode::Cancelled, 499, "cancelled", "Stopped before it was answered"},
    {ErrorCode::TimedOut, 504, "timed_out", "It took too long"},
    {ErrorCode::Unavailable, 503, "unavailable", "Not available now; try again in a moment"},
    {ErrorCode::DiskFull, 507, "disk_full", "The disk is full"},
    {ErrorCode::Corrupt, 500, "corrupt", "A stored file is damaged"},
    {ErrorCode::Internal, 500, "internal", "A fault of the server"},
};

const CodeRow& row_of(ErrorCode code) {
    for (const CodeRow& row : code_rows) {
        if (row.code == code) {
            return row;
        }
    }
    return code_rows[std::size(code_rows) - 1];
}

int hex_digit(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    const char lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Result<std::string> decode(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        char letter = text[at];
        if (letter == '+' && plus_is_space) {
            letter = ' ';
        } else if (letter == '%') {
            const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
            const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
            if (high < 0 || low < 0) {
                return invalid_input(
                    "the address has a broken % escape; write %25 for a percent sign");
            }
            letter = static_cast<char>(high * 16 + low);
            at += 2;
        }
        if (letter == '\0') {
            return invalid_input("the address holds a NUL character");
        }
        decoded.push_back(letter);
    }
    if (!is_valid_utf8(decoded)) {
        return invalid_input("the address is not UTF-8");
    }
    return decoded;
}

/// Answers may hold personal data, and are for who asked alone: no browser keeps them on its disk,
/// no proxy hands them to the next, and none is taken for something else than it is.
void keep_out_of_caches(Response& response) {
    response.headers["cache-control"] = "no-store";
    response.headers["x-content-type-options"] = "nosniff";
}

}  // namespace

std::string_view Request::parameter(std::string_view name) const {
    const auto found = query.find(std::string(name));
    return found == query.end() ? std::string_view{} : std::string_view(found->second);
}

std::string_view Request::header(std::string_view name) const {
    const auto found = headers.find(std::string(name));
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

Result<std::size_t> Request::count(std::string_view name, std::size_t otherwise,
                                   std::size_t most) const {
    const std::string_view text = parameter(name);
    if (text.empty()) {
        return otherwise;
    }
    std::size_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size() || number > most) {
        return invalid_input(
            fmt::format("parameter {}: write a whole number from 0 to {}", name, most));
    }
    return number;
}

Response json(std::string body) {
    Response response;
    keep_out_of_caches(response);
    response.body = std::move(body);
    return response;
}

int status_of(ErrorCode code) {
    return row_of(code).status;
}

std::string problem_document(const Error& error) {
    const CodeRow& row = row_of(error.code);
    boost::json::object document{{"type", "about:blank"},
                                 {"title", row.title},
                                 {"status", row.status},
                                 {"detail", error.message},
                                 {"code", row.name}};
    if (error.column > 0) {
        document["column"] = error.column;
    }
    return boost::json::serialize(document);
}

Response problem(const Error& error) {
    Response response;
    keep_out_of_caches(response);
    response.status = status_of(error.code);
    response.content_type = "application/problem+json";
    response.body = problem_document(error);
    if (error.code == ErrorCode::Unavailable) {
        response.headers["retry-after"] = "1";
    } else if (error.code == ErrorCode::DiskFull) {
        response.headers["retry-after"] = "30";
    }
    return response;
}

Response problem(const Refusal& refusal) {
    Response response;
    keep_out_of_caches(response);
    response.status = refusal.status;
    response.content_type = "application/problem+json";
    response.body = boost::json::serialize(boost::json::object{{"type", "about:blank"},
                                                               {"title", refusal.title},
                                                               {"status", refusal.status},
                                                               {"detail", refusal.detail},
                                                               {"code", refusal.code}});
    return response;
}

Status parse_target(std::string_view target, Request& request) {
    const std::size_t mark = target.find('?');
    std::string_view path = target.substr(0, mark);
    if (path.empty() || path.front() != '/') {
        return invalid_input("the address must begin with /");
    }
    request.path = TRY(decode(path, false));
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const std::size_t end = path.find('/');
        request.segments.push_back(TRY(decode(path.substr(0, end), false)));
        path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
    }
    std::string_view rest =
        mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    while (!rest.empty()) {
        const std::size_t end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        const std::size_t equals = pair.find('=');
        std::string name = TRY(decode(pair.substr(0, equals), true));
        std::string value = equals == std::string_view::npos
                                ? std::string{}
                                : TRY(decode(pair.substr(equals + 1), true));
        if (!name.empty()) {
            request.query[std::move(name)] = std::move(value);
        }
    }
    return {};
}

}  // namespace kokemus::http
