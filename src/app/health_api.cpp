#include <boost/json.hpp>

#include "account/door_api.h"
#include "app/api.h"
#include "app/health.h"
#include "app/measures.h"
#include "measure/exposition.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

http::Response ready(const Health& health) {
    const auto faults = health.faults();
    if (faults.empty()) {
        return http::json(R"({"ready":true})");
    }
    std::string words;
    json::array list;
    for (const Health::Fault& fault : faults) {
        words += (words.empty() ? "" : " ") + fault.words;
        list.push_back(json::object{{"part", fault.part}, {"words", fault.words}});
    }
    http::Response response = http::problem(Error{ErrorCode::Unavailable, words});
    json::object document = json::parse(response.body).as_object();
    document["faults"] = std::move(list);
    response.body = json::serialize(document);
    return response;
}

}  // namespace

void add_health_routes(http::Router& router, const Health& health) {
    router.add(
        http::Method::Get,
        "/health/live",
        account::anyone(),
        [](const http::Request&) { return http::json(R"({"live":true})"); },
        http::Lane::Quick);
    router.add(
        http::Method::Get,
        "/health/ready",
        account::anyone(),
        [&health](const http::Request&) { return ready(health); },
        http::Lane::Quick);
}

void add_measure_routes(http::Router& router, const Measured& measured) {
    router.add(
        http::Method::Get,
        "/metrics",
        account::needs(account::Right::ReadOperations),
        [measured](const http::Request&) {
            http::Response response = http::json(measures(measured));
            response.content_type = measure::Exposition::content_type;
            return response;
        },
        http::Lane::Quick);
}

}  // namespace kokemus::app
