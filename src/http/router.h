#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/reply.h"

namespace kokemus::http {

/// Answers one request; runs on a worker thread, may block, must be thread safe.
using Handler = std::function<Response(const Request&)>;

/// Takes one request and answers it later, from whatever thread knows the answer. Runs on the quick
/// lane: it must not wait for a disk or for others, and must be thread safe.
using LaterHandler = std::function<void(Request&, Reply)>;

/// Who runs a handler: questions may take long, so what is quick has threads of its own.
enum class Lane { Slow, Quick };

/// Finds the handler of a request. Filled before the server starts, read only afterwards.
class Router {
public:
    /// `pattern` is a path whose `{name}` parts each match one segment:
    /// "/api/customers/{id}/timeline".
    void add(Method method, std::string_view pattern, Handler handler, Lane lane = Lane::Slow);

    /// The same for a handler that answers later, on the quick lane.
    void add_later(Method method, std::string_view pattern, LaterHandler handler);

    /// Answers whatever no route matches (the web application, say), on the quick lane. Without one
    /// it is a 404 problem.
    void otherwise(Handler handler) { otherwise_ = std::move(handler); }

    /// Answers the request: 404 when no route matches, 405 with Allow when only the method does
    /// not. HEAD is answered as GET. What a handler throws becomes a 500 problem and one line in
    /// the log.
    void answer(Request& request, const Reply& reply) const;

    /// The same, waiting for the answer; for tests.
    Response answer(Request& request) const;

    /// Where the request belongs.
    Lane lane(const Request& request) const;

    /// "GET /api/ask" and so on, in order of adding.
    std::vector<std::string> routes() const;

private:
    struct Route {
        Method method;
        std::vector<std::string> segments;
        std::string pattern;
        Handler handler;  ///< one of the two is set
        LaterHandler later;
        Lane lane;
    };

    /// The route of the request, its captures set; or null, and `allowed` the methods that would
    /// do.
    const Route* find(const Request& request, std::vector<std::string>& captures,
                      std::string& allowed) const;

    std::vector<Route> routes_;
    Handler otherwise_;
};

/// "GET" and so on.
std::string_view method_name(Method method);

}  // namespace kokemus::http
