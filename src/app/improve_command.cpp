#include "app/improve_command.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/configuration.h"
#include "app/improve_print.h"
#include "app/improvement_desk.h"
#include "app/note_here.h"
#include "app/organisation.h"
#include "app/server_asking.h"
#include "app/sight.h"
#include "base/file.h"
#include "improve/improvement_json.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

constexpr std::size_t file_bytes_max = 1 << 20U;
constexpr std::size_t listed_max = 200;

/// What is there to work with where no server holds the folder.
struct Here {
    improve::Improvements& improvements;
    improve::Store& store;
    const improve::Observer& observer;
    improve::Writer writer;
};

using DoneHere = std::function<Result<std::string>(const Here&)>;

Result<std::string> done_here(const CommandSettings& settings, Organisation& organisation,
                              const DoneHere& done) {
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    ImprovementDesk desk(TRY(open_records(configuration, settings.data)));
    const auto snapshot = TRY(organisation.snapshot());
    const blueprint::Blueprint& blueprint = *snapshot->blueprint;
    const improve::Observer observer(
        *snapshot->engine, blueprint, snapshot->latest, [&](question::Question question) {
            return Result<question::Question>(of_who_agree(std::move(question), blueprint));
        });
    const improve::Writer writer{
        "operator",
        [&](std::string_view action, std::int64_t improvement, const std::string& note) {
            const std::string subject =
                improvement > 0 ? fmt::format("improvement={} ", improvement) : "";
            return note_here(settings, action, subject + note);
        }};
    return done({desk.improvements, desk.store, observer, writer});
}

/// By the server that holds the folder, else here.
Result<std::string> done(const CommandSettings& settings, http::Method method,
                         const std::string& path, const std::string& body, const DoneHere& here) {
    const HereOrThere place = TRY(here_or_there(settings));
    return place.there ? place.ask(method, path, body) : done_here(settings, *place.here, here);
}

void put(json::object& body, const char* name, const std::string& text) {
    if (!text.empty()) {
        body[name] = text;
    }
}

void put(json::object& body, const char* name, const std::optional<double>& number) {
    if (number) {
        body[name] = *number;
    }
}

void put(json::object& body, const char* name, bool flag) {
    if (flag) {
        body[name] = true;
    }
}

Status put_starts(json::object& body, const std::vector<std::string>& starts) {
    if (starts.empty()) {
        return {};
    }
    json::object units;
    for (const std::string& one : starts) {
        const std::size_t at = one.rfind('=');
        if (at == std::string::npos || at == 0 || at + 1 == one.size()) {
            return invalid_input("--unit-start: write UNIT=DAY, as 'Crew 5=2026-03-02'");
        }
        units[one.substr(0, at)] = one.substr(at + 1);
    }
    body["starts"] = std::move(units);
    return {};
}

Result<json::object> sent_by(const ImproveCommand& options) {
    json::object body;
    if (!options.file.empty()) {
        json::error_code fault;
        json::value read = json::parse(TRY(read_file(options.file, file_bytes_max)), fault);
        if (fault || !read.is_object()) {
            return invalid_input(
                fmt::format("{}: is no JSON object of a registration", options.file.string()));
        }
        body = std::move(read.as_object());
    }
    for (const auto& [name, text] : {std::pair{"name", &options.name},
                                     std::pair{"change", &options.change},
                                     std::pair{"hypothesis", &options.hypothesis},
                                     std::pair{"owner", &options.owner},
                                     std::pair{"metric", &options.metric},
                                     std::pair{"per", &options.per},
                                     std::pair{"population", &options.population},
                                     std::pair{"comparison", &options.comparison},
                                     std::pair{"units", &options.units},
                                     std::pair{"start", &options.start},
                                     std::pair{"until", &options.until},
                                     std::pair{"design", &options.design},
                                     std::pair{"proof", &options.proof}}) {
        put(body, name, *text);
    }
    for (const auto& [name, number] : {std::pair{"expected", &options.expected},
                                       std::pair{"worthwhile", &options.worthwhile},
                                       std::pair{"share", &options.share},
                                       std::pair{"alpha", &options.alpha},
                                       std::pair{"power", &options.power}}) {
        put(body, name, *number);
    }
    TRY(put_starts(body, options.starts));
    if (options.seed) {
        body["seed"] = *options.seed;
    }
    if (options.by_lot) {
        body["assignment"] = "lot";
    }
    put(body, "were_worst", options.were_worst);
    put(body, "late", options.late);
    put(body, "underpowered", options.underpowered);
    put(body, "dry_run", options.dry_run);
    if (!options.driver_factor.empty()) {
        body["from_driver"] =
            json::object{{"question", options.driver_question}, {"factor", options.driver_factor}};
    }
    return body;
}

