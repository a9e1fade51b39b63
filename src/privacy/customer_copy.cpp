#include "privacy/customer_copy.h"

#include <map>
#include <set>
#include <tuple>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "encounter/encounter_json.h"

namespace kokemus::privacy {

namespace {

namespace json = boost::json;
using encounter::Encounter;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        switch (letter) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += letter;
        }
    }
    return out;
}

std::string row(std::initializer_list<std::string_view> cells) {
    std::string out = "<tr>";
    for (const std::string_view cell : cells) {
        out += "<td>" + escaped(cell) + "</td>";
    }
    return out + "</tr>\n";
}

constexpr std::string_view head =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
    "<title>What is kept of you</title><style>body{font-family:sans-serif;max-width:70rem;margin:"
    "2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;"
    "vertical-align:top;border-bottom:1px solid #ccc;padding:.3rem .6rem}td{overflow-wrap:"
    "anywhere}</style></head><body>\n";

/// What one encounter says beyond its time and place, line by line.
std::string details(const Encounter& encounter) {
    std::string out;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", name, value);
        }
    };
    add("channel", encounter.channel);
    add("department", encounter.department);
    add("employee", encounter.employee);
    add("thread", encounter.thread.value());
    add("answer", encounter.score ? fmt::format("{} ({})", *encounter.score, encounter.scale) : "");
    add("value", encounter.value ? fmt::format("{}", *encounter.value) : "");
    add("took", encounter.duration_seconds ? fmt::format("{} s", *encounter.duration_seconds) : "");
    for (const auto& [promise, due] : encounter.due) {
        add("promised", fmt::format("{} by {}", promise, format_instant(due)));
    }
    add("language", encounter.language);
    add("properties", encounter.properties);
    return out;
}

/// Nothing of before it was noted.
json::value at_or_null(Instant at) {
    return at > Instant{} ? json::value(format_instant(at)) : json::value(nullptr);
}

json::array promises_json(const CustomerCopy& copy) {
    json::array rows;
    for (const Promised& one : copy.promises) {
        rows.push_back(json::object{
            {"encounter", one.encounter.value()},
            {"promise", one.promise},
            {"due", format_instant(one.due)},
            {"outcome", one.outcome},
            {"kept_at",
             one.kept_at ? json::value(format_instant(*one.kept_at)) : json::value(nullptr)}});
    }
    return rows;
}

json::object kept_for_json(const CustomerCopy& copy) {
    json::object days;
    for (const KeptFor& one : copy.kept_for) {
        days[one.what] = one.days ? json::value(*one.days) : json::value(nullptr);
    }
    return days;
}

json::array looks_json(const CustomerCopy& copy) {
    json::array rows;
    for (const Look& one : copy.looks) {
        rows.push_back(
            json::object{{"at", format_instant(one.at)}, {"by", one.by}, {"action", one.action}});
    }
    return rows;
}

/// What was promised, how long all is kept, and who has looked, as tables.
std::string beside_the_ledger(const CustomerCopy& copy) {
    std::string out =
        "<h2>What you were promised</h2><table><tr><th>what</th><th>by</th><th>what came of it</th>"
        "<th>when</th></tr>\n";
    for (const Promised& one : copy.promises) {
        out += row({one.promise,
                    format_instant(one.due),
                    one.outcome,
                    one.kept_at ? format_instant(*one.kept_at) : ""});
    }
    out += "</table>\n<h2>How long it is kept</h2><table><tr><th>what</th><th>days</th></tr>\n";
    for (const KeptFor& one : copy.kept_for) {
        out += row({one.what, one.days ? std::to_string(*one.days) : "until it is erased"});
    }
    out +=
        "</table>\n<h2>Who has looked at it</h2><table><tr><th>when</th><th>as what</th>"
        "<th>what was done</th></tr>\n";
    for (const Look& one : copy.looks) {
        out += row({format_instant(one.at), one.by, one.action});
    }
    return out + "</table>\n";
}

}  // namespace

