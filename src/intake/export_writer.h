#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"
#include "encounter/encounter.h"
#include "intake/export.h"

namespace kokemus::intake {

/// Takes encounters or customers in the order of the ledger and makes one file of them.
class ExportWriter {
public:
    virtual ~ExportWriter() = default;
    virtual Status write(const encounter::Encounter& one) = 0;
    virtual Status write(const encounter::Customer& one) = 0;

    /// Puts the file in its place, durably. Without it nothing stays.
    virtual Status commit() = 0;
};

// One maker per format.
Result<std::unique_ptr<ExportWriter>> make_csv_writer(const ExportOptions& options);
Result<std::unique_ptr<ExportWriter>> make_json_lines_writer(const ExportOptions& options);
Result<std::unique_ptr<ExportWriter>> make_parquet_writer(const ExportOptions& options);
Result<std::unique_ptr<ExportWriter>> make_xes_writer(const ExportOptions& options);

/// {"delivery":"2026-01-05T00:00:00Z"}; empty when there are none.
std::string dues_as_json(const encounter::Encounter& one);

/// {"city":"Turku","plan":"gold"}
std::string traits_as_json(const encounter::Customer& one);

}  // namespace kokemus::intake
