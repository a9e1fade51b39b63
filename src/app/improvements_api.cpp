#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "app/api.h"
#include "app/improvement_desk.h"
#include "app/sight.h"
#include "base/text.h"
#include "http/as_seen.h"
#include "http/page.h"
#include "http/parameters.h"
#include "improve/bounds.h"
#include "improve/improvement_json.h"
#include "question/field.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using account::Right;
using improve::Improvement;

constexpr http::Paged paged{"improvements", 50, 200};
constexpr http::Paged paged_entries{"improvement entries", 100, improve::bounds::page_items_max};

Result<std::int64_t> number_in(const http::Request& request) {
    const std::string& text = request.captures.at(0);
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size() || number <= 0) {
        return not_found(fmt::format("there is no improvement {}; GET /api/improvements lists them",
                                     quote(text)));
    }
    return number;
}

std::string tag_of(std::int64_t version) {
    return http::tag_of_version(std::to_string(version));
}

/// With the version as its ETag.
http::Response answered(const Result<std::string>& text) {
    http::Response response = respond(text);
    if (text) {
        const json::value said = json::parse(*text);
        if (const json::value* version = said.as_object().if_contains("version")) {
            response.headers["etag"] = tag_of(version->to_number<std::int64_t>());
        }
    }
    return response;
}

json::value next_json(const std::optional<std::string>& next) {
    return next ? json::value(*next) : json::value();
}

class Routes {
public:
    Routes(Asker& asker, ImprovementDesk& desk, NoteChange note_change)
        : asker_(asker),
          desk_(desk),
          note_change_(std::move(note_change)) {}

    Result<std::string> list(const http::Request& request) const {
        const http::Page page = TRY(http::page_of(request, paged));
        const std::int64_t before = page.after.empty() ? 0 : TRY(http::number_of(page));
        auto found = TRY(desk_.store.list(before, page.read()));
        const auto next =
            http::cut(found, page, [](const Improvement& one) { return std::to_string(one.id); });
        json::array rows;
        for (const Improvement& one : found) {
            rows.push_back(improve::head_json(one));
        }
        return json::serialize(
            json::object{{"improvements", std::move(rows)}, {"next", next_json(next)}});
    }

    Result<std::string> show(const http::Request& request) const {
        TRY(http::only_known(request, {}));
        const std::int64_t id = TRY(number_in(request));
        const Improvement of = TRY(desk_.store.find(id));
        TRY(may_read(of.registration, request));
        return desk_.improvements.show(id);
    }

    Result<std::string> entries(const http::Request& request) const {
        const http::Page page = TRY(http::page_of(request, paged_entries));
        const std::int64_t id = TRY(number_in(request));
        const Improvement of = TRY(desk_.store.find(id));
        TRY(may_read(of.registration, request));
        const std::int64_t after = page.after.empty() ? 0 : TRY(http::number_of(page));
        auto found = TRY(desk_.store.entries(id, after, page.read()));
        const auto next = http::cut(
            found, page, [](const improve::Entry& one) { return std::to_string(one.number); });
        json::array rows;
        for (const improve::Entry& one : found) {
            rows.push_back(improve::to_json(one));
        }
        return json::serialize(
            json::object{{"entries", std::move(rows)}, {"next", next_json(next)}});
    }

    Result<std::string> verify(const http::Request& request) const {
        TRY(http::only_known(request, {}));
        return desk_.improvements.verify();
    }

    Result<std::string> power(const http::Request& request) const {
        return observed(request, [&](const improve::Observer& observer) {
            return desk_.improvements.power(observer, request.body);
        });
    }

    Result<std::string> add(const http::Request& request) const {
        return observed(request, [&](const improve::Observer& observer) {
            return desk_.improvements.add(observer, request.body, writer(request));
        });
    }

    Result<std::string> amend(const http::Request& request) const {
        TRY(http::only_known(request, {"task"}));
        const std::int64_t id = TRY(number_in(request));
        return observed(request, [&](const improve::Observer& observer) {
            return desk_.improvements.amend(
                observer, id, request.body, std::nullopt, writer(request));
        });
    }

    Result<std::string> look(const http::Request& request) const {
        TRY(http::only_known(request, {"task"}));
        const std::int64_t id = TRY(number_in(request));
        return observed(request, [&](const improve::Observer& observer) {
            return desk_.improvements.look(observer, id, writer(request));
        });
    }

