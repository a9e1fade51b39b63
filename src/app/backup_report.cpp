#include "app/backup_report.h"

#include <chrono>

#include <boost/json.hpp>

#include "app/backup_list.h"
#include "app/version.h"
#include "base/log.h"
#include "records/copy.h"

namespace kokemus::app {

Result<std::string> back_up(ledger::Ledger& ledger, const std::filesystem::path& data,
                            const std::filesystem::path& folder, const backup::Say& say) {
    const auto start = std::chrono::steady_clock::now();
    backup::Source source{ledger, data, version};
    if (const auto records = data / backup::records_name; std::filesystem::exists(records)) {
        source.copy_records = [records](const std::filesystem::path& to) {
            return records::copy_sqlite(records, to);
        };
    }
    TRY(note_begun(data, folder, SystemClock().now()));
    const auto done = backup::make_backup(source, folder, SystemClock(), say);
    const Status noted =
        done ? note_backup(data, folder, done->manifest.made_at) : forget_begun(data, folder);
    if (!noted) {
        log_warning("erasures will name this backup as one that was begun: {}",
                    noted.error().message);
    }
    const backup::Made made = TRY(done);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    boost::json::array files;
    for (const auto& file : made.manifest.files) {
        files.push_back(boost::json::value(file.name));
    }
    return boost::json::serialize(
        boost::json::object{{"folder", folder.string()},
                            {"made_at", format_instant(made.manifest.made_at)},
                            {"encounters", made.manifest.encounters},
                            {"customers", made.manifest.customers},
                            {"last_number", made.manifest.last_number},
                            {"files", std::move(files)},
                            {"bytes", made.manifest.bytes()},
                            {"seconds", took.count()},
                            {"appends_waited_seconds", made.appends_waited.count()}});
}

}  // namespace kokemus::app
