#include "http/router.h"

#include <algorithm>
#include <exception>
#include <future>
#include <span>

#include <fmt/format.h>

#include "base/log.h"
#include "base/log_fields.h"
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

/// Whether a path is one of the pattern but for upper case.
bool is_like(std::span<const std::string> pattern, std::span<const std::string> path) {
    return std::ranges::equal(
        pattern, path, [](const std::string& named, const std::string& segment) {
            return !named.empty() && (named.front() == '{' || named == lower(segment));
        });
}

/// The route and not the path, which may name a customer.
Response failed(std::string_view route, const std::exception& exception) {
    log_error("the handler of {} failed: {}", route, exception.what());
    return problem(internal_error("The server could not answer this; it is logged there."));
}

Response call(std::string_view route, const Handler& handler, const Request& request) {
    try {
        return handler(request);
    } catch (const std::exception& exception) {
        return failed(route, exception);
    }
}

void call(std::string_view route, const LaterHandler& handler, Request& request,
          const Reply& reply) {
    try {
        handler(request, reply);
    } catch (const std::exception& exception) {
        reply(failed(route, exception));
    }
}

/// What the guard answers instead of the handler, if it does.
std::optional<Response> stopped(std::string_view route, const Guard& guard, Request& request,
                                Access access) {
    if (!guard) {
        log_error("no guard was set for {}", route);
        return problem(internal_error("The server cannot tell who may see this."));
    }
    try {
        return guard(request, access);
    } catch (const std::exception& exception) {
        return failed(route, exception);
    }
}

Response wrong_method(const Request& request, const std::string& allowed) {
    Response refused = problem(Refusal{
        .status = 405,
        .code = "invalid_input",
        .title = "Wrong method",
        .detail =
            fmt::format("{} is not possible here; use {}", method_name(request.method), allowed)});
    refused.headers["allow"] = allowed;
    return refused;
}

}  // namespace

std::string_view method_name(Method method) {
    constexpr std::string_view names[] = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    return names[static_cast<std::size_t>(method)];
}

std::optional<Response> let_everybody_in(Request& /*request*/, Access /*access*/) {
    return std::nullopt;
}

void Router::add(Method method, std::string_view pattern, Access access, Handler handler,
                 Lane lane) {
    routes_.push_back(
        Route{method, split(pattern), std::string(pattern), access, std::move(handler), {}, lane});
}

void Router::add_later(Method method, std::string_view pattern, Access access,
                       LaterHandler handler) {
    routes_.push_back(Route{
        method, split(pattern), std::string(pattern), access, {}, std::move(handler), Lane::Quick});
}

const Router::Route* Router::find(const Request& request, std::vector<std::string>& captures,
                                  std::string& allowed) const {
    const Method wanted = request.method == Method::Head ? Method::Get : request.method;
    for (const Route& route : routes_) {
        if (!matches(route.segments, request.segments, captures)) {
            continue;
        }
        if (route.method == wanted) {
            return &route;
        }
        allowed += (allowed.empty() ? "" : ", ") + std::string(method_name(route.method));
    }
    return nullptr;
}

Router::Place Router::place(const Request& request) const {
    std::vector<std::string> captures;
    std::string allowed;
    const Route* route = find(request, captures, allowed);
    if (route == nullptr) {
        return Place{routes_.size(), Lane::Quick, false};
    }
    return Place{
        static_cast<std::size_t>(route - routes_.data()), route->lane, route->later != nullptr};
}

void Router::answer(Request& request, const Reply& reply) const {
    const LogOfRequest log(request.id);
    std::string allowed;
    std::vector<std::string> captures;
    if (const Route* route = find(request, captures, allowed); route != nullptr) {
        request.captures = std::move(captures);
        run(*route, request, reply);
    } else if (!allowed.empty()) {
        reply(wrong_method(request, allowed));
    } else {
        Response answered =
            otherwise_ ? call("no route", otherwise_, request) : nothing_at(request);
        reply(otherwise_ && answered.status == 404 ? nothing_at(request) : std::move(answered));
    }
}

std::string Router::meant(const Request& request) const {
    const Method wanted = request.method == Method::Head ? Method::Get : request.method;
    std::vector<std::string> path = request.segments;
    std::erase(path, "");
    const Route* longest = nullptr;
    for (const Route& route : routes_) {
        const std::size_t length = route.segments.size();
        if (route.method == wanted && length <= path.size() &&
            (longest == nullptr || length > longest->segments.size()) &&
            is_like(route.segments, std::span(path).last(length))) {
            longest = &route;
        }
    }
    std::string address;
    if (longest != nullptr) {
        const auto end = std::span(path).last(longest->segments.size());
        for (std::size_t i = 0; i < end.size(); ++i) {
            const std::string& named = longest->segments[i];
            address += "/" + (named.front() == '{' ? end[i] : named);
        }
    }
    return address;
}

Response Router::nothing_at(const Request& request) const {
    const std::string address = meant(request);
    return problem(
        not_found(address.empty()
                      ? fmt::format("nothing is at {}", request.path)
                      : fmt::format("nothing is at {}; did you mean {}?", request.path, address)));
}

void Router::run(const Route& route, Request& request, const Reply& reply) const {
    if (auto refused = stopped(route.pattern, guard_, request, route.access)) {
        reply(std::move(*refused));
    } else if (route.later) {
        call(route.pattern, route.later, request, reply);
    } else if (around_) {
        const Handler inside = [&](const Request& asked) {
            return around_(asked, route.access, route.handler);
        };
        reply(call(route.pattern, inside, request));
    } else {
        reply(call(route.pattern, route.handler, request));
    }
}

std::optional<Response> Router::refusal(Request& request) const {
    const LogOfRequest log(request.id);
    std::string allowed;
    std::vector<std::string> captures;
    const Route* route = find(request, captures, allowed);
    if (route == nullptr) {
        return !allowed.empty() ? wrong_method(request, allowed) : nothing_at(request);
    }
    request.captures = std::move(captures);
    return stopped(route->pattern, guard_, request, route->access);
}

Response Router::answer(Request& request) const {
    const auto promised = std::make_shared<std::promise<Response>>();
    std::future<Response> answered = promised->get_future();
    answer(request,
           Reply([promised](Response response) { promised->set_value(std::move(response)); }));
    return answered.get();
}

std::vector<Router::Listed> Router::routes() const {
    std::vector<Listed> list;
    for (const Route& route : routes_) {
        list.push_back(
            Listed{fmt::format("{} {}", method_name(route.method), route.pattern), route.access});
    }
    return list;
}

}  // namespace kokemus::http
