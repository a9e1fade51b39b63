#include <cstdio>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/audit.h"
#include "app/command.h"
#include "app/join_json.h"
#include "app/note_here.h"
#include "app/organisation.h"
#include "app/printable.h"
#include "identity/link_words.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using encounter::Assertion;
using encounter::CustomerName;
using encounter::Evidence;

constexpr std::size_t links_shown_max = 10'000;

void print_link(const identity::Link& link) {
    fmt::print("{:>6}  {:<9}  {} = {}\n        {}\n",
               link.number,
               identity::name_of(link.state),
               printable(link.name.value()),
               printable(link.other.value()),
               printable(identity::why(link)));
}

void print_json(const json::object& object) {
    fmt::print("{}\n", json::serialize(object));
}

Result<Exit> list(Organisation& organisation, const JoinsCommand& options) {
    const auto state = identity::link_state_of(options.state);
    if (!options.state.empty() && !state) {
        return invalid_input(fmt::format(
            "there is no state \"{}\"; write joined, apart, shared, ambiguous, suggested or undone",
            options.state));
    }
    const auto links = TRY(organisation.snapshot())->identities->links(state, 0, links_shown_max);
    json::array rows;
    for (const identity::Link& link : links) {
        if (options.json) {
            rows.push_back(to_json(link));
        } else {
            print_link(link);
        }
    }
    if (options.json) {
        print_json({{"joins", std::move(rows)}});
    } else if (links.empty()) {
        fmt::print("nothing is said of who is who\n");
    }
    return Exit::Done;
}

Result<Exit> explain(Organisation& organisation, const JoinsCommand& options) {
    const auto identities = TRY(organisation.snapshot())->identities;
    const CustomerName name(options.name);
    if (options.json) {
        print_json(TRY(explained(
            organisation.ledger(), identities->names_of(name), identities->links_of(name))));
        return Exit::Done;
    }
    for (const identity::Identity& one : identities->names_of(name)) {
        fmt::print("{} ({})\n", printable(one.name.value()), identity::name_of(one.kind));
    }
    for (const identity::Link& link : identities->links_of(name)) {
        print_link(link);
    }
    return Exit::Done;
}

/// A word about two names, and what came of it; noted and told as a server does.
Result<Exit> say(Organisation& organisation, const CommandSettings& settings,
                 const JoinsCommand& options, const Assertion& word) {
    const bool is_undone = options.act == JoinsCommand::Act::Undo;
    const std::vector<std::string> about = {word.name.value()};
    TRY(note_here(settings, is_undone ? "join.undo" : "join.say", about));
    const std::vector<Assertion> words = {word};
    TRY(organisation.ledger().tell({.customers = {}, .assertions = words, .source = "person"}));
    const auto identities = TRY(organisation.snapshot())->identities;
    for (const identity::Link& link : identities->links_of(word.name)) {
        if ((link.name == word.name && link.other == word.other) ||
            (link.name == word.other && link.other == word.name)) {
            json::object row = to_json(link);
            const bool is_one = link.customer == link.other_customer;
            row["one_customer"] = is_one;
            tell_here(settings,
                      is_undone ? "customers.parted" : "customers.joined",
                      json::serialize(json::object{{"join", link.number}, {"by", "operator"}}));
            if (options.json) {
                print_json(row);
            } else {
                print_link(link);
                fmt::print("        {}\n", is_one ? "one customer" : "two customers");
            }
        }
    }
    return Exit::Done;
}

Result<Exit> undo(Organisation& organisation, const CommandSettings& settings,
                  const JoinsCommand& options) {
    const auto link = TRY(organisation.snapshot())->identities->link(options.number);
    if (!link) {
        return not_found(fmt::format("there is no join {}; \"kokemus joins list\" shows them all",
                                     options.number));
    }
    return say(organisation,
               settings,
               options,
               {link->name,
                link->other,
                identity::word_that_undoes(*link),
                {},
                "command line",
                options.reason});
}

}  // namespace

Result<Exit> joins(const CommandSettings& settings, const JoinsCommand& options) {
    const auto organisation =
        TRY(Organisation::open(settings.data, settings.blueprint, Organisation::Open::Existing));
    switch (options.act) {
        case JoinsCommand::Act::List:
            TRY(note_reading_here(settings, "joins.list", ""));
            return list(*organisation, options);
        case JoinsCommand::Act::Explain:
            TRY(note_reading_here(settings, "joins.list", account::audited_customer(options.name)));
            return explain(*organisation, options);
        case JoinsCommand::Act::Undo: return undo(*organisation, settings, options);
        case JoinsCommand::Act::Say: break;
    }
    return say(*organisation,
               settings,
               options,
               {CustomerName(options.name),
                CustomerName(options.other),
                Evidence::Person,
                {},
                "command line",
                options.reason});
}

}  // namespace kokemus::app
