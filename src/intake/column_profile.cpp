#include "intake/column_profile.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::intake {

namespace {

constexpr std::uint64_t rows_looked_at = 20'000;

/// Signs of "no value" that tables like to use besides an empty cell.
constexpr std::array<std::string_view, 9> blanks =
    {"?", "NA", "N/A", "n/a", "NULL", "null", "nan", "none", "-"};

bool is_small(char letter) {
    return letter >= 'a' && letter <= 'z';
}

bool is_capital(char letter) {
    return letter >= 'A' && letter <= 'Z';
}

/// Whether a word of the name begins there: after anything but a letter, or as a capital after a
/// small letter.
bool begins_word(std::string_view name, std::size_t at) {
    if (at == 0 || !(is_small(name[at]) || is_capital(name[at]))) {
        return true;
    }
    const char before = name[at - 1];
    return !(is_small(before) || is_capital(before)) || (is_capital(name[at]) && is_small(before));
}

}  // namespace

bool contains_word(const std::string& name, std::initializer_list<std::string_view> words) {
    const std::string low = lower(name);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        for (auto at = low.find(word); at != std::string::npos; at = low.find(word, at + 1)) {
            if (begins_word(name, at)) {
                return true;
            }
        }
        return false;
    });
}

Result<std::vector<Profile>> profile_columns(Stage& stage, const StagedTable& table) {
    std::vector<Profile> profiles;
    std::vector<std::string> columns;
    for (const StagedColumn& column : table.columns) {
        profiles.emplace_back();
        profiles.back().name = column.name;
        profiles.back().type = column.type;
        columns.push_back(fmt::format("CAST({} AS VARCHAR)", duck::identifier(column.name)));
    }
    auto rows = TRY(stage.connection().query(fmt::format(
        "SELECT {} FROM {} LIMIT {}", fmt::join(columns, ", "), table.raw, rows_looked_at)));
    while (auto chunk = TRY(rows.next())) {
        for (std::size_t at = 0; at < profiles.size(); ++at) {
            Profile& profile = profiles[at];
            profile.rows += chunk->size();
            const duck::Column column = chunk->column(at);
            for (std::size_t row = 0; row < chunk->size(); ++row) {
                if (column.is_null(row)) {
                    continue;
                }
                const std::string_view text = column.text(row);
                if (std::find(blanks.begin(), blanks.end(), text) != blanks.end()) {
                    profile.blanks_met.emplace(text);
                    continue;
                }
                ++profile.values;
                profile.letters += text.size();
                profile.look.add(text);
                profile.dates.add(text);
                if (profile.some.size() < Profile::distinct_max) {
                    profile.some.emplace(text);
                }
            }
        }
    }
    return profiles;
}

std::optional<std::string> scale_of(const Profile& profile) {
    if (!profile.is_number() || profile.some.size() > 12) {
        return std::nullopt;
    }
    const double least = profile.look.least();
    const double largest = profile.look.largest();
    const bool nps = contains_word(profile.name, {"nps", "recommend", "netpro", "promot"});
    if (nps || (least >= 0 && largest > 7 && largest <= 10)) {
        return "nps";
    }
    if (least >= 1 && largest <= 5 && largest >= 3) {
        return contains_word(profile.name, {"star", "review"})                  ? "stars5"
               : contains_word(profile.name, {"ces", "effort", "easy", "ease"}) ? "ces5"
                                                                                : "csat5";
    }
    if (least >= 1 && largest <= 7 && largest > 5) {
        return "ces7";
    }
    return std::nullopt;
}

}  // namespace kokemus::intake
