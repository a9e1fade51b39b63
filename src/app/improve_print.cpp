#include "app/improve_print.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/printable.h"
#include "base/text.h"

namespace kokemus::app {

namespace json = boost::json;

namespace {

std::string text_at(const json::object& object, const char* name) {
    const json::value& value = object.at(name);
    return value.is_string() ? printable(std::string_view(value.as_string())) : std::string();
}

/// A change or a level: four digits that tell.
std::string number_at(const json::object& object, const char* name) {
    const json::value& value = object.at(name);
    return value.is_number() ? fmt::format("{:.4g}", value.to_number<double>()) : "?";
}

std::uint64_t whole_at(const json::object& object, const char* name) {
    return object.at(name).to_number<std::uint64_t>();
}

/// Without what every beginning of a day in UTC ends with.
std::string day_of(const std::string& instant) {
    return instant.ends_with("T00:00:00Z") ? instant.substr(0, 10) : instant;
}

std::string designs_text(const json::object& power) {
    std::string text;
    for (const json::value& row : power.at("designs").as_array()) {
        const json::object& one = row.as_object();
        const bool feasible = one.at("feasible").as_bool();
        text += fmt::format("\n  {} {:<26} {:<7} {}",
                            one.at("design") == power.at("design") ? ">"
                            : feasible                             ? "+"
                                                                   : "-",
                            text_at(one, "design"),
                            text_at(one, "grade"),
                            text_at(one, "words"));
    }
    return text;
}

std::string power_lines(const json::object& power, const json::object& registration) {
    const json::object& level = power.at("level").as_object();
    std::string text =
        fmt::format("{} is {} now", text_at(registration, "metric"), number_at(level, "estimate"));
    if (level.at("enough").as_bool()) {
        text += fmt::format(" ({} to {}, n = {}, {})",
                            number_at(level, "low"),
                            number_at(level, "high"),
                            thousands(static_cast<std::int64_t>(whole_at(level, "n"))),
                            text_at(level, "version"));
    } else {
        text += ": " + text_at(level, "why_not");
    }
    text += fmt::format("\ndesign: {} ({})", text_at(power, "design"), text_at(power, "grade"));
    if (!power.at("known").as_bool()) {
        return text + "\nhistory cannot tell what it would show: " + text_at(power, "why_not");
    }
    text += fmt::format(
        "\nby the end {} {}: a change of {} shows (of {} by one look at the end)\n"
        "confirmed from {} on; were it {}, with a chance of {:.0f} %",
        thousands(static_cast<std::int64_t>(whole_at(power, "planned_n"))),
        text_at(power, "counted"),
        number_at(power, "detectable"),
        number_at(power, "detectable_once"),
        number_at(power, "to_confirm"),
        number_at(registration, "expected"),
        100 * power.at("chance").to_number<double>());
    if (power.at("needed_n").is_number()) {
        text += fmt::format("; {:.0f} % takes {} {}",
                            100 * registration.at("power").to_number<double>(),
                            thousands(static_cast<std::int64_t>(whole_at(power, "needed_n"))),
                            text_at(power, "counted"));
    }
    return text;
}

std::string checks_text(const json::object& look) {
    std::string text;
    for (const json::value& row : look.at("checks").as_array()) {
        const json::object& check = row.as_object();
        text += fmt::format("\n  {} {:<13} {}",
                            check.at("passed").as_bool() ? "+" : "-",
                            text_at(check, "name"),
                            text_at(check, "words"));
    }
    return text;
}

std::string effect_lines(const json::object& look) {
    std::string text = fmt::format("{}: {}", text_at(look, "verdict"), text_at(look, "why"));
    if (!look.at("enough").as_bool()) {
        return text;
    }
    text += fmt::format(
        "\neffect {} ({} to {} by all looks, {} so far; {} to {} were this the only one, {})\n"
        "with it {}, without {}; {} {}; at least what is worth it with a chance of {:.0f} %",
        number_at(look, "estimate"),
        number_at(look, "low"),
        number_at(look, "high"),
        whole_at(look, "looks"),
        number_at(look, "low_once"),
        number_at(look, "high_once"),
        text_at(look, "method"),
        number_at(look, "with"),
        number_at(look, "without"),
        thousands(static_cast<std::int64_t>(whole_at(look, "n"))),
        text_at(look, "counted"),
        100 * look.at("chance_worthwhile").to_number<double>());
    return text + checks_text(look);
}

std::string marks(const json::object& head) {
    std::string text;
    text += head.at("late").as_bool() ? ", registered late" : "";
    text += head.at("withdrawn").is_null() ? "" : ", withdrawn";
    return text;
}

}  // namespace

std::string power_text(const json::object& said) {
    const json::object& registration = said.at("registration").as_object();
    const json::object& power = said.at("power").as_object();
    return power_lines(power, registration) + "\n" + designs_text(power);
}

std::string improvement_text(const json::object& said) {
    const json::object& registration = said.at("registration").as_object();
    std::string text = fmt::format("{}  {}{}\n{}\n{} by {} (worth it from {}), {} to {}\n",
                                   whole_at(said, "id"),
                                   text_at(said, "name"),
                                   marks(said),
                                   text_at(registration, "change"),
                                   text_at(registration, "metric_version"),
                                   number_at(registration, "expected"),
                                   number_at(registration, "worthwhile"),
                                   day_of(text_at(registration, "start")),
                                   day_of(text_at(registration, "until")));
    text += power_lines(said.at("power").as_object(), registration);
    for (const json::value& row : said.at("amendments").as_array()) {
        std::string members;
        for (const json::value& member : row.at("members").as_array()) {
            members += (members.empty() ? "" : ", ") + std::string(member.as_string());
        }
        text += fmt::format("\namended {}: {}{}",
                            day_of(std::string(row.at("at").as_string())),
                            members,
                            row.at("after_start").as_bool() ? " (after the start)" : "");
    }
    const json::value& look = said.at("last_look");
    return text + "\n\n" +
           (look.is_object() ? effect_lines(look.as_object()) : "nobody has looked yet");
}

std::string look_text(const json::object& said) {
    return fmt::format("{}  {}{}\n{}",
                       whole_at(said, "id"),
                       text_at(said, "name"),
                       marks(said),
                       effect_lines(said.at("look").as_object()));
}

std::string list_text(const json::object& said) {
    std::string text;
    for (const json::value& row : said.at("improvements").as_array()) {
        const json::object& one = row.as_object();
        text += fmt::format("{}{:>4}  {:<13}  {:<7}  {}  {} ({}{})",
                            text.empty() ? "" : "\n",
                            whole_at(one, "id"),
                            text_at(one, "verdict"),
                            text_at(one, "grade"),
                            day_of(text_at(one, "start")),
                            text_at(one, "name"),
                            text_at(one, "metric"),
                            marks(one));
    }
    return text.empty() ? "no improvement is registered" : text;
}

std::string verification_text(const json::object& said) {
    if (!said.at("sound").as_bool()) {
        return fmt::format("entry {} of the record is not as it was written",
                           whole_at(said, "first_broken"));
    }
    return fmt::format("{} in the record, each as it was written; its head is {}",
                       count_of(whole_at(said, "entries"), "entry", "entries"),
                       text_at(said, "head"));
}

}  // namespace kokemus::app
