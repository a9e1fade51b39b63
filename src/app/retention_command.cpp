#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/configuration.h"
#include "app/first_answers.h"
#include "app/note_here.h"
#include "app/organisation.h"
#include "app/refused_list.h"
#include "app/retention.h"
#include "app/server_asking.h"
#include "base/text.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

constexpr std::string_view no_rules =
    "there are no rules of retention: write some under [retention] in kokemus.toml, such as "
    "texts_days = 730 (docs/privacy.md)";

void print(const json::object& too_old, bool is_done) {
    fmt::print("{}: ", is_done ? "gone" : "too old, and would go");
    std::string_view between;
    for (const auto& [name, number] : too_old) {
        std::string called(name);
        std::ranges::replace(called, '_', ' ');
        fmt::print("{}{} {}",
                   between,
                   thousands(number.to_number<std::int64_t>()),
                   called == "traits" ? "customers' traits" : called);
        between = ", ";
    }
    fmt::print("\n");
}

/// What goes, for the audit log: "texts=0 encounters=7".
std::string noted(std::string_view answer) {
    std::string words;
    const json::value told = json::parse(answer);
    for (const auto& [name, number] : told.at("too_old").as_object()) {
        words += fmt::format("{}{}={}",
                             words.empty() ? "" : " ",
                             std::string_view(name),
                             number.to_number<std::int64_t>());
    }
    return words;
}

}  // namespace

Result<Exit> keep_retention(const CommandSettings& settings, const RetentionCommand& options) {
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    if (!configuration.retention.has_rules()) {
        return invalid_input(std::string(no_rules));
    }
    const HereOrThere place = TRY(here_or_there(settings));
    if (!place.here && !options.dry_run) {
        return Error{ErrorCode::Conflict,
                     "the server that holds the folder keeps the rules by itself, once a day; "
                     "--dry-run shows what is too old now"};
    }
    const Instant now = SystemClock().now();
    const std::string answer =
        TRY(place.here ? retention_json(configuration.retention, *place.here, now)
                       : place.ask(http::Method::Get, "/api/retention", ""));
    if (!options.dry_run) {
        TRY(forget_refused_also(*place.here, settings));
        TRY(forget_first_answers_also(*place.here, settings));
        TRY(note_here(settings, "retention.keep", noted(answer)));
        TRY(place.here->keep_retention(configuration.retention, now, {}));
    }
    if (options.json) {
        fmt::print("{}\n", answer);
    } else {
        print(json::parse(answer).at("too_old").as_object(), !options.dry_run);
    }
    return Exit::Done;
}

}  // namespace kokemus::app
