#include <boost/json.hpp>

#include "account/door_api.h"
#include "app/answer_form.h"
#include "app/api.h"
#include "app/asker.h"
#include "app/sent_object.h"
#include "http/accept.h"
#include "http/parameters.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

constexpr std::size_t questions_per_request_max = 64;

/// The form that `format` names, else the one that the client likes best.
Result<Form> wanted_form(const http::Request& request) {
    if (const std::string_view name = request.parameter("format"); !name.empty()) {
        return read_form(name);
    }
    std::vector<std::string_view> types;
    for (const Form form : all_forms()) {
        types.push_back(content_type(form));
    }
    const auto best = http::best_of(request.header("accept"), types);
    return best ? all_forms()[*best] : Form::Json;
}

http::Response ask_one(Asker& asker, const http::Request& request) {
    const Status known = http::only_known(
        request, {"q", "format", "task", "per", "from", "to", "by", "limit", "offset", "where"});
    if (!known) {
        return http::problem(known.error());
    }
    const auto form = wanted_form(request);
    if (!form) {
        return http::problem(form.error());
    }
    auto response = respond(asker.answer(request, question_of(request, ""), *form));
    if (response.status == 200) {
        response.headers["vary"] = "accept";
    }
    if (*form != Form::Json && response.status == 200) {
        response.content_type = content_type(*form);
        // Without a name here, a link of a page may give one.
        response.headers["content-disposition"] = "attachment";
    }
    return response;
}

Result<std::vector<std::string>> texts_of(const json::array& list) {
    if (list.size() > questions_per_request_max) {
        return Error{ErrorCode::TooLarge,
                     "at most 64 questions at once; send the others in a second request"};
    }
    std::vector<std::string> texts;
    for (const json::value& text : list) {
        if (!text.is_string()) {
            return invalid_input("\"questions\" must be a list of texts");
        }
        texts.emplace_back(text.as_string());
    }
    return texts;
}

Result<std::string> ask_posted(Asker& asker, const http::Request& request) {
    constexpr std::string_view instead =
        R"(send {"question": "flow per thread"} or {"questions": ["...", "..."]})";
    const json::object sent = TRY(sent_object(request, instead));
    const json::value* one = sent.if_contains("question");
    const json::value* many = sent.if_contains("questions");
    if (many != nullptr && many->is_array()) {
        return asker.answers(request, TRY(texts_of(many->as_array())));
    }
    if (one == nullptr || !one->is_string()) {
        return invalid_input(std::string(instead));
    }
    return asker.answer(request, one->as_string(), Form::Json);
}

Result<std::string> progress_of(Asker& asker, const http::Request& request) {
    const Task::Progress progress =
        TRY(asker.tasks().progress(task_name(request, request.captures.at(0))));
    return json::serialize(json::object{
        {"passes", progress.passes}, {"share", progress.share}, {"seconds", progress.seconds}});
}

Result<std::string> call_off(Asker& asker, const http::Request& request) {
    TRY(asker.tasks().call_off(task_name(request, request.captures.at(0))));
    return R"({"called_off":true})";
}

}  // namespace

void add_ask_routes(http::Router& router, Asker& asker) {
    router.add(http::Method::Get,
               "/api/ask",
               account::needs(account::Right::AskQuestions),
               [&](const http::Request& request) { return ask_one(asker, request); });
    router.add(http::Method::Post,
               "/api/ask",
               account::needs(account::Right::AskQuestions),
               [&](const http::Request& request) { return respond(ask_posted(asker, request)); });
    router.add(
        http::Method::Get,
        "/api/tasks/{name}",
        account::needs(account::Right::AskQuestions),
        [&](const http::Request& request) { return respond(progress_of(asker, request)); },
        http::Lane::Quick);
    router.add(
        http::Method::Delete,
        "/api/tasks/{name}",
        account::needs(account::Right::AskQuestions),
        [&](const http::Request& request) { return respond(call_off(asker, request)); },
        http::Lane::Quick);
}

}  // namespace kokemus::app
