#include "intake/suggest.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "intake/column_profile.h"
#include "intake/field_guess.h"
#include "intake/row_errors.h"
#include "intake/stage.h"

namespace kokemus::intake {

namespace {

/// "Q7 - how \"easy\"" as TOML text: a literal where it can be, else with escapes.
std::string toml_text(const std::string& text) {
    const bool plain = std::none_of(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (plain && text.find_first_of("\"\\") == std::string::npos) {
        return "\"" + text + "\"";
    }
    if (plain && text.find('\'') == std::string::npos) {
        return "'" + text + "'";
    }
    std::string out = "\"";
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        }
    }
    return out + "\"";
}

/// A column as an expression: without quotes where DuckDB needs none.
std::string column_sql(const std::string& name) {
    static const std::set<std::string, std::less<>> words = {
        "order",  "group",   "user",   "table",  "from",   "to",    "case",    "end",
        "when",   "desc",    "all",    "and",    "any",    "as",    "by",      "in",
        "is",     "limit",   "not",    "null",   "on",     "or",    "primary", "references",
        "select", "then",    "union",  "unique", "using",  "where", "with",    "column",
        "check",  "default", "offset", "only",   "window", "true",  "false"};
    const bool plain = !name.empty() && (name[0] < '0' || name[0] > '9') &&
                       std::all_of(name.begin(), name.end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                  (c >= '0' && c <= '9') || c == '_';
                       });
    return plain && !words.contains(lower(name)) ? name : duck::identifier(name);
}

std::string time_sql(const Profile& profile) {
    std::string column = column_sql(profile.name);
    const bool iso = profile.look.look() == Look::Time || profile.look.look() == Look::Day ||
                     profile.type.starts_with("TIMESTAMP") || profile.type == "DATE";
    if (iso || !profile.dates.best()) {
        return column;
    }
    if (const auto also = profile.dates.also()) {
        return fmt::format("strptime({}, ['{}', '{}'])", column, *profile.dates.best(), *also);
    }
    return fmt::format("strptime({}, '{}')", column, *profile.dates.best());
}

/// Writes the map down.
class Suggestion {
public:
    Suggestion(const std::filesystem::path& file, const std::vector<Profile>& profiles)
        : file_(file),
          profiles_(profiles),
          guess_(guess_fields(profiles)) {}

    std::string write() {
        write_source();
        write_block();
        write_traits();
        return std::move(out_);
    }

private:
    void line(const std::string& text) { out_ += text + "\n"; }

    void write_source() {
        const std::string name = file_.filename().string();
        line(
            fmt::format("# A first map for {}, guessed from the names and values of its columns. "
                        "Read it through:",
                        name));
        line(
            "# lines with a question mark are the ones to look at. Try it without writing "
            "anything:");
        line("#");
        line("#   kokemus import --map THIS_FILE --from FOLDER --dry-run");
        line("#");
        line(
            "# Expressions are DuckDB's. A column stands as its name, a constant text as "
            "\"'text'\".");
        line("");
        const Profile* time = guess_.of("time");
        const bool zoned = time != nullptr && time->type.find("ZONE") != std::string::npos;
        if (!zoned) {
            line("# In which zone are the times? Without this they are taken as UTC.");
            line("# time_zone = \"Europe/Helsinki\"");
            line("");
        }
        line("[source.rows]");
        line(fmt::format("file = {}", toml_text(name)));
        std::set<std::string> met;
        for (const Profile& profile : profiles_) {
            met.insert(profile.blanks_met.begin(), profile.blanks_met.end());
        }
        if (!met.empty()) {
            std::string list;
            for (const std::string& text : met) {
                list += (list.empty() ? "" : ", ") + toml_text(text);
            }
            line(fmt::format("missing = [{}]  # these seem to mean \"no value\"", list));
        }
        line("");
    }

    void field(const std::string& name, const std::string& sql, const std::string& remark) {
        line(fmt::format("{} = {}{}", name, toml_text(sql), remark.empty() ? "" : "  # " + remark));
    }

