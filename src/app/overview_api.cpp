#include "account/door_api.h"
#include "answer/overview.h"
#include "app/api.h"
#include "app/asker.h"
#include "app/sight.h"
#include "question/format.h"
#include "question/parse.h"

namespace kokemus::app {

namespace {

Result<std::string> overview_of(Asker& asker, const http::Request& request) {
    question::Question parsed = TRY(
        question::parse_question(question_of(request, "flow"), *asker.organisation().blueprint()));
    const question::Question scope =
        TRY(as_may_be_asked(std::move(parsed), account::person_of(request)));
    const auto make = [&](const Asker::Ground& ground) -> Result<std::string> {
        answer::Overview overview = TRY(answer::overview(scope.range,
                                                         scope.where,
                                                         ground.engine,
                                                         *ground.snapshot.blueprint,
                                                         ground.snapshot.latest));
        overview.blueprint_version = ground.snapshot.blueprint_version;
        return answer::to_json(overview);
    };
    std::string text = TRY(asker.text(request, "overview " + question::format(scope), make));
    text.back() = ',';  // where its object ended
    return text + "\"freshness\":" + TRY(freshness(asker.organisation())) + "}";
}

}  // namespace

void add_overview_routes(http::Router& router, Asker& asker) {
    router.add(http::Method::Get,
               "/api/overview",
               account::needs(account::Right::AskQuestions),
               [&](const http::Request& request) { return respond(overview_of(asker, request)); });
}

}  // namespace kokemus::app
