#include "app/api.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "app/asker.h"
#include "app/collecting.h"
#include "app/health.h"
#include "app/live_news.h"
#include "app/measures.h"
#include "app/openapi_document.h"
#include "app/refused_desk.h"
#include "app/served_blueprint.h"
#include "app/sight.h"
#include "app/version.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "base/text.h"
#include "http/parameters.h"
#include "question/field.h"
#include "question/format.h"
#include "question/parse.h"
#include "question/question_suggest.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

constexpr std::size_t values_listed_default = 20;
constexpr std::size_t values_listed_max = 1000;

/// Of values of many encounters, so many are counted for whoever is told nothing of the others.
constexpr std::size_t values_counted_max = 100'000;
constexpr std::size_t suggestions_max = 50;

json::value instant_or_null(const std::optional<Instant>& time) {
    return time ? json::value(format_instant(*time)) : json::value(nullptr);
}

/// The question in `q`, else `otherwise`, with those of the clauses that stand beside it in the
/// address.
std::string with_clauses(const http::Request& request, std::string_view otherwise,
                         std::initializer_list<std::string_view> clauses) {
    std::string text(request.parameter("q"));
    if (text.empty()) {
        text = otherwise;
    }
    for (const std::string_view clause : clauses) {
        if (const std::string_view value = request.parameter(clause); !value.empty()) {
            text += " " + std::string(clause) + " " + std::string(value);
        }
    }
    return text;
}

/// Of the encounters that the person may be told of, and of nobody who refused to be analysed.
/// Values of few encounters are of few customers, and are neither listed nor counted for whoever is
/// shown no small groups; nor are any that are of few customers in all.
Result<question::Engine::Values> values_for(const Asker& asker, const account::Person& person,
                                            const Snapshot& snapshot, const question::Field& field,
                                            question::Question question, std::size_t limit) {
    question = of_who_agree(TRY(as_may_be_asked(std::move(question), person)), *snapshot.blueprint);
    const std::uint64_t smallest = asker.smallest_group_for(person);
    if (smallest == 0) {
        return snapshot.engine->values(field, question, limit);
    }
    // How many there are must not depend on how many are listed: that would tell of the others.
    auto values = TRY(snapshot.engine->values(field, question, values_counted_max));
    TRY(answer::check_size(values.population, smallest));
    std::erase_if(values.most, [&](const auto& row) { return row.encounters < smallest; });
    values.distinct = values.most.size();
    values.most.resize(std::min(limit, values.most.size()));
    return values;
}

Result<std::string> values(Asker& asker, const http::Request& request) {
    Organisation& organisation = asker.organisation();
    const account::Person& person = account::person_of(request);
    TRY(http::only_known(request, {"field", "search", "limit", "q", "per", "from", "to", "where"}));
    const auto snapshot = TRY(organisation.snapshot());
    const std::size_t limit = TRY(request.count("limit", values_listed_default, values_listed_max));
    const std::string_view name = request.parameter("field");
    const std::optional<question::Field> field = question::find_field(name, *snapshot->blueprint);
    if (!field) {
        return invalid_input(
            fmt::format("there is no field {}{}",
                        quote(name),
                        did_you_mean(name, question::field_names(*snapshot->blueprint))));
    }
    TRY(check_field(*field, person));
    // `limit` is of the list of values here and no clause of the question.
    question::Question parsed = TRY(question::parse_question(
        with_clauses(request, "flow", {"per", "from", "to", "where"}), *snapshot->blueprint));
    const std::string wanted = lower(request.parameter("search"));
    const std::size_t looked_at = wanted.empty() ? limit : values_listed_max;
    json::array rows;
    const auto counted =
        TRY(values_for(asker, person, *snapshot, *field, std::move(parsed), looked_at));
    for (const auto& row : counted.most) {
        if (rows.size() < limit && lower(row.value).find(wanted) != std::string::npos) {
            rows.push_back(json::object{{"value", row.value}, {"encounters", row.encounters}});
        }
    }
    return json::serialize(json::object{{"field", field->name},
                                        {"values", std::move(rows)},
                                        {"looked_at", counted.most.size()},
                                        {"distinct", counted.distinct}});
}

/// Adds the values that the encounters have to those that the blueprint knows, as far as the person
/// may see them.
Status add_known_values(const question::Suggestions& wanted, const Asker& asker,
                        const Snapshot& snapshot, const account::Person& person,
                        json::array& rows) {
    const auto field = question::find_field(wanted.field, *snapshot.blueprint);
    if (!field || question::is_number(*field) || !check_field(*field, person)) {
        return {};
    }
    const std::string prefix = lower(wanted.prefix);
    const auto counted = values_for(asker, person, snapshot, *field, {}, values_listed_max);
    if (!counted) {
        // What the blueprint knows is suggested to everybody.
        return counted.error().code == ErrorCode::Forbidden ? Status() : counted.error();
    }
    for (const auto& row : counted->most) {
        const json::value text(question::spelled(row.value));
        const bool known = std::any_of(rows.begin(), rows.end(), [&](const json::value& listed) {
            return listed.as_object().at("text") == text;
        });
        if (!known && rows.size() < suggestions_max &&
            lower(row.value).find(prefix) != std::string::npos) {
            rows.push_back(json::object{{"text", text}, {"kind", "value"}});
        }
    }
    return {};
}

