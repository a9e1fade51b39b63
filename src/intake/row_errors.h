#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace kokemus {
class FileWriter;
}

namespace kokemus::intake {

/// Why one row, or one value of it, was not taken.
struct RowError {
    std::string file;          ///< name of the file or source
    std::uint64_t line = 0;    ///< counted from 1; 0: the whole file
    bool line_is_row = false;  ///< `line` counts rows: sources without lines (Parquet, queries)
    std::string column = {};   ///< empty: the whole row
    std::string value = {};
    std::string reason = {};  ///< continues the sentence: "is not a number"

    friend bool operator==(const RowError&, const RowError&) = default;
};

/// `orders.csv line 12, column score: "eleven" is not a number`
std::string describe(const RowError& error);

/// Counts row errors, keeps the first few for the report and writes them all (up to
/// limits::row_errors_kept_max) as CSV to a file, which is made when the first one comes. Not
/// thread safe.
class RowErrors {
public:
    /// An empty path: none are written.
    explicit RowErrors(std::filesystem::path file);
    ~RowErrors();
    RowErrors(RowErrors&&) noexcept;

    /// Fails only when the file cannot be written.
    Status add(RowError error);

    /// Puts the file in its place. Without errors an older file of that name is left alone.
    Status finish();

    std::uint64_t count() const { return count_; }

    /// The first ones, at most `examples_max`.
    const std::vector<RowError>& examples() const { return examples_; }

    /// How often each reason came, by "column: reason".
    const std::map<std::string, std::uint64_t>& by_reason() const { return by_reason_; }

    /// Where they were written; nothing when there are none.
    std::optional<std::filesystem::path> written_to() const;

    static constexpr std::size_t examples_max = 20;
    static constexpr std::size_t reasons_max = 1000;

private:
    std::filesystem::path path_;
    std::unique_ptr<FileWriter> writer_;
    std::uint64_t count_ = 0;
    std::vector<RowError> examples_;
    std::map<std::string, std::uint64_t> by_reason_;
};

/// One field of a CSV line, in quotes where it needs them.
std::string csv_field(const std::string& text);

}  // namespace kokemus::intake
