#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokemus::intake {

/// Finds the strptime format that fits the dates of a column which are not written the ISO way:
/// "31/1/2026 14:05", "31.01.2026", "1/31/2026", "20260131", with or without a time of day.
class DateForms {
public:
    DateForms();

    void add(std::string_view text);

    /// The first format that fits at least 99 of 100 texts, alone or with `also`. Where day and
    /// month cannot be told apart, the day stands first.
    std::optional<std::string> best() const;

    /// The same form with day and month swapped, where a part of the column is written so: at least
    /// 80 of 100 texts fit `best`, and with this one at least 99 do.
    std::optional<std::string> also() const;

    /// Whether another order of day and month would fit as well.
    bool ambiguous() const;

private:
    struct Form {
        std::string format;
        std::string swapped;
        std::uint64_t fits = 0;
        std::uint64_t fits_either = 0;  ///< this way or with day and month swapped
    };
    /// Alone if possible, else with its swapped form; null: no form fits.
    const Form* find() const;
    bool fits_alone(const Form& form) const;

    std::vector<Form> forms_;
    std::uint64_t seen_ = 0;
};

}  // namespace kokemus::intake