Result<CustomerCopy> copy_of(const ledger::Ledger& ledger,
                             std::span<const encounter::CustomerName> names, Instant now) {
    CustomerCopy copy;
    copy.made_at = now;
    copy.names.assign(names.begin(), names.end());
    std::map<std::string_view, encounter::Customer*> known;
    auto customers = TRY(ledger.customers(names));
    for (encounter::Customer& customer : customers) {
        known.emplace(customer.name.value(), &customer);
    }
    for (const auto& name : names) {
        const auto found = known.find(name.value());
        if (found != known.end() && !found->second->traits.empty()) {
            copy.customers.push_back(*found->second);
        }
    }
    for (ledger::Entry& entry : TRY(ledger.read_customers(names))) {
        copy.encounters.push_back(std::move(entry.encounter));
    }
    copy.changes = TRY(ledger.trait_changes(names));
    const std::set<encounter::CustomerName> own(names.begin(), names.end());
    const auto is_own = [&](const encounter::CustomerName& name) { return own.contains(name); };
    for (ledger::Asserted& one : TRY(ledger.assertions_of(names))) {
        const auto& [name, other] = std::tie(one.assertion.name, one.assertion.other);
        const bool is_member = one.assertion.evidence == encounter::Evidence::Member;
        if (is_own(name) && (is_own(other) || is_member)) {
            copy.said.push_back(std::move(one));
        }
    }
    // What is known no more was known: of traits that were removed their history is kept.
    if (copy.encounters.empty() && copy.changes.empty() && copy.said.empty()) {
        return Error{ErrorCode::NotFound, "nothing is kept under this name"};
    }
    return copy;
}

std::string to_json(const CustomerCopy& copy) {
    json::array names;
    for (const auto& name : copy.names) {
        names.emplace_back(name.value());
    }
    json::array customers;
    for (const auto& customer : copy.customers) {
        customers.push_back(json::parse(encounter::to_json(customer)));
    }
    json::array changes;
    for (const auto& change : copy.changes) {
        changes.push_back(json::object{{"customer", change.customer.value()},
                                       {"at", at_or_null(change.at)},
                                       {"source", change.source},
                                       {"traits", json::value_from(change.traits)}});
    }
    json::array said;
    for (const auto& one : copy.said) {
        said.push_back(json::object{{"name", one.assertion.name.value()},
                                    {"other", one.assertion.other.value()},
                                    {"evidence", encounter::name_of(one.assertion.evidence)},
                                    {"at", at_or_null(one.at)},
                                    {"source", one.assertion.source},
                                    {"text", one.assertion.text}});
    }
    // As they are written everywhere: numbers keep all their digits.
    std::string encounters;
    for (const Encounter& one : copy.encounters) {
        encounters += (encounters.empty() ? "" : ",") + encounter::to_json(one);
    }
    return fmt::format(
        R"({{"made_at":"{}","names":{},"customers":{},"changes":{},"said":{},"encounters":[{}],"promises":{},"kept_for_days":{},"seen_by":{}}})",
        format_instant(copy.made_at),
        json::serialize(names),
        json::serialize(customers),
        json::serialize(changes),
        json::serialize(said),
        encounters,
        json::serialize(promises_json(copy)),
        json::serialize(kept_for_json(copy)),
        json::serialize(looks_json(copy)));
}

std::string to_html(const CustomerCopy& copy) {
    std::string page(head);
    page += fmt::format("<h1>What is kept of you</h1>\n<p>As of {}.</p>\n<h2>Names</h2><ul>\n",
                        format_instant(copy.made_at));
    for (const auto& name : copy.names) {
        page += "<li>" + escaped(name.value()) + "</li>\n";
    }
    page += "</ul>\n<h2>What is known</h2><table><tr><th>of</th><th>what</th><th>value</th></tr>\n";
    for (const auto& customer : copy.customers) {
        for (const auto& [trait, value] : customer.traits) {
            page += row({customer.name.value(), trait, value});
        }
    }
    page +=
        "</table>\n<h2>How it changed</h2><table><tr><th>when</th><th>of</th><th>what</th>"
        "<th>value</th><th>told by</th></tr>\n";
    for (const auto& change : copy.changes) {
        const std::string at = change.at > Instant{} ? format_instant(change.at) : "";
        for (const auto& [trait, value] : change.traits) {
            page += row({at, change.customer.value(), trait, value, change.source});
        }
    }
    page +=
        "</table>\n<h2>Why these names are one person</h2><table><tr><th>when</th><th>name</th>"
        "<th>other</th><th>by</th><th>told by</th></tr>\n";
    for (const auto& one : copy.said) {
        page += row({one.at > Instant{} ? format_instant(one.at) : "",
                     one.assertion.name.value(),
                     one.assertion.other.value(),
                     encounter::name_of(one.assertion.evidence),
                     one.assertion.source});
    }
    page +=
        "</table>\n<h2>What happened</h2><table><tr><th>when</th><th>what</th>"
        "<th>what you said</th><th>details</th></tr>\n";
    for (const Encounter& one : copy.encounters) {
        page += row({format_instant(one.time), one.touchpoint, one.text, details(one)});
    }
    return page + "</table>\n" + beside_the_ledger(copy) + "</body></html>\n";
}

}  // namespace kokemus::privacy
