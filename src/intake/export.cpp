#include "intake/export.h"

#include <chrono>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/file.h"
#include "base/spreadsheet.h"
#include "base/text.h"
#include "encounter/encounter_json.h"
#include "encounter/properties.h"
#include "intake/export_writer.h"
#include "intake/row_errors.h"
#include "ledger/ledger.h"

namespace kokemus::intake {

namespace {

constexpr std::uint64_t rows_between_ticks = 50'000;

class CsvWriter final : public ExportWriter {
public:
    CsvWriter(FileWriter file, bool is_for_spreadsheet)
        : file_(std::move(file)),
          is_for_spreadsheet_(is_for_spreadsheet) {}

    Status begin(ExportOf of) {
        return file_.write(of == ExportOf::Customers
                               ? "customer,traits\n"
                               : "id,customer,time,sequence,touchpoint,channel,department,employee,"
                                 "thread,score,scale,text,language,value,duration,due,properties,"
                                 "time_clamped\n");
    }

    Status write(const encounter::Encounter& one) override {
        line_.clear();
        text(one.id.value());
        text(one.customer.value());
        text(format_instant(one.time));
        text(std::to_string(one.sequence));
        text(one.touchpoint);
        text(one.channel);
        text(one.department);
        text(one.employee);
        text(one.thread.value());
        number(one.score);
        text(one.scale);
        text(one.text);
        text(one.language);
        number(one.value);
        number(one.duration_seconds);
        text(dues_as_json(one));
        text(one.properties);
        text(one.time_clamped ? "true" : "");
        line_.back() = '\n';
        return file_.write(line_);
    }

    Status write(const encounter::Customer& one) override {
        line_.clear();
        text(one.name.value());
        text(traits_as_json(one));
        line_.back() = '\n';
        return file_.write(line_);
    }

    Status commit() override { return file_.commit(); }

private:
    void text(const std::string& value) {
        line_ += csv_field(is_for_spreadsheet_ ? without_formula(value) : value);
        line_ += ',';
    }

    void number(std::optional<double> value) { text(value ? fmt::format("{}", *value) : ""); }

    FileWriter file_;
    bool is_for_spreadsheet_;
    std::string line_;
};

class JsonLinesWriter final : public ExportWriter {
public:
    explicit JsonLinesWriter(FileWriter file) : file_(std::move(file)) {}

    Status write(const encounter::Encounter& one) override {
        std::string line = encounter::to_json(one);
        if (one.sequence == 0) {  // left out it would become the row's number when imported
            line.back() = ',';
            line += "\"sequence\":0}";
        }
        return file_.write(line + "\n");
    }
    Status write(const encounter::Customer& one) override {
        return file_.write(encounter::to_json(one) + "\n");
    }
    Status commit() override { return file_.commit(); }

private:
    FileWriter file_;
};

Result<ExportFormat> format_of(const ExportOptions& options) {
    if (options.format) {
        return *options.format;
    }
    std::string ending = lower(options.file.extension().string());
    if (!ending.empty()) {
        ending.erase(0, 1);
    }
    if (const auto format = export_format_named(ending)) {
        return *format;
    }
    return invalid_input(fmt::format(
        "the name {} does not say the format; end it in .csv, .parquet, .jsonl or .xes, or give "
        "--format",
        options.file.filename().string()));
}

Result<std::unique_ptr<ExportWriter>> make_writer(const ExportOptions& options) {
    switch (TRY(format_of(options))) {
        case ExportFormat::Csv: return make_csv_writer(options);
        case ExportFormat::JsonLines: return make_json_lines_writer(options);
        case ExportFormat::Parquet: return make_parquet_writer(options);
        case ExportFormat::Xes:
            return options.change_encounter
                       ? Result<std::unique_ptr<ExportWriter>>(invalid_input(
                             "with pseudonyms write .csv, .parquet or .jsonl: XES puts customers "
                             "in the order of their names"))
                       : make_xes_writer(options);
    }
    return internal_error("an export format without a writer");
}

}  // namespace

std::string dues_as_json(const encounter::Encounter& one) {
    if (one.due.empty()) {
        return {};
    }
    boost::json::object dues;
    for (const auto& [promise, due] : one.due) {
        dues[promise] = format_instant(due);
    }
    return boost::json::serialize(dues);
}

std::string traits_as_json(const encounter::Customer& one) {
    boost::json::object traits;
    for (const auto& [trait, value] : one.traits) {
        traits[trait] = value;
    }
    return boost::json::serialize(traits);
}

Result<std::unique_ptr<ExportWriter>> make_csv_writer(const ExportOptions& options) {
    auto writer = std::make_unique<CsvWriter>(TRY(FileWriter::create(options.file)),
                                              options.is_for_spreadsheet);
    TRY(writer->begin(options.of));
    return std::unique_ptr<ExportWriter>(std::move(writer));
}

Result<std::unique_ptr<ExportWriter>> make_json_lines_writer(const ExportOptions& options) {
    return std::unique_ptr<ExportWriter>(
        std::make_unique<JsonLinesWriter>(TRY(FileWriter::create(options.file))));
}

std::optional<ExportFormat> export_format_named(std::string_view name) {
    if (name == "csv") {
        return ExportFormat::Csv;
    }
    if (name == "parquet") {
        return ExportFormat::Parquet;
    }
    if (name == "jsonl" || name == "ndjson") {
        return ExportFormat::JsonLines;
    }
    return name == "xes" ? std::optional(ExportFormat::Xes) : std::nullopt;
}

Result<ExportReport> export_encounters(const ledger::Ledger& ledger, const ExportOptions& options) {
    const auto started = std::chrono::steady_clock::now();
    const std::unique_ptr<ExportWriter> writer = TRY(make_writer(options));
    ExportReport report;
    const auto count = [&]() -> Status {
        if (++report.rows % rows_between_ticks == 0 && options.progress &&
            !options.progress(report.rows)) {
            return Error{ErrorCode::Cancelled, "stopped; no file was written"};
        }
        return {};
    };
    const auto write_customers = [&](std::span<const encounter::Customer> customers) -> Status {
        for (const encounter::Customer& customer : customers) {
            if (options.leaves_out && options.leaves_out(customer.name.value())) {
                continue;
            }
            if (options.change_customer) {
                encounter::Customer changed = customer;
                if (TRY(options.change_customer(changed)) == Export::LeaveOut) {
                    continue;
                }
                TRY(writer->write(changed));
            } else {
                TRY(writer->write(customer));
            }
            TRY(count());
        }
        return {};
    };
    const auto write_entries = [&](std::span<const ledger::Entry> entries) -> Status {
        for (const ledger::Entry& entry : entries) {
            if (options.leaves_out && options.leaves_out(entry.encounter.customer.value())) {
                continue;
            }
            if (options.change_encounter) {
                encounter::Encounter changed = entry.encounter;
                TRY(options.change_encounter(changed));
                TRY(writer->write(changed));
            } else {
                TRY(writer->write(entry.encounter));
            }
            TRY(count());
        }
        return {};
    };
    const Status scanned = options.of == ExportOf::Customers
                               ? ledger.scan_customers(write_customers)
                           : options.change_encounter ? ledger.scan_since(0, write_entries)
                                                      : ledger.scan(write_entries);
    TRY(scanned);
    TRY(writer->commit());
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return report;
}

}  // namespace kokemus::intake
