#include <unordered_map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "account/read_log.h"
#include "answer/answer_json.h"
#include "answer/ask.h"
#include "answer/customer_finding.h"
#include "answer/json_parts.h"
#include "app/api.h"
#include "app/consents_json.h"
#include "app/found_customers.h"
#include "app/join_json.h"
#include "app/shown_customer.h"
#include "base/limits.h"
#include "encounter/exact_json.h"
#include "http/parameters.h"
#include "identity/whole_customer.h"
#include "promise/outcome.h"
#include "question/question.h"
#include "timeline/customer_course.h"

namespace kokemus::app {

namespace {

using encounter::CustomerName;
namespace json = boost::json;

constexpr std::size_t customers_listed_default = 50;
constexpr std::size_t customers_listed_max = 500;
constexpr std::size_t timeline_rows_default = 500;

json::object traits_object(const encounter::Customer& customer) {
    json::object traits;
    for (const auto& [name, value] : customer.traits) {
        traits[name] = value;
    }
    return traits;
}

/// One look-up in the snapshot; the ledger is not read.
Result<json::object> summary(const Snapshot& snapshot, const encounter::Customer& customer) {
    const question::Population seen = TRY(seen_of(snapshot, customer.name, nullptr));
    json::object row;
    row["customer"] = customer.name.value();
    row["traits"] = traits_object(customer);
    row["encounters"] = seen.encounters;
    row["first"] = seen.first ? json::value(format_instant(*seen.first)) : json::value(nullptr);
    row["latest"] = seen.latest ? json::value(format_instant(*seen.latest)) : json::value(nullptr);
    return row;
}

Result<std::string> list_customers(Organisation& organisation, const http::Request& request) {
    TRY(http::only_known(request, {"search", "limit"}));
    const std::size_t limit =
        TRY(request.count("limit", customers_listed_default, customers_listed_max));
    const auto snapshot = TRY(organisation.snapshot());
    const auto reach = TRY(CustomersWithinReach::of(*snapshot, account::person_of(request)));
    const FoundCustomers found =
        TRY(find_customers(organisation, *snapshot, reach, request.parameter("search"), limit));
    json::array rows;
    for (const CustomerName& customer : found.customers) {
        const auto known = TRY(known_customer(organisation, *snapshot->identities, customer));
        rows.push_back(TRY(summary(*snapshot, known)));
    }
    return json::serialize(json::object{{"customers", std::move(rows)}, {"more", found.is_cut}});
}

Result<std::string> one_customer(Organisation& organisation, const http::Request& request) {
    const ShownCustomer shown = TRY(ShownCustomer::of(organisation, request));
    json::object row = TRY(summary(*shown.snapshot, shown.customer));
    json::array names;
    for (const identity::Identity& one : shown.identities->names_of(shown.customer.name)) {
        names.push_back(to_json(one));
    }
    row["identities"] = std::move(names);
    const auto consents = TRY(consents_of(organisation.ledger(), shown.names()));
    row["consents"] = consents_json(consent::present_of(consents));
    return json::serialize(row);
}

/// Why the names of one customer are one.
Result<std::string> customer_joins(Organisation& organisation, const http::Request& request) {
    const ShownCustomer shown = TRY(ShownCustomer::of(organisation, request));
    const CustomerName& customer = shown.customer.name;
    std::vector<identity::Link> links;
    for (identity::Link& link : shown.identities->links_of(customer)) {
        // Who else it may be is for those who may see them, too.
        const CustomerName& other = link.customer == customer ? link.other_customer : link.customer;
        const account::Person person = account::person_of(request);
        if (other == customer || TRY(is_within_reach(*shown.snapshot, other, person))) {
            links.push_back(std::move(link));
        }
    }
    return json::serialize(
        TRY(explained(organisation.ledger(), shown.identities->names_of(customer), links)));
}

json::array promises_of(const std::vector<timeline::PromiseToCustomer>& promises,
                        std::uint64_t number) {
    json::array rows;
    for (const timeline::PromiseToCustomer& made : promises) {
        if (made.made_by == number) {
            rows.push_back(json::object{{"promise", made.promise},
                                        {"due", format_instant(made.due)},
                                        {"outcome", promise::outcome_name(made.outcome)},
                                        {"kept_at",
                                         made.kept_at ? json::value(format_instant(*made.kept_at))
                                                      : json::value(nullptr)}});
        }
    }
    return rows;
}

/// Adds to a row of the timeline answer what only the ledger holds.
void complete(json::object& row, const encounter::Encounter& encounter) {
    row["id"] = encounter.id.value();
    row["sent_as"] = encounter.customer.value();
    row["text"] = encounter.text;
    row["language"] = encounter.language;
    if (encounter.time_clamped) {
        row["time_clamped"] = true;
    }
    json::object due;
    for (const auto& [promise, time] : encounter.due) {
        due[promise] = format_instant(time);
    }
    row["due"] = std::move(due);
    json::error_code fault;
    row["properties"] = encounter.properties.empty()
                            ? json::value(json::object{})
                            : encounter::parse_exactly(encounter.properties, fault);
}

json::value finding_of(const timeline::CustomerCourse& course,
                       const blueprint::Blueprint& blueprint) {
    std::vector<promise::Outcome> outcomes;
    for (const timeline::PromiseToCustomer& made : course.promises) {
        outcomes.push_back({made.promise, 0, made.due, made.outcome, made.kept_at});
    }
    std::optional<answer::LastSaid> said;
    if (const auto& last = course.last_answer) {
        if (const blueprint::Scale* scale = blueprint.scale(last->scale)) {
            said = {blueprint::experience(*scale, last->score), last->touchpoint, last->time};
        }
    }
    answer::JsonWriter writer;
    write(writer, answer::find(outcomes, said, course.encounters));
    return json::parse(writer.take());
}

/// What only the ledger has of the encounters on a page, by number.
Result<std::unordered_map<std::uint64_t, encounter::Encounter>> read_page(
    const ledger::Ledger& ledger, const std::vector<answer::TimelineEncounter>& rows) {
    std::vector<std::uint64_t> numbers;
    for (const auto& row : rows) {
        numbers.push_back(row.row.ledger_number);
    }
    std::unordered_map<std::uint64_t, encounter::Encounter> encounters;
    TRY(ledger.read_numbers(numbers, [&](std::span<const ledger::Entry> entries) -> Status {
        for (const ledger::Entry& entry : entries) {
            encounters.emplace(entry.number, entry.encounter);
        }
        return {};
    }));
    return encounters;
}

Result<std::string> customer_timeline(Organisation& organisation, const http::Request& request) {
    question::Question question;
    question.kind = question::Kind::Timeline;
    question.customer = request.captures.at(0);
    TRY(http::only_known(request, {"limit", "offset"}));
    question.limit = TRY(request.count("limit", timeline_rows_default, limits::rows_per_page_max));
    question.offset = TRY(request.count("offset", 0, std::size_t{1} << 40));
    auto snapshot = present_of(organisation, CustomerName(question.customer));
    if (snapshot == nullptr) {
        snapshot = TRY(organisation.snapshot());
    }
    const auto identities = snapshot->identities;
    const CustomerName name = identities->customer_of(CustomerName(question.customer));
    question.customer = name.value();
    if (!TRY(is_within_reach(*snapshot, name, account::person_of(request)))) {
        return no_such_customer(CustomerName(request.captures.at(0)));
    }
    answer::Answer answer =
        TRY(answer::answer(question, *snapshot->engine, *snapshot->blueprint, snapshot->latest));
    answer.blueprint_version = snapshot->blueprint_version;
    const auto course = timeline::course_of(*snapshot->timeline, name.value());
    const auto& rows = std::get<answer::Timeline>(answer.body).rows;
    const auto encounters = TRY(read_page(organisation.ledger(), rows));
    json::value whole = json::parse(answer::to_json(answer));
    whole.as_object()["finding"] = finding_of(course, *snapshot->blueprint);
    json::array& shown = whole.as_object()["encounters"].as_array();
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto found = encounters.find(rows[i].row.ledger_number);
        if (found != encounters.end()) {
            complete(shown[i].as_object(), found->second);
            shown[i].as_object()["promises"] = promises_of(course.promises, found->first);
        }
    }
    return json::serialize(whole);
}

}  // namespace

void add_customer_routes(http::Router& router, Organisation& organisation, NoteRead note_read) {
    using Answer = Result<std::string> (*)(Organisation&, const http::Request&);
    const http::Access seeing = account::needs(account::Right::SeePersonalData);
    router.add(http::Method::Get,
               "/api/customers",
               seeing,
               [&organisation, note_read](const http::Request& request) {
                   const Status noted = note_read(request, "customers.list", "");
                   return noted ? respond(list_customers(organisation, request))
                                : http::problem(noted.error());
               });
    const auto add_one = [&](std::string_view pattern, Answer answer) {
        router.add(
            http::Method::Get,
            pattern,
            seeing,
            [&organisation, note_read, answer](const http::Request& request) {
                const Status noted = note_read(
                    request, "customer.read", account::audited_customer(request.captures.at(0)));
                return noted ? respond(answer(organisation, request))
                             : http::problem(noted.error());
            });
    };
    add_one("/api/customers/{id}", one_customer);
    add_one("/api/customers/{id}/timeline", customer_timeline);
    add_one("/api/customers/{id}/joins", customer_joins);
}

}  // namespace kokemus::app