Result<std::string> suggestions(Asker& asker, const http::Request& request) {
    TRY(http::only_known(request, {"text", "cursor"}));
    if (!request.query.contains("text")) {
        return invalid_input("parameter text: write what has been typed so far, be it nothing");
    }
    const std::string_view text = request.parameter("text");
    const std::size_t cursor =
        TRY(request.count("cursor", text.size(), limits::question_bytes_max));
    const auto snapshot = TRY(asker.organisation().snapshot());
    const question::Suggestions found =
        question::suggest_filter(text, cursor, *snapshot->blueprint);
    json::array rows;
    for (const question::Suggestion& suggestion : found.list) {
        rows.push_back(json::object{{"text", suggestion.text}, {"kind", suggestion.kind}});
    }
    if (!found.field.empty()) {
        TRY(add_known_values(found, asker, *snapshot, account::person_of(request), rows));
    }
    return json::serialize(json::object{{"suggestions", std::move(rows)}});
}

}  // namespace

Result<std::string> freshness(Organisation& organisation) {
    const auto snapshot = TRY(organisation.snapshot());
    const ledger::Totals totals = TRY(organisation.ledger().totals());
    json::object answer;
    answer["encounters"] = totals.encounters;
    answer["customers"] = totals.customers;
    answer["first"] = instant_or_null(totals.first);
    answer["latest"] = instant_or_null(totals.latest);
    answer["snapshot_at"] = format_instant(snapshot->built_at);
    return json::serialize(answer);
}

http::Response respond(Result<std::string> json) {
    return json ? http::json(std::move(*json)) : http::problem(json.error());
}

std::string question_of(const http::Request& request, std::string_view otherwise) {
    return with_clauses(
        request, otherwise, {"per", "from", "to", "by", "limit", "offset", "where"});
}

void add_freshness_routes(http::Router& router, Organisation& organisation) {
    router.add(http::Method::Get,
               "/api/freshness",
               account::needs(account::Right::ReadBlueprint),
               [&](const http::Request&) { return respond(freshness(organisation)); });
}

void add_suggest_routes(http::Router& router, Asker& asker) {
    router.add(http::Method::Get,
               "/api/values",
               account::needs(account::Right::AskQuestions),
               [&](const http::Request& request) { return respond(values(asker, request)); });
    router.add(http::Method::Get,
               "/api/suggest",
               account::needs(account::Right::AskQuestions),
               [&](const http::Request& request) { return respond(suggestions(asker, request)); });
}

void add_all_routes(http::Router& router, const Served& served) {
    Organisation& organisation = served.asker.organisation();
    add_ask_routes(router, served.asker);
    add_blueprint_routes(router, served.blueprint);
    add_customer_routes(router, organisation, served.note_read);
    add_erasure_routes(
        router, organisation, served.collecting, served.note_change, served.tell, served.secrets);
    add_copy_routes(router, organisation, served.note_read, {served.retention, served.looks});
    add_consent_routes(router, organisation, served.note_read, served.refused.note_change);
    add_retention_routes(router, organisation, served.retention);
    add_customer_traits_routes(router, organisation, served.note_read);
    add_customer_account_routes(router, organisation, served.note_read);
    add_join_routes(router, organisation, served.note_read, served.note_change, served.tell);
    add_freshness_routes(router, organisation);
    add_overview_routes(router, served.asker);
    add_suggest_routes(router, served.asker);
    add_about_routes(router, organisation, served.about);
    add_encounter_routes(router, served.collecting);
    add_segment_routes(router, served.collecting, served.transport);
    add_webhook_routes(router, served.collecting, served.folder);
    add_refused_routes(router, served.refused);
    add_live_routes(router, served.news);
    add_backup_routes(router, organisation);
    add_health_routes(router, served.health);
    add_measure_routes(router,
                       {.asker = served.asker,
                        .traffic = served.traffic,
                        .collecting = served.collecting,
                        .health = served.health,
                        .news = served.news.broadcast(),
                        .folder = served.folder,
                        .certificate = served.certificate});
}

void add_about_routes(http::Router& router, Organisation& organisation, About about) {
    router.add(http::Method::Get,
               "/api/about",
               account::anyone(),
               [&organisation, about](const http::Request&) {
                   return http::json(json::serialize(
                       json::object{{"name", "Kokemus"},
                                    {"version", version},
                                    {"demo", about.demo},
                                    {"organisation", organisation.blueprint()->name}}));
               });
    router.add(
        http::Method::Get,
        "/api/openapi.yaml",
        account::anyone(),
        [](const http::Request&) {
            http::Response response = http::json(std::string(openapi_document()));
            response.content_type = "application/yaml; charset=utf-8";
            return response;
        },
        http::Lane::Quick);
}

}  // namespace kokemus::app
