#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "account/read_log.h"
#include "account/sent_json.h"
#include "app/api.h"
#include "app/consents_json.h"
#include "app/shown_customer.h"
#include "app/sight.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using account::SentJson;
using consent::Consent;
using encounter::CustomerName;

constexpr std::size_t words_bytes_max = 200;

json::object consent_json(const Consent& consent) {
    return json::object{
        {"purpose", consent.purpose},
        {"state", consent::name_of(consent.state)},
        {"wording", consent.wording.empty() ? json::value() : json::value(consent.wording)},
        {"source", consent.source},
        {"at", consent.at > Instant{} ? json::value(format_instant(consent.at)) : json::value()}};
}

Result<std::string> consents_text(Organisation& organisation, const ShownCustomer& shown) {
    const auto history = TRY(consents_of(organisation.ledger(), shown.names()));
    return json::serialize(json::object{{"customer", shown.customer.name.value()},
                                        {"consents", consents_json(consent::present_of(history))},
                                        {"history", consents_json(history)}});
}

Result<std::string> list(Organisation& organisation, const http::Request& request,
                         const NoteRead& note_read) {
    TRY(note_read(request, "customer.read", account::audited_customer(request.captures.at(0))));
    return consents_text(organisation, TRY(ShownCustomer::of(organisation, request)));
}

Result<std::string> short_text(const SentJson& sent, std::string_view name) {
    std::string text = TRY(sent.text_or(name, ""));
    if (text.size() > words_bytes_max) {
        return invalid_input(
            fmt::format("{}: write a text of at most {} bytes", name, words_bytes_max));
    }
    return text;
}

Result<Consent> sent_consent(const http::Request& request) {
    const SentJson sent =
        TRY(SentJson::read(request.body, {"purpose", "state", "wording", "source"}));
    Consent consent;
    consent.purpose = TRY(sent.text("purpose"));
    TRY(consent::check_purpose(consent.purpose));
    const std::string state = TRY(sent.text("state"));
    consent.state = TRY(consent::read_state(state));
    consent.wording = TRY(short_text(sent, "wording"));
    consent.source = TRY(short_text(sent, "source"));
    if (consent.source.empty()) {
        consent.source = account::person_of(request).written();
    }
    return consent;
}

/// Of every name, so that no name of theirs says otherwise.
Result<std::string> set(Organisation& organisation, const http::Request& request,
                        const NoteChange& note_change) {
    TRY(must_see_personal_data(account::person_of(request)));
    const Consent consent = TRY(sent_consent(request));
    const ShownCustomer shown = TRY(ShownCustomer::of(organisation, request));
    TRY(note_change(request,
                    "customer.consent",
                    account::audited_customer(shown.customer.name.value()),
                    fmt::format("{}={}", consent.purpose, consent::name_of(consent.state))));
    std::vector<encounter::Customer> customers;
    for (const CustomerName& name : shown.names()) {
        customers.push_back({name, consent::traits_of(consent)});
    }
    TRY(organisation.ledger().tell(
        {.customers = customers, .assertions = {}, .source = consent.source}));
    // In answers before this one is given.
    TRY(organisation.refresh());
    return consents_text(organisation, shown);
}

}  // namespace

json::array consents_json(std::span<const Consent> consents) {
    json::array rows;
    for (const Consent& consent : consents) {
        rows.push_back(consent_json(consent));
    }
    return rows;
}

Result<std::vector<Consent>> consents_of(const ledger::Ledger& ledger,
                                         std::span<const CustomerName> names) {
    std::vector<consent::Told> told;
    for (ledger::TraitChange& change : TRY(ledger.trait_changes(names))) {
        told.push_back({change.customer.value(),
                        change.at,
                        std::move(change.source),
                        std::move(change.traits)});
    }
    return consent::history_of(told);
}

void add_consent_routes(http::Router& router, Organisation& organisation, NoteRead note_read,
                        NoteChange note_change) {
    router.add(http::Method::Get,
               "/api/customers/{id}/consents",
               account::needs(account::Right::SeePersonalData),
               [&organisation, note_read](const http::Request& request) {
                   return respond(list(organisation, request, note_read));
               });
    router.add(http::Method::Post,
               "/api/customers/{id}/consents",
               account::needs(account::Right::EraseCustomers),
               [&organisation, note_change](const http::Request& request) {
                   return respond(set(organisation, request, note_change));
               });
}

}  // namespace kokemus::app
