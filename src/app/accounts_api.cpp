#include <algorithm>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/audit.h"
#include "account/door_api.h"
#include "app/api.h"
#include "app/shown_customer.h"
#include "http/page.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using encounter::CustomerName;
using encounter::Evidence;
using ledger::Asserted;

/// What is said of members of an account; the last on each stands behind those before.
using Members = std::map<CustomerName, const Asserted*>;

json::object member_json(const Asserted& said) {
    return json::object{{"role", said.assertion.text},
                        {"since", format_instant(said.at)},
                        {"source", said.assertion.source}};
}

/// Of the members behind the last of the page before those whom this person may see: one more than
/// the page has, when there are so many.
Result<std::vector<std::pair<CustomerName, json::object>>> people_of(const Members& members,
                                                                     const Snapshot& snapshot,
                                                                     const http::Request& request,
                                                                     const http::Page& page) {
    const account::Person& person = account::person_of(request);
    std::vector<std::pair<CustomerName, json::object>> people;
    auto member =
        page.after.empty() ? members.begin() : members.upper_bound(CustomerName(page.after));
    for (; member != members.end() && people.size() < page.read(); ++member) {
        const auto& [customer, membership] = *member;
        if (request.gone.stop_requested()) {
            return Error{ErrorCode::Cancelled, "Whoever asked has gone."};
        }
        if (TRY(is_within_reach(snapshot, customer, person))) {
            json::object row = member_json(*membership);
            row["customer"] = customer.value();
            row["encounters"] = TRY(seen_of(snapshot, customer, nullptr)).encounters;
            people.emplace_back(customer, std::move(row));
        }
    }
    return people;
}

/// An organisation that is a customer, and its people as far as this person may see them.
Result<std::string> one_account(Organisation& organisation, const http::Request& request) {
    const http::Page page = TRY(http::page_of(request, {.list = "people"}));
    const CustomerName account(request.captures.at(0));
    const auto said = TRY(organisation.ledger().assertions_of(std::span(&account, 1)));
    const auto snapshot = TRY(organisation.snapshot());
    const auto identities = snapshot->identities;
    Members members;
    for (const Asserted& one : said) {
        if (one.assertion.evidence == Evidence::Member && one.assertion.other == account) {
            members[identities->customer_of(one.assertion.name)] = &one;
        }
    }
    auto people = TRY(people_of(members, *snapshot, request, page));
    if (people.empty() && page.after.empty()) {
        return not_found(fmt::format("there is no account \"{}\"", account.value()));
    }
    const auto next =
        http::cut(people, page, [](const auto& person) { return person.first.value(); });
    json::array rows;
    for (auto& [customer, row] : people) {
        rows.push_back(std::move(row));
    }
    const auto known = TRY(known_customer(organisation, *identities, account));
    json::object traits;
    for (const auto& [trait, value] : known.traits) {
        traits[trait] = value;
    }
    return json::serialize(json::object{{"account", account.value()},
                                        {"traits", std::move(traits)},
                                        {"people", std::move(rows)},
                                        {"next", next ? json::value(*next) : json::value()}});
}

/// The accounts of one customer, by any of their names.
Result<std::string> accounts_of(Organisation& organisation, const http::Request& request) {
    const ShownCustomer shown = TRY(ShownCustomer::of(organisation, request));
    const auto names = shown.names();
    const auto said = TRY(organisation.ledger().assertions_of(names));
    Members accounts;
    for (const Asserted& one : said) {
        if (one.assertion.evidence == Evidence::Member &&
            std::ranges::count(names, one.assertion.name) > 0) {
            accounts[one.assertion.other] = &one;
        }
    }
    json::array rows;
    for (const auto& [account, membership] : accounts) {
        json::object row = member_json(*membership);
        row["account"] = account.value();
        rows.push_back(std::move(row));
    }
    return json::serialize(
        json::object{{"customer", shown.customer.name.value()}, {"accounts", std::move(rows)}});
}

}  // namespace

void add_customer_account_routes(http::Router& router, Organisation& organisation,
                                 NoteRead note_read) {
    using Answer = Result<std::string> (*)(Organisation&, const http::Request&);
    const auto add_one = [&](std::string_view pattern, std::string_view action, Answer answer) {
        router.add(http::Method::Get,
                   pattern,
                   account::needs(account::Right::SeePersonalData),
                   [&organisation, note_read, answer, action](const http::Request& request) {
                       const Status noted = note_read(
                           request, action, account::audited_customer(request.captures.at(0)));
                       return noted ? respond(answer(organisation, request))
                                    : http::problem(noted.error());
                   });
    };
    add_one("/api/customers/{id}/accounts", "customer.read", accounts_of);
    add_one("/api/accounts/{id}", "account.read", one_account);
}

}  // namespace kokemus::app