/// As JSON, or by `print`.
template <typename Print>
void shown(const std::string& text, bool as_json, const Print& print) {
    fmt::print("{}\n", as_json ? text : print(json::parse(text).as_object()));
}

std::string address_of(const ImproveCommand& options, std::string_view rest = {}) {
    return fmt::format("/api/improvements/{}{}", options.id, rest);
}

Result<std::string> listed(const Here& here) {
    json::array rows;
    for (const auto& one : TRY(here.store.list(0, listed_max))) {
        rows.push_back(improve::head_json(one));
    }
    return json::serialize(json::object{{"improvements", std::move(rows)}, {"next", nullptr}});
}

Exit exit_of(const json::object& look) {
    const std::string_view verdict = look.at("verdict").as_string();
    if (verdict == "confirmed") {
        return Exit::Done;
    }
    const bool is_over = look.at("look").at("until").as_string() == look.at("until").as_string();
    return verdict == "not-yet-known" && !is_over ? Exit::Done : Exit::Attention;
}

}  // namespace

Result<Exit> register_improvement(const CommandSettings& settings, const ImproveCommand& options) {
    const std::string body = json::serialize(TRY(sent_by(options)));
    const std::string text =
        TRY(done(settings, http::Method::Post, "/api/improvements", body, [&](const Here& here) {
            return here.improvements.add(here.observer, body, here.writer);
        }));
    shown(text, options.json, options.dry_run ? power_text : improvement_text);
    return Exit::Done;
}

Result<Exit> power_of_improvement(const CommandSettings& settings, const ImproveCommand& options) {
    const std::string body = json::serialize(TRY(sent_by(options)));
    const std::string text = TRY(
        done(settings, http::Method::Post, "/api/improvements/power", body, [&](const Here& here) {
            return here.improvements.power(here.observer, body);
        }));
    shown(text, options.json, power_text);
    const json::value said = json::parse(text);
    return said.at("can_be_seen").as_bool() ? Exit::Done : Exit::Attention;
}

Result<Exit> list_improvements(const CommandSettings& settings, const ImproveCommand& options) {
    const std::string path = fmt::format("/api/improvements?limit={}", listed_max);
    const std::string text = TRY(done(settings, http::Method::Get, path, "", listed));
    shown(text, options.json, list_text);
    return Exit::Done;
}

Result<Exit> show_improvement(const CommandSettings& settings, const ImproveCommand& options) {
    const std::string text =
        TRY(done(settings, http::Method::Get, address_of(options), "", [&](const Here& here) {
            return here.improvements.show(options.id);
        }));
    shown(text, options.json, improvement_text);
    return Exit::Done;
}

Result<Exit> look_at_improvement(const CommandSettings& settings, const ImproveCommand& options) {
    const std::string text = TRY(done(
        settings, http::Method::Post, address_of(options, "/looks"), "{}", [&](const Here& here) {
            return here.improvements.look(here.observer, options.id, here.writer);
        }));
    shown(text, options.json, look_text);
    return exit_of(json::parse(text).as_object());
}

Result<Exit> amend_improvement(const CommandSettings& settings, const ImproveCommand& options) {
    const std::string body = json::serialize(TRY(sent_by(options)));
    const std::string text =
        TRY(done(settings, http::Method::Patch, address_of(options), body, [&](const Here& here) {
            return here.improvements.amend(
                here.observer, options.id, body, std::nullopt, here.writer);
        }));
    shown(text, options.json, improvement_text);
    return Exit::Done;
}

Result<Exit> withdraw_improvement(const CommandSettings& settings, const ImproveCommand& options) {
    std::string path = address_of(options);
    if (!options.reason.empty()) {
        path += "?reason=";
        for (const char letter : options.reason) {
            path += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
        }
    }
    const std::string text =
        TRY(done(settings, http::Method::Delete, path, "", [&](const Here& here) {
            return here.improvements.withdraw(
                options.id, options.reason, std::nullopt, here.writer);
        }));
    shown(text, options.json, improvement_text);
    return Exit::Done;
}

Result<Exit> check_improvements(const CommandSettings& settings, const ImproveCommand& options) {
    const std::string text = TRY(done(
        settings, http::Method::Get, "/api/improvements/verification", "", [](const Here& here) {
            return here.improvements.verify();
        }));
    shown(text, options.json, verification_text);
    return json::parse(text).at("sound").as_bool() ? Exit::Done : Exit::Attention;
}

}  // namespace kokemus::app
