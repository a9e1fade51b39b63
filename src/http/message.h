#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kokemus::http {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options };

/// Who is behind a request; a guard knows more of them than this folder does.
struct Visitor {
    Visitor() = default;
    Visitor(const Visitor&) = default;
    Visitor& operator=(const Visitor&) = default;
    virtual ~Visitor() = default;
};

/// One complete request. Names of headers are lower case; path and query are percent-decoded.
struct Request {
    Method method = Method::Get;
    std::string path;
    std::vector<std::string>
        segments;  ///< of the path, split before decoding, so that an id may hold a slash
    std::map<std::string, std::string> query;  ///< the last one of equal names
    std::map<std::string, std::string> headers;
    std::vector<std::string> captures;  ///< what the {names} of the route matched, in order
    std::string body;
    std::string id;                          ///< X-Request-Id: the sender's, or one of ours
    std::string address;                     ///< of the client, or of the proxy before it
    std::shared_ptr<const Visitor> visitor;  ///< set by the guard before a handler runs
    std::stop_token gone;  ///< requested when the client has closed the connection

    /// A query parameter, or the empty text.
    std::string_view parameter(std::string_view name) const;

    /// A header by its lower-case name, or the empty text.
    std::string_view header(std::string_view name) const;

    /// A query parameter as a whole number from 0 to `most`; `otherwise` when absent. Anything else
    /// is an error that names it.
    Result<std::size_t> count(std::string_view name, std::size_t otherwise, std::size_t most) const;
};

class Broadcast;

struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::map<std::string, std::string> headers;
    std::string body;

    /// Holds a secret (a token, a key, a code): never packed, as its length beside what others
    /// may have put into it would tell of it; and no ETag is made of it.
    bool is_secret = false;

    /// When set, the answer is no body but its news as server-sent events, for as long as the
    /// client listens; what it heard last (Last-Event-ID) is not said again.
    std::shared_ptr<Broadcast> events = {};
    std::string heard = {};

    /// Who listens: the guard is asked about this again at each heartbeat, and when it sends who
    /// asks so away (401, 403), the news end. Null: nobody is asked.
    std::shared_ptr<Request> listener = {};
};

/// 200 with a JSON text, which no cache keeps.
Response json(std::string body);

/// The problem document (RFC 9457) of an error, with its status. `error.detail` is not shown.
Response problem(const Error& error);

/// A problem that no error code stands for: 401, 405, 429.
struct Refusal {
    int status = 401;
    std::string_view code;  ///< for the machine: "sign_in_needed"
    std::string_view title;
    std::string detail;  ///< for the reader: what to do
};
Response problem(const Refusal& refusal);

/// The problem document alone, for lists of answers.
std::string problem_document(const Error& error);

/// The HTTP status of an error code: the one table.
int status_of(ErrorCode code);

/// Splits a request target into decoded path and query. Fails on broken percent escapes, on NUL and
/// on invalid UTF-8.
Status parse_target(std::string_view target, Request& request);

}  // namespace kokemus::http
