#include "account/door_api.h"
#include "answer/overview.h"
#include "app/api.h"
#include "app/asker.h"
#include "app/sight.h"
#include "http/parameters.h"
#include "question/format.h"
#include "question/parse.h"

namespace kokemus::app {

namespace {

Result<std::string> overview_of(Asker& asker, const http::Request& request) {
    TRY(http::only_known(request, {"from", "to", "where", "task"}));
    const auto blueprint = asker.organisation().blueprint();
    question::Question parsed =
        TRY(question::parse_question(question_of(request, "flow"), *blueprint));
    const question::Question scope = of_who_agree(
        TRY(as_may_be_asked(std::move(parsed), account::person_of(request))), *blueprint);
    const std::uint64_t smallest = asker.smallest_group_for(account::person_of(request));
    const auto make = [&](const Asker::Ground& ground) -> Result<std::string> {
        answer::Overview overview = TRY(answer::overview(scope.range,
                                                         scope.where,
                                                         ground.engine,
                                                         *ground.snapshot.blueprint,
                                                         ground.snapshot.latest));
        if (smallest > 0) {
            TRY(answer::check_size(overview.population, smallest));
            answer::withhold_small_groups(overview, smallest);
        }
        overview.blueprint_version = ground.snapshot.blueprint_version;
        return answer::to_json(overview);
    };
    const std::string key =
        (smallest > 0 ? "overview groups " : "overview ") + question::format(scope);
    std::string text = TRY(asker.text(request, key, make));
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
