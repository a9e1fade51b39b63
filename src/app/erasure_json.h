#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "app/organisation.h"
#include "base/result.h"
#include "http/page.h"
#include "ledger/erasing.h"

/// What is said of erasures, as JSON: the same from the command and from a server.
namespace kokemus::app {

/// One receipt.
std::string erasure_json(const ledger::Erasure& erasure);

/// A part of the receipts, the oldest first, and whether the chain of all of them is whole.
Result<std::string> erasures_json(const ledger::Erasing& erasing, const http::Page& page);

/// Looks for the texts in every file of the data folder, byte by byte, and in every column of the
/// ledger, unpacked; of each place where one was found, and how much was read. Files of `secrets`
/// (secrets.h) are left out.
Result<std::string> search_json(Organisation& organisation, std::span<const std::string> texts,
                                std::span<const std::filesystem::path> secrets);

}  // namespace kokemus::app
