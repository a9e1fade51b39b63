#include <algorithm>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/audit.h"
#include "account/door_api.h"
#include "app/api.h"
#include "app/shown_customer.h"
#include "consent/consent.h"
#include "http/parameters.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using encounter::CustomerName;
using ledger::TraitChange;

json::value at_or_null(Instant at) {
    return at > Instant{} ? json::value(format_instant(at)) : json::value(nullptr);
}

/// What a name has, and since when.
struct Held {
    std::string value;
    const TraitChange* since = nullptr;
};

using Known = std::map<CustomerName, std::map<std::string, Held>>;

/// Of consents the newest word of all names counts, in one spelling.
void settle_consents(const Known& known, std::map<std::string, Held>& whole) {
    std::map<CustomerName, consent::Traits> said;
    for (const auto& [name, traits] : known) {
        for (const auto& [trait, held] : traits) {
            if (!held.value.empty() && consent::has_consents({{trait, held.value}})) {
                said[name].emplace(trait, held.value);
                whole.erase(trait);
            }
        }
    }
    consent::Traits settled;
    std::vector<const consent::Traits*> all;
    for (const auto& [name, traits] : said) {
        all.push_back(&traits);
    }
    consent::settle(settled, all);
    for (const auto& [name, traits] : said) {
        const consent::Traits* const own = &traits;
        consent::Traits spelled;
        consent::settle(spelled, std::span(&own, 1));
        for (const auto& [trait, held] : known.at(name)) {
            const auto found = settled.find(trait);
            if (found == settled.end() || !spelled.contains(trait) ||
                spelled.at(trait) != found->second) {
                continue;
            }
            const auto [place, is_first] = whole.emplace(trait, Held{found->second, held.since});
            if (!is_first && held.since->at > place->second.since->at) {
                place->second.since = held.since;
            }
        }
    }
}

/// What was known at a time, name by name, the most telling first: the first that has a trait wins.
json::array as_of(const std::vector<CustomerName>& names, const std::vector<TraitChange>& changes,
                  Instant at) {
    Known known;
    for (const TraitChange& change : changes) {
        for (const auto& [trait, value] : change.traits) {
            if (change.at <= at) {
                known[change.customer][trait] = {value, &change};
            }
        }
    }
    std::map<std::string, Held> whole;
    for (const CustomerName& name : names) {
        for (const auto& [trait, held] : known[name]) {
            if (!held.value.empty()) {
                whole.emplace(trait, held);
            }
        }
    }
    settle_consents(known, whole);
    json::array rows;
    for (const auto& [trait, held] : whole) {
        rows.push_back(json::object{{"trait", trait},
                                    {"value", held.value},
                                    {"since", at_or_null(held.since->at)},
                                    {"source", held.since->source},
                                    {"name", held.since->customer.value()}});
    }
    return rows;
}

/// Newest first.
json::array history(const std::vector<TraitChange>& changes) {
    json::array rows;
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        for (const auto& [trait, value] : change->traits) {
            rows.push_back(
                json::object{{"at", at_or_null(change->at)},
                             {"trait", trait},
                             {"value", value.empty() ? json::value(nullptr) : json::value(value)},
                             {"source", change->source},
                             {"name", change->customer.value()}});
        }
    }
    return rows;
}

Result<std::string> traits(Organisation& organisation, const http::Request& request) {
    TRY(http::only_known(request, {"at"}));
    const std::string_view asked = request.parameter("at");
    Instant at = Instant::max();
    if (!asked.empty()) {
        const auto read = parse_instant(asked);
        if (!read) {
            return invalid_input(fmt::format("at: {}", read.error().message));
        }
        at = *read;
    }
    const ShownCustomer shown = TRY(ShownCustomer::of(organisation, request));
    const auto names = shown.names();
    const auto changes = TRY(organisation.ledger().trait_changes(names));
    return json::serialize(
        json::object{{"customer", shown.customer.name.value()},
                     {"at", asked.empty() ? json::value(nullptr) : at_or_null(at)},
                     {"traits", as_of(names, changes, at)},
                     {"changes", history(changes)}});
}

}  // namespace

void add_customer_traits_routes(http::Router& router, Organisation& organisation,
                                NoteRead note_read) {
    router.add(http::Method::Get,
               "/api/customers/{id}/traits",
               account::needs(account::Right::SeePersonalData),
               [&organisation, note_read](const http::Request& request) {
                   const Status noted = note_read(
                       request, "customer.read", account::audited_customer(request.captures.at(0)));
                   return noted ? respond(traits(organisation, request))
                                : http::problem(noted.error());
               });
}

}  // namespace kokemus::app
