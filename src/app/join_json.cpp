#include "app/join_json.h"

#include <algorithm>

#include <boost/json.hpp>

#include "identity/link_words.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using encounter::CustomerName;

json::string_view view(std::string_view text) {
    return {text.data(), text.size()};
}

bool is_of(const ledger::Asserted& asserted, const identity::Link& link) {
    const auto& [name, other] = std::tie(asserted.assertion.name, asserted.assertion.other);
    return (name == link.name && other == link.other) || (name == link.other && other == link.name);
}

}  // namespace

json::object to_json(const identity::Link& link) {
    json::array evidence;
    for (const encounter::Evidence one : link.evidence) {
        evidence.emplace_back(view(encounter::name_of(one)));
    }
    return json::object{{"number", link.number},
                        {"name", link.name.value()},
                        {"other", link.other.value()},
                        {"customer", link.customer.value()},
                        {"other_customer", link.other_customer.value()},
                        {"state", view(identity::name_of(link.state))},
                        {"evidence", std::move(evidence)},
                        {"word", link.is_word},
                        {"why", identity::why(link)}};
}

json::object to_json(const identity::Suggestion& suggestion) {
    json::array customers;
    for (const CustomerName& customer : suggestion.customers) {
        customers.emplace_back(customer.value());
    }
    const std::string& through = suggestion.through.value();
    return json::object{{"customers", std::move(customers)},
                        {"through", through.empty() ? json::value(nullptr) : json::value(through)},
                        {"links", json::value_from(suggestion.links)}};
}

json::object to_json(const identity::Identity& identity) {
    return json::object{{"name", identity.name.value()},
                        {"kind", view(identity::name_of(identity.kind))}};
}

json::object to_json(const ledger::Asserted& asserted) {
    const bool is_known = asserted.at > Instant{};  // older ledgers did not note it
    return json::object{
        {"number", asserted.number},
        {"at", is_known ? json::value(format_instant(asserted.at)) : json::value(nullptr)},
        {"evidence", view(encounter::name_of(asserted.assertion.evidence))},
        {"source", asserted.assertion.source},
        {"person", asserted.assertion.person},
        {"reason", asserted.assertion.text}};
}

Result<json::object> explained(const ledger::Ledger& ledger,
                               std::span<const identity::Identity> names,
                               std::span<const identity::Link> links_shown) {
    json::array shown;
    std::vector<CustomerName> texts;
    for (const identity::Identity& one : names) {
        shown.push_back(to_json(one));
        texts.push_back(one.name);
    }
    const auto assertions = TRY(ledger.assertions_of(texts));
    json::array links;
    for (const identity::Link& link : links_shown) {
        json::object row = to_json(link);
        json::array said;
        for (const ledger::Asserted& one : assertions) {
            if (is_of(one, link)) {
                said.push_back(to_json(one));
            }
        }
        row["assertions"] = std::move(said);
        links.push_back(std::move(row));
    }
    return json::object{{"customer", names.front().name.value()},
                        {"identities", std::move(shown)},
                        {"links", std::move(links)}};
}

}  // namespace kokemus::app
