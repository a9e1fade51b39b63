#include "intake/xes_table.h"

#include <map>
#include <memory>
#include <utility>

#include <duckdb.h>
#include <fmt/format.h>

#include "intake/column_types.h"

namespace kokemus::intake {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t keys_max = 2000;

std::string_view type_name(XesType type) {
    switch (type) {
        case XesType::Time: return "TIMESTAMP WITH TIME ZONE";
        case XesType::Whole: return "BIGINT";
        case XesType::Number: return "DOUBLE";
        case XesType::Truth: return "BOOLEAN";
        default: return "VARCHAR";
    }
}

/// The attribute keys of a log with the type each has everywhere, in the order in which they first
/// come.
class Keys {
public:
    Status note(const std::vector<XesAttribute>& attributes, std::string_view prefix) {
        for (const XesAttribute& attribute : attributes) {
            std::string key = std::string(prefix) + attribute.key;
            const auto [found, fresh] = places_.try_emplace(std::move(key), types_.size());
            if (fresh) {
                types_.emplace_back(type_name(attribute.type));
            } else if (types_[found->second] != type_name(attribute.type)) {
                types_[found->second] = "VARCHAR";
            }
        }
        if (types_.size() > keys_max) {
            return invalid_input(
                fmt::format("the log has more than {} different attribute keys", keys_max));
        }
        return {};
    }

    /// The column of a key that was noted.
    std::size_t place(const std::string& key) const { return places_.at(key); }
    std::size_t size() const { return types_.size(); }

    std::vector<StagedColumn> columns() const {
        std::vector<std::string> names(types_.size());
        for (const auto& [key, place] : places_) {
            names[place] = key;
        }
        names = usable_names(names);
        std::vector<StagedColumn> columns;
        for (std::size_t at = 0; at < names.size(); ++at) {
            columns.push_back(StagedColumn{names[at], types_[at]});
        }
        return columns;
    }

private:
    std::map<std::string, std::size_t> places_;
    std::vector<std::string> types_;
};

/// Appends events as rows of texts.
class EventAppender {
public:
    static Result<EventAppender> open(Stage& stage, const std::string& table, const Keys& keys) {
        duckdb_appender appender = nullptr;
        const auto state =
            duckdb_appender_create(static_cast<duckdb_connection>(stage.connection().native()),
                                   "raw",
                                   table.c_str(),
                                   &appender);
        EventAppender made(appender, keys);
        if (state != DuckDBSuccess) {
            return made.error();
        }
        return made;
    }

    Status append(const XesTrace& trace) {
        std::vector<const std::string*> of_trace(keys_.size(), nullptr);
        for (const XesAttribute& attribute : trace.attributes) {
            of_trace[keys_.place(xes_trace_prefix + attribute.key)] = &attribute.value;
        }
        for (const XesEvent& event : trace.events) {
            std::vector<const std::string*> values = of_trace;
            for (const XesAttribute& attribute : event.attributes) {
                values[keys_.place(attribute.key)] = &attribute.value;
            }
            for (const std::string* value : values) {
                if (value == nullptr || value->empty()) {
                    duckdb_append_null(appender_.get());
                } else {
                    duckdb_append_varchar_length(appender_.get(), value->data(), value->size());
                }
            }
            duckdb_append_int64(appender_.get(), static_cast<std::int64_t>(event.line));
            if (duckdb_appender_end_row(appender_.get()) != DuckDBSuccess) {
                return error();
            }
        }
        return {};
    }

    Status finish() {
        if (duckdb_appender_close(appender_.get()) != DuckDBSuccess) {
            return error();
        }
        return {};
    }

private:
    struct Closer {
        void operator()(duckdb_appender appender) const { duckdb_appender_destroy(&appender); }
    };

    EventAppender(duckdb_appender appender, const Keys& keys) : appender_(appender), keys_(keys) {}

    Error error() const {
        const char* message = duckdb_appender_error(appender_.get());
        return duck::to_error(DUCKDB_ERROR_INVALID_INPUT,
                              message == nullptr ? "unknown error" : message);
    }

    std::unique_ptr<_duckdb_appender, Closer> appender_;
    const Keys& keys_;
};

/// The name of a file that reading goes through twice: if it is damaged, the first time says so
/// before anything is kept.
Status read(const fs::path& file, const XesTaker& taker, const StageProgress& progress,
            double share_from) {
    const auto bytes = TRY(ByteReader::open(file));
    std::error_code ignored;
    const auto size = static_cast<double>(fs::file_size(file, ignored));
    const std::string name = file.filename().string();
    XesTaker watched = taker;
    std::uint64_t traces = 0;
    watched.trace = [&](const XesTrace& trace) -> Status {
        if (progress && ++traces % 256 == 0 &&
            !progress(name, share_from + 0.5 * static_cast<double>(bytes->taken()) / size)) {
            return Error{ErrorCode::Cancelled, "stopped"};
        }
        return taker.trace(trace);
    };
    return read_xes(*bytes, name, watched);
}

}  // namespace

Result<XesSurvey> survey_xes(const fs::path& file) {
    XesSurvey survey;
    // Classifiers and extensions stand in front of the first trace, so the reading stops there.
    bool reached_trace = false;
    const XesTaker taker{
        .trace = [&](const XesTrace&) -> Status {
            reached_trace = true;
            return Error{ErrorCode::Cancelled, "seen enough"};
        },
        .classifier =
            [&](const XesClassifier& classifier) { survey.classifiers.push_back(classifier); },
        .extension = [&](std::string_view prefix) { survey.extensions.emplace_back(prefix); }};
    const Status status = read(file, taker, {}, 0);
    if (!status && !reached_trace) {
        return status.error();
    }
    return survey;
}

Status stage_xes(Stage& stage, const Source& source, const fs::path& file,
                 const StageProgress& progress) {
    Keys keys;
    std::uint64_t events = 0;
    const auto note = [&](const XesTrace& trace) -> Status {
        TRY(keys.note(trace.attributes, xes_trace_prefix));
        for (const XesEvent& event : trace.events) {
            TRY(keys.note(event.attributes, ""));
        }
        events += trace.events.size();
        return {};
    };
    TRY(read(file, XesTaker{.trace = note}, progress, 0));
    const std::string file_name = file.filename().string();
    if (events == 0) {
        return invalid_input(
            fmt::format("{} holds no events; there is nothing to import", file_name));
    }
    StagedTable table;
    table.source = source.name;
    table.file_name = file_name;
    table.columns = keys.columns();
    table.places = Places::Stored;
    table.texts = true;
    table.raw = fmt::format("raw.{}", duck::identifier(source.name));
    table.row_number = "rowid + 1";
    std::string columns;
    for (const StagedColumn& column : table.columns) {
        columns += duck::identifier(column.name) + " VARCHAR, ";
    }
    TRY(stage.connection().execute(
        fmt::format("CREATE TABLE {} ({}{} BIGINT)", table.raw, columns, xes_line_column)));
    EventAppender appender = TRY(EventAppender::open(stage, source.name, keys));
    TRY(read(file,
             XesTaker{.trace = [&](const XesTrace& trace) { return appender.append(trace); }},
             progress,
             0.5));
    TRY(appender.finish());
    return stage.add(std::move(table));
}

}  // namespace kokemus::intake
