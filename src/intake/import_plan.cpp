#include "intake/import_plan.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/limits.h"
#include "intake/implied_map.h"
#include "intake/row_builder.h"

namespace kokemus::intake {

namespace {

namespace fs = std::filesystem;

StageProgress stage_progress(const ImportOptions& options) {
    if (!options.progress) {
        return {};
    }
    return [&options](std::string_view doing, double share) {
        return options.progress(
            ImportProgress{.doing = fmt::format("reading {}", doing), .share = share});
    };
}

}  // namespace

Result<ImportPlan> ImportPlan::read(const ImportOptions& options) {
    ImportPlan plan;
    if (options.map) {
        if (!options.files.empty()) {
            return invalid_input(
                "give either files or a map, not both; the map names its files itself");
        }
        const std::string text = TRY(read_file(*options.map, limits::blueprint_bytes_max));
        plan.map_ = TRY(read_map(text, options.map->filename().string()));
        return plan;
    }
    if (options.files.empty()) {
        return invalid_input("there is nothing to import; name a file, or a map with --map");
    }
    plan.implied_ = true;
    plan.map_.title = "import";
    for (const fs::path& file : options.files) {
        Source source;
        source.name = options.files.size() == 1
                          ? "file"
                          : fmt::format("file {}", plan.map_.sources.size() + 1);
        source.file = fs::absolute(file).string();
        plan.map_.sources.push_back(std::move(source));
    }
    return plan;
}

Status ImportPlan::load_sources(Stage& stage, const ImportOptions& options, RowErrors& errors,
                                std::vector<std::string>& notes) {
    const fs::path folder = !options.from.empty() ? options.from
                            : options.map         ? options.map->parent_path()
                                                  : fs::path();
    for (const Source& source : map_.sources) {
        if (source.file.empty()) {
            continue;
        }
        const fs::path file =
            fs::path(source.file).is_absolute() ? fs::path(source.file) : folder / source.file;
        std::error_code ignored;
        if (!fs::exists(file, ignored)) {
            const std::string where =
                implied_ ? ""
                         : fmt::format(
                               "{} line {}: source `{}`: ", map_.title, source.line, source.name);
            return not_found(fmt::format(
                "{}there is no file {}{}",
                where,
                file.string(),
                implied_ || !options.from.empty() ? "" : "; say where it is with --from FOLDER"));
        }
        TRY(stage.load(source, file, errors, stage_progress(options)));
        files_.emplace_back(source.name, file);
        if (stage.table(source.name)->rows == 0) {
            notes.push_back(fmt::format("{} has no rows", file.filename().string()));
        }
    }
    return {};
}

Status ImportPlan::imply_blocks(Stage& stage, const std::string& source, const fs::path& file,
                                std::vector<std::string>& notes) {
    const StagedTable& table = *stage.table(source);
    if (table.places == Places::Stored) {
        return imply_xes_blocks(stage, table, file, map_, notes);
    }
    return imply_table_blocks(table, map_, notes);
}

/// Every fault of every expression is said, not the first alone.
Status ImportPlan::bind(Stage& stage) {
    std::string faults;
    const auto note = [&](const Error& error) {
        faults += (faults.empty() ? "" : "\n") + error.message;
    };
    for (const EncounterBlock& block : map_.encounters) {
        auto bound =
            bind_block(stage, map_, *stage.table(block.from), block.where, slots_of(block));
        if (!bound) {
            note(bound.error());
            continue;
        }
        // The rows of one file, or of all sources of one map, are numbered together where they are
        // equal.
        if (implied_ || identities_ == 0) {
            ++identities_;
        }
        rows_total_ += bound->table->rows;
        encounters_.push_back(Encounters{std::move(*bound), identities_ - 1});
    }
    for (const CustomerBlock& block : map_.customers) {
        auto bound =
            bind_block(stage, map_, *stage.table(block.from), block.where, slots_of(block));
        if (!bound) {
            note(bound.error());
            continue;
        }
        customers_.push_back(std::move(*bound));
    }
    return faults.empty() ? Status() : Status(invalid_input(faults));
}

Status ImportPlan::load(Stage& stage, const ImportOptions& options, RowErrors& errors,
                        std::vector<std::string>& notes) {
    TRY(load_sources(stage, options, errors, notes));
    for (auto file = files_.begin(); implied_ && file != files_.end(); ++file) {
        TRY(imply_blocks(stage, file->first, file->second, notes));
    }
    TRY(stage.lock(map_.time_zone));
    for (const Source& source : map_.sources) {
        if (source.file.empty()) {
            TRY(stage.run_query(source, map_.title, errors, stage_progress(options)));
        }
    }
    return bind(stage);
}

}  // namespace kokemus::intake