    void write_block() {
        line("[[encounter]]");
        write_required();
        for (const char* name :
             {"thread", "channel", "department", "employee", "language", "value"}) {
            if (const Profile* profile = guess_.of(name)) {
                field(name, column_sql(profile->name), examples(*profile));
            }
        }
        if (const Profile* score = guess_.of("score")) {
            field("score",
                  column_sql(score->name),
                  fmt::format("values from {} to {}", score->look.least(), score->look.largest()));
            field("scale",
                  "'" + scale_of(*score).value_or("csat5") + "'",
                  "? by its range; nps is 0 to 10, csat5, ces5 and stars5 1 to 5, ces7 1 to 7");
        }
        if (const Profile* text = guess_.of("text")) {
            field("text", column_sql(text->name), "");
        }
        if (const Profile* due = guess_.of("due")) {
            field("due.promised",
                  time_sql(*due),
                  "? a promise that is made here, and when it is due");
        }
        write_properties();
    }

    void write_required() {
        if (const Profile* customer = guess_.of("customer")) {
            field("customer", column_sql(customer->name), examples(*customer));
        } else {
            field("customer", "'unknown'", "? no column names the customer; put it here");
        }
        if (const Profile* time = guess_.of("time")) {
            field("time", time_sql(*time), time_remark(*time));
        } else {
            field("time",
                  "timestamp '2026-01-01 12:00'",
                  "? no column holds a time; all rows get this one");
        }
        const std::string otherwise = "'" + touchpoint_name() + "'";
        if (const Profile* touchpoint = guess_.of("touchpoint")) {
            const std::string column = column_sql(touchpoint->name);
            const bool gaps = touchpoint->values < touchpoint->rows;
            field("touchpoint",
                  gaps ? fmt::format("coalesce({}, {})", column, otherwise) : column,
                  examples(*touchpoint));
        } else {
            field("touchpoint", otherwise, "? one row is one encounter of this kind");
        }
    }

    static std::string time_remark(const Profile& time) {
        if (time.dates.ambiguous()) {
            return "? day and month cannot be told apart by the values; the day is taken to stand "
                   "first";
        }
        return time.dates.also() ? "? some of the dates have day and month swapped; what could be "
                                   "either is read day first"
                                 : examples(time);
    }

    std::string touchpoint_name() const {
        std::string name = file_.stem().string();
        std::replace(name.begin(), name.end(), '_', ' ');
        std::erase(name, '\'');
        return trim(name).empty() ? "encounter" : std::string(trim(name));
    }

    void write_properties() {
        bool first = true;
        for (const Profile& profile : profiles_) {
            if (guess_.is_taken(profile) || !profile.few_values()) {
                continue;
            }
            if (first) {
                line(
                    "# Columns with few values make good dimensions: declare them in the blueprint "
                    "to break down by them.");
                first = false;
            }
            line(fmt::format(
                "properties.{} = {}", toml_key(profile.name), toml_text(column_sql(profile.name))));
        }
        write_left_over();
    }

    void write_left_over() {
        for (const Profile& profile : profiles_) {
            if (guess_.is_taken(profile) || profile.few_values()) {
                continue;
            }
            if (profile.values == 0) {
                line(fmt::format("# {} is empty", toml_key(profile.name)));
            } else {
                line(fmt::format(
                    "# properties.{} = {}",
                    toml_key(profile.name),
                    toml_text(profile.is_time() ? time_sql(profile) : column_sql(profile.name))));
            }
        }
    }

    void write_traits() {
        const Profile* customer = guess_.of("customer");
        line("");
        line("# What is known of customers, apart from encounters:");
        line("# [[customer]]");
        line(
            fmt::format("# name = {}",
                        toml_text(customer != nullptr ? column_sql(customer->name) : "'unknown'")));
        line("# traits.plan = \"a_column\"");
    }

    static std::string toml_key(const std::string& name) {
        const bool bare = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '_' || c == '-';
        });
        return bare ? name : toml_text(name);
    }

    /// A few values, for a comment at the end of a line.
    static std::string examples(const Profile& profile) {
        std::string list;
        std::size_t shown = 0;
        for (const std::string& value : profile.some) {
            if (++shown > 3) {
                list += ", ...";
                break;
            }
            list += (list.empty() ? "" : ", ") + quote(value, 30);
        }
        return list.empty() ? "" : "like " + list;
    }

    std::filesystem::path file_;
    const std::vector<Profile>& profiles_;
    FieldGuess guess_;
    std::string out_;
};

}  // namespace

Result<std::string> suggest_map(const std::filesystem::path& file) {
    Stage stage = TRY(Stage::open({}));
    Source source;
    source.name = "rows";
    RowErrors errors({});
    TRY(stage.load(source, file, errors, {}));
    const StagedTable& table = *stage.table("rows");
    const std::vector<Profile> profiles = TRY(profile_columns(stage, table));
    return Suggestion(file, profiles).write();
}

}  // namespace kokemus::intake
