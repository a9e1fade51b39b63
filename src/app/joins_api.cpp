#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/audit.h"
#include "account/door_api.h"
#include "app/api.h"
#include "app/join_json.h"
#include "app/sight.h"
#include "base/text.h"
#include "encounter/faults.h"
#include "http/parameters.h"
#include "identity/identities.h"
#include "identity/link_words.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using encounter::Assertion;
using encounter::CustomerName;
using encounter::Evidence;

constexpr std::size_t links_default = 100;
constexpr std::size_t links_max = 1000;

Result<json::object> sent_object(const http::Request& request) {
    boost::system::error_code fault;
    json::value sent = json::parse(request.body, fault);
    if (fault || !sent.is_object()) {
        return invalid_input(
            R"(send JSON: {"name": "cookie-1", "other": "anna", "reason": "she wrote so"})");
    }
    return std::move(sent.as_object());
}

Result<std::string> text_of(const json::object& sent, std::string_view name) {
    const json::value* value = sent.if_contains(json::string_view(name.data(), name.size()));
    if (value == nullptr || value->is_null()) {
        return std::string();
    }
    if (!value->is_string()) {
        return invalid_input(fmt::format("`{}` must be a text", name));
    }
    return std::string(value->as_string());
}

Result<std::string> list(Organisation& organisation, const http::Request& request) {
    TRY(http::only_known(request, {"customer", "state", "after", "limit"}));
    const std::string_view wanted = request.parameter("state");
    const auto state = identity::link_state_of(wanted);
    if (!wanted.empty() && !state) {
        return invalid_input(fmt::format(
            "state: {} is none; write joined, apart, shared, ambiguous, suggested or undone",
            quote(wanted)));
    }
    const std::size_t limit = TRY(request.count("limit", links_default, links_max));
    const std::size_t after = TRY(request.count("after", 0, UINT32_MAX));
    const auto identities = TRY(organisation.refresh())->identities;
    const std::string_view customer = request.parameter("customer");
    std::vector<identity::Link> links;
    if (customer.empty()) {
        links = identities->links(state, static_cast<std::uint32_t>(after), limit);
    } else {
        for (identity::Link& link : identities->links_of(CustomerName(std::string(customer)))) {
            if ((!state || link.state == *state) && link.number > after && links.size() < limit) {
                links.push_back(std::move(link));
            }
        }
    }
    json::array rows;
    for (const identity::Link& link : links) {
        rows.push_back(to_json(link));
    }
    return json::serialize(json::object{{"joins", std::move(rows)}});
}

Result<std::string> suggestions(Organisation& organisation, const http::Request& request) {
    TRY(http::only_known(request, {"limit"}));
    const std::size_t limit = TRY(request.count("limit", links_default, links_max));
    const auto identities = TRY(organisation.refresh())->identities;
    json::array rows;
    for (const identity::Suggestion& one : identities->suggestions(limit)) {
        rows.push_back(to_json(one));
    }
    return json::serialize(json::object{{"suggestions", std::move(rows)}});
}

/// Who is told of what was said, as which event, and by whom it was said.
struct Told {
    const Tell& tell;
    std::string_view type;
    std::string by;
};

/// What is said of two names now, with whether they are one customer all the same; others are told
/// of it as an event of that type.
Result<std::string> outcome(Organisation& organisation, const CustomerName& name,
                            const CustomerName& other, const Told& told) {
    const auto identities = TRY(organisation.refresh())->identities;
    for (const identity::Link& link : identities->links_of(name)) {
        if ((link.name == name && link.other == other) ||
            (link.name == other && link.other == name)) {
            json::object row = to_json(link);
            row["one_customer"] = link.customer == link.other_customer;
            told.tell(told.type,
                      json::serialize(json::object{{"join", link.number}, {"by", told.by}}));
            return json::serialize(row);
        }
    }
    return internal_error("what was said of two names is not there");
}

