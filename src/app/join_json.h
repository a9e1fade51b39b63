#pragma once

#include <span>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "identity/identities.h"
#include "ledger/ledger.h"

// For *_api.cpp and *_command.cpp: brings in Boost.JSON.
namespace kokemus::app {

/// What the API and `kokemus joins --json` say of links, names and suggestions.
boost::json::object to_json(const identity::Link& link);
boost::json::object to_json(const identity::Suggestion& suggestion);
boost::json::object to_json(const identity::Identity& identity);
boost::json::object to_json(const ledger::Asserted& asserted);

/// The names of a customer, the one they go by first, and of the links between them and to others
/// that are given everything that was said.
Result<boost::json::object> explained(const ledger::Ledger& ledger,
                                      std::span<const identity::Identity> names,
                                      std::span<const identity::Link> links_shown);

}  // namespace kokemus::app
