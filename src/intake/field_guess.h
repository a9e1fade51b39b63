#pragma once

#include <map>
#include <string>
#include <vector>

#include "intake/column_profile.h"

namespace kokemus::intake {

/// Which column seems to hold which field of an encounter. Points into the profiles it was made
/// from.
struct FieldGuess {
    std::map<std::string, const Profile*, std::less<>> columns;  ///< by field; "due": of a promise

    /// The column of a field; null: none seems to hold it.
    const Profile* of(std::string_view field) const {
        const auto found = columns.find(field);
        return found == columns.end() ? nullptr : found->second;
    }

    bool is_taken(const Profile& profile) const;
};

/// Guesses by names, types and values; a column is taken for one field at most.
FieldGuess guess_fields(const std::vector<Profile>& profiles);

}  // namespace kokemus::intake