Status say(Organisation& organisation, const http::Request& request, Assertion word) {
    word.person = account::person_of(request).written();
    if (const auto faults = encounter::check(word); !faults.empty()) {
        return encounter::to_error(faults);
    }
    const std::vector<Assertion> words = {std::move(word)};
    return organisation.ledger().tell({.customers = {}, .assertions = words, .source = "person"});
}

Result<std::string> join(Organisation& organisation, const http::Request& request,
                         const NoteChange& note_change, const Tell& tell) {
    TRY(must_see_personal_data(account::person_of(request)));
    const json::object sent = TRY(sent_object(request));
    const CustomerName name(TRY(text_of(sent, "name")));
    const CustomerName other(TRY(text_of(sent, "other")));
    const Assertion word{name, other, Evidence::Person, {}, {}, TRY(text_of(sent, "reason"))};
    if (const auto faults = encounter::check(word); !faults.empty()) {
        return encounter::to_error(faults);
    }
    TRY(note_change(request, "join.say", account::audited_customer(name.value()), ""));
    TRY(say(organisation, request, word));
    return outcome(
        organisation, name, other, {tell, "customers.joined", account::doer_of(request).who});
}

Result<std::string> undo(Organisation& organisation, const http::Request& request,
                         const NoteChange& note_change, const Tell& tell) {
    TRY(http::only_known(request, {"reason"}));
    TRY(must_see_personal_data(account::person_of(request)));
    const std::string& text = request.captures.at(0);
    std::uint32_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto identities = TRY(organisation.refresh())->identities;
    const auto link = fault == std::errc() && end == text.data() + text.size()
                          ? identities->link(number)
                          : std::nullopt;
    if (!link) {
        return not_found(
            fmt::format("there is no join {}; GET /api/joins lists them", quote(text)));
    }
    const Assertion word{link->name,
                         link->other,
                         identity::word_that_undoes(*link),
                         {},
                         {},
                         std::string(request.parameter("reason"))};
    TRY(note_change(request,
                    "join.undo",
                    account::audited_customer(link->customer.value()),
                    fmt::format("link={}", link->number)));
    TRY(say(organisation, request, word));
    return outcome(organisation,
                   link->name,
                   link->other,
                   {tell, "customers.parted", account::doer_of(request).who});
}

/// Of one customer it is noted whose names were seen.
Status note_list(const http::Request& request, const NoteRead& note_read) {
    TRY(must_see_personal_data(account::person_of(request)));
    const std::string_view customer = request.parameter("customer");
    return note_read(request,
                     "joins.list",
                     customer.empty() ? std::string() : account::audited_customer(customer));
}

}  // namespace

void add_join_routes(http::Router& router, Organisation& organisation, NoteRead note_read,
                     NoteChange note_change, Tell tell) {
    const http::Access joining = account::needs(account::Right::JoinCustomers);
    using List = Result<std::string> (*)(Organisation&, const http::Request&);
    const auto add_list = [&](std::string_view pattern, List answer) {
        router.add(http::Method::Get,
                   pattern,
                   joining,
                   [&organisation, note_read, answer](const http::Request& request) {
                       const Status noted = note_list(request, note_read);
                       return noted ? respond(answer(organisation, request))
                                    : http::problem(noted.error());
                   });
    };
    add_list("/api/joins", list);
    add_list("/api/joins/suggestions", suggestions);
    router.add(http::Method::Post,
               "/api/joins",
               joining,
               [&organisation, note_change, tell](const http::Request& request) {
                   http::Response response =
                       respond(join(organisation, request, note_change, tell));
                   response.status = response.status == 200 ? 201 : response.status;
                   return response;
               });
    router.add(http::Method::Delete,
               "/api/joins/{number}",
               joining,
               [&organisation, note_change, tell](const http::Request& request) {
                   return respond(undo(organisation, request, note_change, tell));
               });
}

}  // namespace kokemus::app
