#pragma once

#include <string>

#include "duck/duck.h"
#include "ledger/erasing.h"

/// Rules of retention as SQL over the ledger's tables.
namespace kokemus::ledger {

/// Tells the connection which names are one customer, before anything else here is run on it.
Status tell_joined(duck::Connection& connection, const Retention& retention);

/// The columns of `encounter e` in the order of the table, those that are too old as NULL.
std::string kept_columns(const Retention& retention);

/// A condition on a row `e` of encounter: it is kept.
std::string kept_encounters(const Retention& retention);

/// A condition on a row `t` of trait: it is kept.
std::string kept_traits(const Retention& retention);

/// A query for the codes of customers whose answers change; empty: nobody's can.
std::string changed_customers(const Retention& retention);

/// A query for how much is too old: texts, properties, encounters, traits.
std::string count_too_old(const Retention& retention);

}  // namespace kokemus::ledger
