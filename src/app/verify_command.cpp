#include <chrono>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/progress_line.h"
#include "backup/verify.h"
#include "base/text.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& texts) {
    json::array out;
    for (const std::string& text : texts) {
        out.push_back(json::value(text));
    }
    return out;
}

std::string to_json(const std::filesystem::path& folder, const backup::Verified& found,
                    double seconds) {
    const bool is_sound = found.damage.empty();
    const auto counted = [&](std::uint64_t count) {
        return is_sound ? json::value(count) : json::value(nullptr);
    };
    return json::serialize(json::object{
        {"folder", folder.string()},
        {"kind", found.kind == backup::Verified::Kind::Backup ? "backup" : "data"},
        {"sound", is_sound},
        {"damage", texts(found.damage)},
        {"remarks", texts(found.remarks)},
        {"ledger_version", counted(static_cast<std::uint64_t>(found.ledger.version))},
        {"encounters", counted(found.ledger.encounters)},
        {"customers", counted(found.ledger.customers)},
        {"last_number", counted(found.ledger.last_number)},
        {"timeline_encounters",
         found.timeline_encounters ? json::value(*found.timeline_encounters) : json::value()},
        {"bytes", found.bytes},
        {"seconds", seconds}});
}

void print(const std::filesystem::path& folder, const backup::Verified& found, double seconds) {
    for (const std::string& one : found.damage) {
        fmt::print("DAMAGED  {}\n", one);
    }
    for (const std::string& one : found.remarks) {
        fmt::print("remark   {}\n", one);
    }
    const bool is_backup = found.kind == backup::Verified::Kind::Backup;
    const std::string named =
        fmt::format("{} {}", is_backup ? "the backup" : "the data folder", folder.string());
    if (!found.damage.empty()) {
        fmt::print("{} is damaged; {}\n",
                   named,
                   is_backup
                       ? "take another backup"
                       : "restore a backup (kokemus restore) if more than the snapshot is named");
        return;
    }
    fmt::print("{} is sound: {} of {}{} ({} MB read in {:.1f} s)\n",
               named,
               count_of(found.ledger.encounters, "encounter", "encounters"),
               count_of(found.ledger.customers, "customer", "customers"),
               found.timeline_encounters
                   ? fmt::format(", {} of them compared with the timeline",
                                 thousands(static_cast<std::int64_t>(*found.timeline_encounters)))
                   : "",
               found.bytes / 1'000'000,
               seconds);
}

}  // namespace

Result<Exit> verify_data(const CommandSettings& settings, const VerifyCommand& options) {
    const auto start = std::chrono::steady_clock::now();
    const std::filesystem::path folder = options.folder.empty() ? settings.data : options.folder;
    const backup::Verified found = TRY([&] {
        ProgressLine progress(!settings.quiet);
        return backup::verify(folder, [&](std::string_view what) { progress.show(what); });
    }());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (options.json) {
        fmt::print("{}\n", to_json(folder, found, took.count()));
    } else {
        print(folder, found, took.count());
    }
    return found.damage.empty() ? Exit::Done : Exit::Attention;
}

}  // namespace kokemus::app
