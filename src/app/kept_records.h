#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "app/configuration.h"
#include "base/result.h"
#include "records/records.h"
#include "seal/seal.h"

namespace kokemus::app {

/// What people and rules write down, and the key that its secrets are sealed with. One of it serves
/// all nouns of a server.
struct KeptRecords {
    std::shared_ptr<records::Records> records;
    seal::Seal seal;
};

/// The tables of every noun that keeps records; a new noun adds its own here.
const std::vector<records::Schema>& all_schemas();

/// Where the key of the seal lies.
std::filesystem::path seal_key_file(const Configuration& configuration,
                                    const std::filesystem::path& data);

/// Opens (or makes) the records of a data folder as the configuration says, brings all tables to
/// their last version, and reads (or makes) the key.
Result<KeptRecords> open_records(const Configuration& configuration,
                                 const std::filesystem::path& data);

/// The same where there are some already: nothing for an SQLite file that was not made yet.
Result<std::optional<KeptRecords>> records_if_any(const Configuration& configuration,
                                                  const std::filesystem::path& data);

}  // namespace kokemus::app
