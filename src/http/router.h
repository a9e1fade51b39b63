#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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

/// What a route asks of whoever comes: a mark that the guard understands and this folder does not.
enum class Access : std::uint32_t {};

/// Runs before each handler, on its thread: sets the request's visitor, or gives the answer that is
/// sent instead. Must be thread safe.
using Guard = std::function<std::optional<Response>(Request&, Access)>;

/// Runs in the place of each handler that answers at once, behind the guard, and calls it or not.
/// Must be thread safe.
using Around = std::function<Response(const Request&, Access, const Handler&)>;

/// For where everything stands open to everybody.
std::optional<Response> let_everybody_in(Request& request, Access access);

/// Who runs a handler: questions may take long, so what is quick has threads of its own.
enum class Lane { Slow, Quick };

/// Finds the handler of a request. Filled before the server starts, read only afterwards.
class Router {
public:
    /// `pattern` is a path whose `{name}` parts each match one segment:
    /// "/api/customers/{id}/timeline".
    void add(Method method, std::string_view pattern, Access access, Handler handler,
             Lane lane = Lane::Slow);

    /// The same for a handler that answers later, on the quick lane.
    void add_later(Method method, std::string_view pattern, Access access, LaterHandler handler);

    /// Who looks at every request that a route matches. Without one every such request is a 500
    /// problem: what is not guarded is closed. `otherwise` is not guarded.
    void guard(Guard guard) { guard_ = std::move(guard); }

    /// What runs around every handler; without one they are called as they are.
    void around(Around around) { around_ = std::move(around); }

    /// Answers whatever no route matches (the web application, say), on the quick lane. Without one
    /// it is a 404 problem.
    void otherwise(Handler handler) { otherwise_ = std::move(handler); }

    /// Answers the request: 404 when no route matches, 405 with Allow when only the method does
    /// not. HEAD is answered as GET. What a handler throws becomes a 500 problem and one line in
    /// the log.
    void answer(Request& request, const Reply& reply) const;

    /// The answer to a request whose body is still to come, when that need not be waited for: no
    /// such address or method, or what the guard says. None: it may come.
    std::optional<Response> refusal(Request& request) const;

    /// The same, waiting for the answer; for tests.
    Response answer(Request& request) const;

    /// Where the request belongs: the place of its route in the list, behind the last when there
    /// is none.
    struct Place {
        std::size_t route = 0;
        Lane lane = Lane::Quick;
        bool answers_later = false;
    };
    Place place(const Request& request) const;

    struct Listed {
        std::string name;  ///< "GET /api/ask"
        Access access{};
    };

    /// All routes in order of adding.
    std::vector<Listed> routes() const;

private:
    struct Route {
        Method method;
        std::vector<std::string> segments;
        std::string pattern;
        Access access{};
        Handler handler;  ///< one of the two is set
        LaterHandler later;
        Lane lane;
    };

    /// Asks the guard, and the handler.
    void run(const Route& route, Request& request, const Reply& reply) const;

    /// The address of a route of this method that differs from the request's by upper case, by
    /// empty segments or by what stands before it; or none: `/V1/batch`, `/v1/batch/`,
    /// `//v1/batch` and `/v1/v1/batch` are meant for `/v1/batch`. One look at each route.
    std::string meant(const Request& request) const;
    Response nothing_at(const Request& request) const;

    /// The route of the request, its captures set; or null, and `allowed` the methods that would
    /// do.
    const Route* find(const Request& request, std::vector<std::string>& captures,
                      std::string& allowed) const;

    std::vector<Route> routes_;
    Handler otherwise_;
    Guard guard_;
    Around around_;
};

/// "GET" and so on.
std::string_view method_name(Method method);

}  // namespace kokemus::http
