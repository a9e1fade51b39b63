#include "app/watch_command.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/printable.h"
#include "app/server_asking.h"
#include "app/sight.h"
#include "watch/watch_json.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

std::string encoded(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        out += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return out;
}

std::string address_of(const WatchWords& words) {
    std::string address = "/api/watch";
    for (const auto& [name, value] : {std::pair{"metric", &words.metric},
                                      std::pair{"by", &words.by},
                                      std::pair{"false_alarms", &words.false_alarms},
                                      std::pair{"days", &words.days},
                                      std::pair{"history", &words.history},
                                      std::pair{"minimum", &words.minimum}}) {
        if (!value->empty()) {
            address += fmt::format("{}{}={}",
                                   address.find('?') == std::string::npos ? '?' : '&',
                                   name,
                                   encoded(*value));
        }
    }
    return address;
}

Result<std::string> looked_out_here(Organisation& organisation, const WatchWords& words) {
    const watch::Wanted wanted = TRY(wanted_of(words));
    const auto snapshot = TRY(organisation.snapshot());
    const blueprint::Blueprint& blueprint = *snapshot->blueprint;
    const watch::LookOut found = TRY(watch::look_out(
        {*snapshot->engine,
         blueprint,
         snapshot->latest,
         [&](question::Question question) {
             return Result<question::Question>(of_who_agree(std::move(question), blueprint));
         },
         [](std::uint64_t /*customers*/) { return true; }},
        wanted));
    return json::serialize(watch::to_json(found));
}

std::string words_of(const json::value& text) {
    return printable(std::string_view(text.as_string()));
}

void print_series(const json::object& one) {
    std::string name = words_of(one.at("metric"));
    if (!one.at("by").as_string().empty()) {
        name += fmt::format(", {} {}", words_of(one.at("by")), words_of(one.at("value")));
    }
    if (!one.at("known").as_bool()) {
        fmt::print("  ?      {:<44} {}\n", name, words_of(one.at("why_not")));
        return;
    }
    const bool alarm = one.at("alarm").as_bool();
    fmt::print("  {:<6} {:<44} {:.3g} where {:.3g} is usual; {:.1f} of {:.1f}{}{}\n",
               alarm                       ? "ALARM"
               : one.at("small").as_bool() ? "small"
                                           : "",
               name,
               one.at("now").to_number<double>(),
               one.at("usual").to_number<double>(),
               one.at("sum").to_number<double>(),
               one.at("limit").to_number<double>(),
               one.at("since").is_string() ? ", since " : "",
               one.at("since").is_string() ? words_of(one.at("since")).substr(0, 10) : "");
}

void print_leading(const json::object& one) {
    std::string name = words_of(one.at("name"));
    if (!one.at("subject").as_string().empty()) {
        name += ", " + words_of(one.at("subject"));
    }
    fmt::print("  {:<6} {:<44} {:.1f} % ({} of {})",
               one.at("worse").as_bool() ? "WORSE" : "",
               name,
               100 * one.at("share").to_number<double>(),
               one.at("part").to_number<std::uint64_t>(),
               one.at("n").to_number<std::uint64_t>());
    if (one.at("change").is_number()) {
        fmt::print("; {:+.1f} points ({:+.1f} to {:+.1f}) against the eight weeks before",
                   100 * one.at("change").to_number<double>(),
                   100 * one.at("change_low").to_number<double>(),
                   100 * one.at("change_high").to_number<double>());
    }
    fmt::print("\n");
}

void print(const json::object& said) {
    fmt::print("{} in alarm of {} series, {:g} false alarms a week allowed, until {}\n",
               said.at("alarms").to_number<std::uint64_t>(),
               said.at("series").as_array().size(),
               said.at("false_alarms").to_number<double>(),
               words_of(said.at("latest")));
    for (const json::value& one : said.at("series").as_array()) {
        print_series(one.as_object());
    }
    fmt::print("What runs ahead:\n");
    for (const json::value& one : said.at("leading").as_array()) {
        print_leading(one.as_object());
    }
}

}  // namespace

Result<Exit> watch_out(const CommandSettings& settings, const WatchCommand& options) {
    const HereOrThere place = TRY(here_or_there(settings));
    const std::string text = place.there
                                 ? TRY(place.ask(http::Method::Get, address_of(options.words), ""))
                                 : TRY(looked_out_here(*place.here, options.words));
    const json::value said = json::parse(text);
    if (options.json) {
        fmt::print("{}\n", text);
    } else {
        print(said.as_object());
    }
    return said.at("alarms").to_number<std::uint64_t>() > 0 ? Exit::Attention : Exit::Done;
}

}  // namespace kokemus::app
