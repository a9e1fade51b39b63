#include "answer/overview.h"
#include "app/api.h"
#include "question/parse.h"

namespace kokemus::app {

namespace {

Result<std::string> overview_of(Organisation& organisation, const http::Request& request) {
    const auto snapshot = TRY(organisation.snapshot());
    const question::Question scope =
        TRY(question::parse_question(question_of(request, "flow"), *snapshot->blueprint));
    const answer::Overview overview = TRY(answer::overview(
        scope.range, scope.where, *snapshot->engine, *snapshot->blueprint, snapshot->latest));
    const std::string fresh = TRY(freshness(organisation));
    return answer::to_json(overview, fresh);
}

}  // namespace

void add_overview_routes(http::Router& router, Organisation& organisation) {
    router.add(http::Method::Get, "/api/overview", [&](const http::Request& request) {
        return respond(overview_of(organisation, request));
    });
}

}  // namespace kokemus::app
