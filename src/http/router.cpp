#include "http/router.h"

#include <exception>

#include <fmt/format.h>

#include "base/log.h"
#include "base/text.h"

namespace kokemus::http {

namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const std::size_t end = path.find('/');
        segments.emplace_back(path.substr(0, end));
        path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
    }
    return segments;
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path,
             std::vector<std::string>& captures) {
    if (pattern.size() != path.size()) {
        return false;
    }
    captures.clear();
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (!pattern[i].empty() && pattern[i].front() == '{') {
            captures.push_back(path[i]);
        } else if (pattern[i] != path[i]) {
            return false;
        }
    }
    return true;
}

Response call(const Handler& handler, const Request& request) {
    try {
        return handler(request);
    } catch (const std::exception& exception) {
        log_error("the handler of {} failed: {}", quote(request.path), exception.what());
        return problem(internal_error("The server could not answer this; it is logged there."));
    }
}

}  // namespace

std::string_view method_name(Method method) {
    constexpr std::string_view names[] = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    return names[static_cast<std::size_t>(method)];
}

void Router::add(Method method, std::string_view pattern, Handler handler) {
    routes_.push_back(Route{method, split(pattern), std::string(pattern), std::move(handler)});
}

Response Router::answer(Request& request) const {
    const Method wanted = request.method == Method::Head ? Method::Get : request.method;
    std::string allowed;
    std::vector<std::string> captures;
    for (const Route& route : routes_) {
        if (!matches(route.segments, request.segments, captures)) {
            continue;
        }
        if (route.method == wanted) {
            request.captures = std::move(captures);
            return call(route.handler, request);
        }
        allowed += (allowed.empty() ? "" : ", ") + std::string(method_name(route.method));
    }
    if (!allowed.empty()) {
        Response refused = problem(invalid_input(
            fmt::format("{} is not possible here; use {}", method_name(request.method), allowed)));
        refused.status = 405;
        refused.headers["allow"] = allowed;
        return refused;
    }
    if (otherwise_) {
        return call(otherwise_, request);
    }
    return problem(not_found(fmt::format("nothing is at {}", request.path)));
}

std::vector<std::string> Router::routes() const {
    std::vector<std::string> names;
    for (const Route& route : routes_) {
        names.push_back(fmt::format("{} {}", method_name(route.method), route.pattern));
    }
    return names;
}

}  // namespace kokemus::http
