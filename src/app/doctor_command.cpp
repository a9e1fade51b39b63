#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/doctor.h"
#include "app/kept_blueprint.h"
#include "app/kept_records.h"
#include "app/server_asking.h"
#include "base/clock.h"
#include "base/text.h"
#include "ledger/ledger.h"
#include "records/steps.h"
#include "timeline/snapshot_folder.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using Grade = Symptom::Grade;

std::string_view name_of(Grade grade) {
    switch (grade) {
        case Grade::Well: return "well";
        case Grade::Attention: return "attention";
        case Grade::Fault: break;
    }
    return "fault";
}

Symptom examine_server(const ServerNote::Place& server) {
    const auto about = ask_server(server, http::Method::Get, "/api/about", "");
    if (!about) {
        return {Grade::Fault,
                "server",
                about.error().message,
                fmt::format("process {} holds the folder and does not answer; look at its log",
                            server.pid)};
    }
    return {Grade::Well, "server", fmt::format("process {} answers", server.pid)};
}

Symptom examine_ledger(const std::filesystem::path& data) {
    if (!std::filesystem::exists(data / "ledger")) {
        return {Grade::Well, "ledger", "there is none yet"};
    }
    const auto ledger = ledger::Ledger::open(data);
    if (!ledger) {
        return {Grade::Fault,
                "ledger",
                ledger.error().message,
                "\"kokemus verify\" says what is damaged; docs/backup.md how to restore"};
    }
    const auto totals = (*ledger)->totals();
    if (!totals) {
        return {Grade::Fault, "ledger", totals.error().message, "run \"kokemus verify\""};
    }
    return {Grade::Well,
            "ledger",
            fmt::format("it opens: {} of {}",
                        count_of(totals->encounters, "encounter", "encounters"),
                        count_of(totals->customers, "customer", "customers"))};
}

/// The folder says where the snapshot lies; losing it loses nothing.
Symptom examine_snapshot(const std::filesystem::path& data) {
    const auto facts = timeline::SnapshotFolder(data / "timeline").facts();
    if (!facts) {
        return {Grade::Attention,
                "snapshot",
                facts.error().message,
                "the next start reads the ledger instead and makes a new one"};
    }
    if (!*facts) {
        return {Grade::Well, "snapshot", "there is none; a start reads the ledger"};
    }
    return {Grade::Well,
            "snapshot",
            fmt::format("it holds {}, as of {}",
                        count_of((*facts)->encounters, "encounter", "encounters"),
                        format_instant((*facts)->written_at))};
}

Symptom examine_blueprint(const std::filesystem::path& data) {
    const auto text = blueprint_text_in(data);
    const auto read = text ? read_blueprint_text(*text, (data / blueprint_file).string())
                           : Result<std::shared_ptr<const blueprint::Blueprint>>(text.error());
    if (!read) {
        return {Grade::Fault,
                "blueprint",
                read.error().message,
                "mend it (\"kokemus check FILE\" reads one alone), or write over it what was in "
                "force (\"kokemus blueprint show N\")"};
    }
    return {Grade::Well, "blueprint", text->empty() ? "there is none yet" : "it reads"};
}

/// Without the key nothing that was sealed opens, and a new one must not take its place.
std::optional<Symptom> examine_seal_key(const Configuration& configuration,
                                        const std::filesystem::path& data) {
    const std::filesystem::path key = seal_key_file(configuration, data);
    std::error_code failure;
    if (!std::filesystem::exists(key, failure)) {
        return Symptom{
            Grade::Fault,
            "records",
            fmt::format("the key that seals their secrets is not there: {}", key.string()),
            "put it back from where you keep a copy (it is in no backup); a start "
            "without it makes a new one, and second factors and webhooks' secrets are "
            "lost"};
    }
    if (const auto seal = seal::Seal::open(key); !seal) {
        return Symptom{Grade::Fault, "records", seal.error().message, "docs/operations.md"};
    }
    return std::nullopt;
}

/// Looks, and makes or changes nothing.
Symptom examine_records(const Configuration& configuration, const std::filesystem::path& data) {
    const auto address = records::read_address(configuration.records, data);
    if (address && address->dialect == records::Dialect::Sqlite &&
        !std::filesystem::exists(address->file)) {
        return {Grade::Well, "records", "there are none yet; the first start makes them"};
    }
    const auto steps = address ? records::steps_to_come(*address, all_schemas())
                               : Result<std::size_t>(address.error());
    if (!steps) {
        return {Grade::Fault,
                "records",
                steps.error().message,
                "look at store and seal_key under [records], and at the database's own log"};
    }
    if (auto symptom = examine_seal_key(configuration, data)) {
        return *symptom;
    }
    if (*steps > 0) {
        return {Grade::Well,
                "records",
                fmt::format("{} opens; the next start brings its tables up", address->shown)};
    }
    return {Grade::Well, "records", fmt::format("{} opens", address->shown)};
}

void print(const Symptoms& symptoms, const DoctorCommand& options) {
    json::array rows;
    for (const Symptom& symptom : symptoms) {
        if (options.json) {
            rows.push_back(json::object{{"what", symptom.what},
                                        {"grade", name_of(symptom.grade)},
                                        {"found", symptom.found},
                                        {"advice", symptom.advice}});
            continue;
        }
        fmt::print("{:<10} {}: {}\n", name_of(symptom.grade), symptom.what, symptom.found);
        if (!symptom.advice.empty()) {
            fmt::print("{:<10}   {}\n", "", symptom.advice);
        }
    }
    if (options.json) {
        fmt::print("{}\n", json::serialize(json::object{{"symptoms", std::move(rows)}}));
    }
}

}  // namespace

Result<Exit> doctor(const CommandSettings& settings, const DoctorCommand& options) {
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    Symptoms symptoms = examine_machine(settings.data);
    const bool has_folder = std::filesystem::exists(settings.data);
    const auto server = ServerNote::read(settings.data);
    const auto add = [&](Symptom symptom) { symptoms.push_back(std::move(symptom)); };
    if (has_folder) {
        add(server ? examine_server(*server) : examine_ledger(settings.data));
        add(examine_records(configuration, settings.data));
        add(examine_snapshot(settings.data));
        add(examine_blueprint(settings.data));
    }
    for (Symptom& symptom : examine_surroundings(configuration)) {
        // The server's own port is not free, and that is as it should be.
        if (!server || symptom.what != "port") {
            add(std::move(symptom));
        }
    }
    for (Symptom& symptom : examine_certificate(configuration, SystemClock().now())) {
        add(std::move(symptom));
    }
    print(symptoms, options);
    const auto worst = std::ranges::max_element(symptoms, {}, &Symptom::grade)->grade;
    return worst == Grade::Well        ? Exit::Done
           : worst == Grade::Attention ? Exit::Attention
                                       : Exit::Fault;
}

}  // namespace kokemus::app
