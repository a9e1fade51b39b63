#pragma once

#include <span>

#include <boost/json/array.hpp>

#include "app/organisation.h"
#include "base/result.h"
#include "consent/consent.h"
#include "encounter/encounter.h"

// For *.cpp files only: brings in Boost.JSON.
namespace kokemus::app {

/// Every consent that was told under any of a customer's names, newest first.
Result<std::vector<consent::Consent>> consents_of(const ledger::Ledger& ledger,
                                                  std::span<const encounter::CustomerName> names);

boost::json::array consents_json(std::span<const consent::Consent> consents);

}  // namespace kokemus::app
