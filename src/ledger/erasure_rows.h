#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/erasure.h"

namespace kokemus::duck {
class Connection;
}

/// How receipts lie in the table `erasure`: the one place that knows its columns.
namespace kokemus::ledger {

/// Within the connection's transaction, with the names that are needed until it is finished; adds
/// the digests to those that are refused.
Status insert_erasure(duck::Connection& connection, const Erasure& receipt,
                      const std::vector<encounter::CustomerName>& names);

/// Adds to the digests that are refused; those that are there already stay once.
Status insert_digests(duck::Connection& connection, std::span<const std::string> digests);

/// All receipts, the oldest first.
Result<std::vector<Erasure>> read_erasures(duck::Connection& connection);

/// The names of those that are not finished.
Result<std::vector<encounter::CustomerName>> read_unfinished(duck::Connection& connection);

/// Copies all receipts into the same table of the attached database `into`, those given with their
/// new fields and without names.
Status copy_erasures(duck::Connection& connection, std::string_view into,
                     const std::vector<Erasure>& finished);

}  // namespace kokemus::ledger
