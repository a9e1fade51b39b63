#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/account_json_api.h"
#include "account/door_api.h"
#include "account/sent_json.h"
#include "app/api.h"
#include "app/refused_desk.h"
#include "app/refused_json.h"
#include "base/clock.h"
#include "base/text.h"
#include "encounter/encounter_json.h"
#include "encounter/exact_json.h"
#include "http/page.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using account::Right;
using account::SentJson;
using refused::Item;

constexpr std::array<std::string_view, 4> seekers{"door", "state", "code", "source"};
constexpr http::Paged paged{"refused", 100, refused::bounds::page_items_max, seekers};
constexpr std::size_t made_shown_max = 100;  ///< encounters of a text in one answer

/// Texts and reasons say what customers sent.
bool sees_texts(const http::Request& request) {
    return account::person_of(request).rights.has(Right::SeePersonalData);
}

Result<std::string> list(const RefusedDesk& desk, const http::Request& request) {
    const http::Page page = TRY(http::page_of(request, paged));
    const auto wanted = TRY(wanted_of(request.parameter("door"),
                                      request.parameter("state"),
                                      request.parameter("code"),
                                      request.parameter("source")));
    refused::Part part{.items = page.read()};
    if (!page.after.empty()) {
        part.after = TRY(read_place(page.after));
    }
    desk.log.settle();
    auto items = TRY(desk.store.list(wanted, part));
    const auto next =
        http::cut(items, page, [](const Item& item) { return to_text(refused::place_of(item)); });
    const bool with_reasons = sees_texts(request);
    if (with_reasons && !items.empty()) {
        TRY(desk.note_read(request, "refused.list", ""));
    }
    json::array rows;
    for (const Item& item : items) {
        rows.push_back(item_json(item, with_reasons ? Reasons::Shown : Reasons::Hidden));
    }
    return json::serialize(json::object{{"items", std::move(rows)},
                                        {"next", account::next_json(next)},
                                        {"counts", counts_json(TRY(desk.store.counts()))},
                                        {"not_kept", desk.log.not_kept()},
                                        {"kept_days", refused::bounds::kept_days_max.count()}});
}

Result<Item> found(const RefusedDesk& desk, const http::Request& request) {
    const std::string& id = request.captures.at(0);
    auto item = TRY(desk.store.find(id));
    if (!item) {
        return not_found(fmt::format("there is no refused item {}", quote(id)));
    }
    return std::move(*item);
}

Result<Item> open_one(const RefusedDesk& desk, const http::Request& request) {
    Item item = TRY(found(desk, request));
    if (item.state != refused::State::Open) {
        return Error{
            ErrorCode::Conflict,
            fmt::format("this item was {} before; its text is gone", refused::name_of(item.state))};
    }
    return item;
}

Result<std::string> show(const RefusedDesk& desk, const http::Request& request) {
    const Item item = TRY(found(desk, request));
    const bool with_text = sees_texts(request);
    json::object said = item_json(item, with_text ? Reasons::Shown : Reasons::Hidden);
    if (with_text) {
        TRY(desk.note_read(request, "refused.read", item.id));
    }
    const bool is_there = with_text && item.state == refused::State::Open;
    said["text"] = is_there ? json::value(item.text) : json::value();
    said["user_agent"] = is_there ? or_null(item.arrival.user_agent) : json::value();
    said["address"] = is_there ? or_null(item.arrival.address) : json::value();
    return json::serialize(said);
}

template <typename Made>
json::array first_of(const std::vector<Made>& made) {
    json::array shown;
    for (std::size_t i = 0; i < made.size() && i < made_shown_max; ++i) {
        json::error_code fault;
        shown.push_back(encounter::parse_exactly(encounter::to_json(made[i]), fault));
    }
    return shown;
}

json::object tried_json(const Tried& tried, Rehearsal rehearsal, bool with_texts) {
    json::array refusals;
    for (const auto& one : tried.refused.list()) {
        refusals.push_back(
            json::object{{"index", one.index},
                         {"code", one.code},
                         {"reason", with_texts ? json::value(one.reason) : json::value()}});
    }
    json::object said{{"dry_run", rehearsal == Rehearsal::Yes},
                      {"done", tried.is_done},
                      {"outcome", tried.outcome},
                      {"refused", std::move(refusals)}};
    if (!with_texts) {
        return said;
    }
    said["encounters"] = first_of(tried.encounters);
    said["customers"] = first_of(tried.customers);
    return said;
}

Result<Rehearsal> rehearsal_of(const SentJson& sent, bool otherwise) {
    return TRY(sent.flag_or("dry_run", otherwise)) ? Rehearsal::Yes : Rehearsal::No;
}

