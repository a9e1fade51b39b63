#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intake/column_types.h"
#include "intake/date_form.h"
#include "intake/stage.h"

namespace kokemus::intake {

/// What the values of one column are like.
struct Profile {
    std::string name;
    std::string type;
    ColumnLook look;
    DateForms dates;
    std::uint64_t rows = 0;      ///< looked at
    std::uint64_t values = 0;    ///< of them that hold one
    std::set<std::string> some;  ///< distinct values, up to `distinct_max`
    std::uint64_t letters = 0;   ///< bytes of all values
    std::set<std::string> blanks_met;

    static constexpr std::size_t distinct_max = 2000;

    bool is_time() const {
        return look.look() == Look::Time || look.look() == Look::Day ||
               type.starts_with("TIMESTAMP") || type == "DATE" || dates.best().has_value();
    }
    bool is_number() const { return look.look() == Look::Whole || look.look() == Look::Number; }
    double mean_length() const {
        return values == 0 ? 0 : static_cast<double>(letters) / static_cast<double>(values);
    }
    /// Whether hardly a row lacks it, so that it can stand for what every encounter must have.
    bool is_filled() const { return values > 0 && values * 10 >= rows * 9; }
    /// A tick where something applies: one value, and most rows have none.
    bool is_tick() const { return some.size() == 1 && values * 2 < rows; }
    bool few_values() const {
        return !some.empty() && some.size() <= 50 && some.size() * 4 < values;
    }
};

/// Looks at the first rows of a staged table, column by column.
Result<std::vector<Profile>> profile_columns(Stage& stage, const StagedTable& table);

/// The scale that a column's numbers seem to be on, by its name and range.
std::optional<std::string> scale_of(const Profile& profile);

/// Whether a word of the name begins with one of `words`, however capitalised: "action" is in
/// "Last action" and "lastAction", and not in "interaction".
bool contains_word(const std::string& name, std::initializer_list<std::string_view> words);

}  // namespace kokemus::intake
