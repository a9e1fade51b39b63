#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kokemus::encounter {
struct Encounter;
struct Customer;
}  // namespace kokemus::encounter

namespace kokemus::ledger {
class Ledger;
}

namespace kokemus::intake {

enum class ExportFormat { Csv, Parquet, JsonLines, Xes };
enum class ExportOf { Encounters, Customers };
enum class Export { Write, LeaveOut };

struct ExportOptions {
    std::filesystem::path file;
    std::optional<ExportFormat> format = {};  ///< absent: by the file's name
    ExportOf of = ExportOf::Encounters;       ///< customers: with their traits; not as XES
    std::filesystem::path temporary_folder = {};

    /// Of a CSV: cells that a spreadsheet would calculate get an apostrophe in front. Imported
    /// again such cells are others; without it all are as they were.
    bool is_for_spreadsheet = false;

    /// Change what is written, where given: pseudonyms. Then encounters come in the order in which
    /// they came into the ledger, since that of names would tell of them; not as XES, which needs
    /// it. Customers may be left out.
    std::function<Status(encounter::Encounter&)> change_encounter = {};
    std::function<Result<Export>(encounter::Customer&)> change_customer = {};

    /// Says of whom nothing is written, where given.
    std::function<bool(const std::string& customer)> leaves_out = {};

    /// Called now and then with the rows so far; false stops and leaves no file.
    std::function<bool(std::uint64_t rows)> progress = {};
};

struct ExportReport {
    std::uint64_t rows = 0;
    double seconds = 0;
};

/// Writes all encounters (or customers) of the ledger to a file, in the order of the ledger's scan,
/// so that importing the file into an empty ledger gives the same again, byte for byte. The file is
/// there as a whole or not at all; one of that name is replaced. Streams: memory does not grow with
/// the ledger, but for XES with the encounters of a single customer.
Result<ExportReport> export_encounters(const ledger::Ledger& ledger, const ExportOptions& options);

/// "csv", "parquet", "jsonl", "xes"; nothing for other words.
std::optional<ExportFormat> export_format_named(std::string_view name);

}  // namespace kokemus::intake