/// What is written anew goes in as what was sent, so whoever writes has to see what that was.
Result<std::string> correct(const RefusedDesk& desk, const http::Request& request) {
    const Item item = TRY(open_one(desk, request));
    if (!sees_texts(request)) {
        return Error{
            ErrorCode::Forbidden,
            "To correct an item is to see it: this needs the right see-personal-data too."};
    }
    const SentJson sent = TRY(SentJson::read(request.body, {"text", "dry_run"}));
    const std::string text = TRY(sent.text("text"));
    const Rehearsal rehearsal = TRY(rehearsal_of(sent, true));
    if (rehearsal == Rehearsal::No) {
        TRY(desk.note_change(request, "refused.correct", item.id, ""));
    }
    const auto by = account::person_of(request).written();
    const Tried tried = TRY(desk.replaying.replay(item, text, by, rehearsal));
    return json::serialize(tried_json(tried, rehearsal, true));
}

Result<std::string> replay_one(const RefusedDesk& desk, const http::Request& request) {
    const Item item = TRY(open_one(desk, request));
    const SentJson sent =
        TRY(SentJson::read(request.body.empty() ? "{}" : request.body, {"dry_run"}));
    const Rehearsal rehearsal = TRY(rehearsal_of(sent, false));
    if (!item.is_whole) {
        return Error{ErrorCode::Conflict,
                     "of this item only a part was kept, since it was too long or no text; send "
                     "its whole text as a correction"};
    }
    const bool with_texts = sees_texts(request);
    if (rehearsal == Rehearsal::No) {
        TRY(desk.note_change(request, "refused.replay", item.id, ""));
    } else if (with_texts) {
        TRY(desk.note_read(request, "refused.read", item.id));
    }
    const auto by = account::person_of(request).written();
    const Tried tried = TRY(desk.replaying.replay(item, item.text, by, rehearsal));
    return json::serialize(tried_json(tried, rehearsal, with_texts));
}

/// Those that a body names; what it leaves out is any.
Result<refused::Wanted> wanted_by(const SentJson& sent) {
    const std::string door = TRY(sent.text_or("door", ""));
    const std::string code = TRY(sent.text_or("code", ""));
    const std::string source = TRY(sent.text_or("source", ""));
    return wanted_of(door, "", code, source);
}

std::string told(const refused::Wanted& wanted) {
    return fmt::format("door={} code={}",
                       wanted.door ? refused::name_of(*wanted.door) : "any",
                       wanted.code.empty() ? "any" : refused::plain(wanted.code, 100));
}

Result<std::string> replay_all(const RefusedDesk& desk, const http::Request& request) {
    const SentJson sent =
        TRY(SentJson::read(request.body, {"door", "code", "source", "after", "dry_run"}));
    const refused::Wanted wanted = TRY(wanted_by(sent));
    const Rehearsal rehearsal = TRY(rehearsal_of(sent, false));
    const std::string after = TRY(sent.text_or("after", ""));
    if (rehearsal == Rehearsal::No) {
        TRY(desk.note_change(request, "refused.replay", "", told(wanted)));
    }
    desk.log.settle();
    const TriedAll all = TRY(
        desk.replaying.replay_all(wanted, after, account::person_of(request).written(), rehearsal));
    return json::serialize(tried_all_json(all, rehearsal));
}

refused::Decision dropped_by(const http::Request& request) {
    return {.state = refused::State::Dropped,
            .at = SystemClock().now(),
            .by = account::person_of(request).written()};
}

Result<std::string> drop_one(const RefusedDesk& desk, const http::Request& request) {
    const Item item = TRY(open_one(desk, request));
    TRY(desk.note_change(request, "refused.drop", item.id, ""));
    TRY(desk.store.decide(std::vector{std::pair{item.id, dropped_by(request)}}));
    return json::serialize(json::object{{"dropped", 1}});
}

Result<std::string> drop_all(const RefusedDesk& desk, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"door", "code", "source"}));
    const refused::Wanted wanted = TRY(wanted_by(sent));
    TRY(desk.note_change(request, "refused.drop", "", told(wanted)));
    desk.log.settle();
    const std::int64_t dropped = TRY(desk.store.decide_all(wanted, dropped_by(request)));
    return json::serialize(json::object{{"dropped", dropped}});
}

}  // namespace

void add_refused_routes(http::Router& router, const RefusedDesk& desk) {
    using http::Method;
    const auto access = account::needs(Right::CorrectRefused);
    const auto add = [&](Method method, std::string_view pattern, auto answer) {
        router.add(method, pattern, access, [&desk, answer](const http::Request& request) {
            return respond(answer(desk, request));
        });
    };
    add(Method::Get, "/api/refused", list);
    add(Method::Post, "/api/refused/replay", replay_all);
    add(Method::Post, "/api/refused/drop", drop_all);
    add(Method::Get, "/api/refused/{id}", show);
    add(Method::Delete, "/api/refused/{id}", drop_one);
    add(Method::Post, "/api/refused/{id}/correction", correct);
    add(Method::Post, "/api/refused/{id}/replay", replay_one);
}

}  // namespace kokemus::app
