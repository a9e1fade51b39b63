#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "app/api.h"
#include "app/asker.h"
#include "app/sight.h"
#include "app/watch_routes.h"
#include "app/watch_wanted.h"
#include "http/parameters.h"
#include "question/field.h"
#include "watch/watch_json.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

Result<std::string> watched(Asker& asker, const http::Request& request) {
    TRY(http::only_known(request,
                         {"metric", "by", "false_alarms", "days", "history", "minimum", "task"}));
    const watch::Wanted wanted =
        TRY(wanted_of({.metric = std::string(request.parameter("metric")),
                       .by = std::string(request.parameter("by")),
                       .false_alarms = std::string(request.parameter("false_alarms")),
                       .days = std::string(request.parameter("days")),
                       .history = std::string(request.parameter("history")),
                       .minimum = std::string(request.parameter("minimum"))}));
    const account::Person& person = account::person_of(request);
    const std::uint64_t smallest = asker.smallest_group_for(person);
    return asker.made(request, [&](const Asker::Ground& ground) -> Result<std::string> {
        const blueprint::Blueprint& blueprint = *ground.snapshot.blueprint;
        if (const auto field = question::find_field(wanted.by, blueprint)) {
            TRY(check_field(*field, person));
        }
        const watch::LookOut found =
            TRY(watch::look_out({ground.engine,
                                 blueprint,
                                 ground.snapshot.latest,
                                 [&](question::Question question) {
                                     auto narrowed = as_may_be_asked(std::move(question), person);
                                     return narrowed ? Result<question::Question>(of_who_agree(
                                                           std::move(*narrowed), blueprint))
                                                     : narrowed;
                                 },
                                 [&](std::uint64_t customers) { return customers >= smallest; }},
                                wanted));
        return json::serialize(watch::to_json(found));
    });
}

}  // namespace

void add_watch_routes(http::Router& router, Asker& asker) {
    router.add(http::Method::Get,
               "/api/watch",
               account::needs(account::Right::AskQuestions),
               [&](const http::Request& request) { return respond(watched(asker, request)); });
}

}  // namespace kokemus::app
