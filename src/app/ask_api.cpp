#include <boost/json.hpp>

#include "answer/answer_csv.h"
#include "answer/answer_json.h"
#include "answer/ask.h"
#include "app/api.h"
#include "question/parse.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

constexpr std::size_t questions_per_request_max = 64;

Result<answer::Answer> answer_text(std::string_view text, const Snapshot& snapshot) {
    const question::Question question = TRY(question::parse_question(text, *snapshot.blueprint));
    return answer::answer(question, *snapshot.engine, *snapshot.blueprint, snapshot.latest);
}

bool wants_csv(const http::Request& request) {
    return request.parameter("format") == "csv" ||
           request.header("accept").find("text/csv") != std::string_view::npos;
}

http::Response as_csv(const answer::Answer& answer) {
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers["content-disposition"] = "attachment; filename=\"answer.csv\"";
    response.body = answer::to_csv(answer);
    return response;
}

http::Response ask_one(Organisation& organisation, const http::Request& request) {
    const auto snapshot = organisation.snapshot();
    if (!snapshot) {
        return http::problem(snapshot.error());
    }
    const auto answer = answer_text(question_of(request, ""), **snapshot);
    if (!answer) {
        return http::problem(answer.error());
    }
    return wants_csv(request) ? as_csv(*answer) : http::json(answer::to_json(*answer));
}

/// {"answers": [...]}: each the answer or its problem; one snapshot for all of them.
Result<std::string> ask_many(Organisation& organisation, const json::array& questions) {
    if (questions.size() > questions_per_request_max) {
        return Error{ErrorCode::TooLarge,
                     "at most 64 questions at once; send the others in a second request"};
    }
    const auto snapshot = TRY(organisation.snapshot());
    std::string answers;
    for (const json::value& text : questions) {
        if (!text.is_string()) {
            return invalid_input("\"questions\" must be a list of texts");
        }
        const auto answer = answer_text(text.as_string(), *snapshot);
        answers += answers.empty() ? "" : ",";
        answers += answer ? answer::to_json(*answer) : http::problem_document(answer.error());
    }
    return "{\"answers\":[" + answers + "]}";
}

Result<std::string> ask_posted(Organisation& organisation, const http::Request& request) {
    json::error_code error;
    const json::value body = json::parse(request.body, error);
    const json::object* object = error ? nullptr : body.if_object();
    const json::value* one = object != nullptr ? object->if_contains("question") : nullptr;
    const json::value* many = object != nullptr ? object->if_contains("questions") : nullptr;
    if (many != nullptr && many->is_array()) {
        return ask_many(organisation, many->as_array());
    }
    if (one == nullptr || !one->is_string()) {
        return invalid_input(
            R"(send {"question": "flow per thread"} or {"questions": ["...", "..."]})");
    }
    const auto snapshot = TRY(organisation.snapshot());
    return answer::to_json(TRY(answer_text(one->as_string(), *snapshot)));
}

}  // namespace

void add_ask_routes(http::Router& router, Organisation& organisation) {
    router.add(http::Method::Get, "/api/ask", [&](const http::Request& request) {
        return ask_one(organisation, request);
    });
    router.add(http::Method::Post, "/api/ask", [&](const http::Request& request) {
        return respond(ask_posted(organisation, request));
    });
}

}  // namespace kokemus::app