    Result<std::string> withdraw(const http::Request& request) const {
        TRY(http::only_known(request, {"reason"}));
        const std::int64_t id = TRY(number_in(request));
        return desk_.improvements.withdraw(
            id, request.parameter("reason"), std::nullopt, writer(request));
    }

    /// 412 when the request names another version than there is.
    std::optional<http::Response> changed_meanwhile(const http::Request& request) const {
        const auto id = number_in(request);
        const auto now = id ? desk_.store.find(*id) : Result<Improvement>(id.error());
        if (now && !http::is_as_seen(request, std::to_string(now->version))) {
            return http::changed_meanwhile("improvement", tag_of(now->version));
        }
        return std::nullopt;
    }

private:
    /// Filters and units may name people, and what is counted is of everybody.
    Result<std::string> observed(
        const http::Request& request,
        const std::function<Result<std::string>(const improve::Observer&)>& make) const {
        TRY(http::only_known(request, {"task"}));
        const account::Person& person = account::person_of(request);
        TRY(must_see_personal_data(person));
        return asker_.made(request, [&](const Asker::Ground& ground) {
            const blueprint::Blueprint& blueprint = *ground.snapshot.blueprint;
            const improve::Observer observer(
                ground.engine, blueprint, ground.snapshot.latest, [&](question::Question question) {
                    auto narrowed = as_may_be_asked(std::move(question), person);
                    return narrowed ? Result<question::Question>(
                                          of_who_agree(std::move(*narrowed), blueprint))
                                    : narrowed;
                });
            return make(observer);
        });
    }

    /// Whoever may not ask the question of an improvement does not read whom it names.
    Status may_read(const improve::Registration& registration, const http::Request& request) const {
        const account::Person& person = account::person_of(request);
        const auto blueprint = asker_.organisation().blueprint();
        for (const std::string& filter : {registration.population, registration.comparison}) {
            auto asked = improve::metric_question(registration, filter, *blueprint);
            if (!asked) {
                // Its words are none of the present blueprint's: nobody can tell whom they name.
                TRY(must_see_personal_data(person));
                continue;
            }
            TRY(as_may_be_asked(*asked, person));
        }
        if (const auto field = question::find_field(registration.units, *blueprint)) {
            TRY(check_field(*field, person));
        }
        return {};
    }

    improve::Writer writer(const http::Request& request) const {
        return {account::person_of(request).written(),
                [this, &request](
                    std::string_view action, std::int64_t improvement, const std::string& note) {
                    const std::string subject =
                        improvement > 0 ? fmt::format("improvement:{}", improvement) : "";
                    return note_change_(request, action, subject, note);
                }};
    }

    Asker& asker_;
    ImprovementDesk& desk_;
    NoteChange note_change_;
};

}  // namespace

void add_improvement_routes(http::Router& router, Asker& asker, ImprovementDesk& desk,
                            NoteChange note_change) {
    using http::Method;
    const auto routes = std::make_shared<const Routes>(asker, desk, std::move(note_change));
    using Answer = Result<std::string> (Routes::*)(const http::Request&) const;
    const auto read = [&](std::string_view pattern, Answer answer) {
        router.add(Method::Get,
                   pattern,
                   account::needs(Right::AskQuestions),
                   [routes, answer](const http::Request& request) {
                       return answered((*routes.*answer)(request));
                   });
    };
    const auto write = [&](Method method, std::string_view pattern, Answer answer, int status) {
        router.add(method,
                   pattern,
                   account::needs(Right::EditBlueprint),
                   [routes, answer, status](const http::Request& request) {
                       if (!request.captures.empty()) {
                           if (auto changed = routes->changed_meanwhile(request)) {
                               return std::move(*changed);
                           }
                       }
                       http::Response response = answered((*routes.*answer)(request));
                       response.status = response.status == 200 ? status : response.status;
                       return response;
                   });
    };
    read("/api/improvements", &Routes::list);
    write(Method::Post, "/api/improvements", &Routes::add, 201);
    write(Method::Post, "/api/improvements/power", &Routes::power, 200);
    read("/api/improvements/verification", &Routes::verify);
    read("/api/improvements/{id}", &Routes::show);
    write(Method::Patch, "/api/improvements/{id}", &Routes::amend, 200);
    write(Method::Delete, "/api/improvements/{id}", &Routes::withdraw, 200);
    write(Method::Post, "/api/improvements/{id}/looks", &Routes::look, 200);
    read("/api/improvements/{id}/record", &Routes::entries);
}

}  // namespace kokemus::app
