#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "encounter/encounter.h"

namespace kokemus::privacy {

/// Which of what senders add freely stays in a pseudonymous export: what answers are made of.
struct KeptFields {
    std::set<std::string> properties = {};
    std::set<std::string> traits = {};
    bool texts = false;  ///< what was said, and all properties and traits
};

/// Puts digests in the place of names: of customers, employees, threads and ids. Equal names have
/// equal digests, in every export of one data folder, so that answers made of the export are those
/// of the original; nobody without the key can say whose they are, or try. A digest is BLAKE2b (128
/// bits), keyed; the kind of the name goes into it, so that one that is both a customer and an
/// employee has two.
///
/// Thread safe, as it is immutable.
class Pseudonyms {
public:
    /// With the key of a file; where there is none, one is made, readable by its owner alone.
    /// InvalidInput when the file holds anything but 64 hexadecimal digits.
    static Result<Pseudonyms> open(const std::filesystem::path& key_file, KeptFields kept);

    /// "customer-3f6c...": empty for an empty name.
    std::string of(std::string_view kind, std::string_view name) const;

    /// Fails only for properties that are no JSON object.
    Status disguise(encounter::Encounter& encounter) const;
    void disguise(encounter::Customer& customer) const;

private:
    Pseudonyms(std::string key, KeptFields kept) : key_(std::move(key)), kept_(std::move(kept)) {}

    std::string key_;
    KeptFields kept_;
};

}  // namespace kokemus::privacy
