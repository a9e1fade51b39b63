#include "intake/row_errors.h"

#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/spreadsheet.h"
#include "base/text.h"

namespace kokemus::intake {

namespace {

constexpr std::size_t value_bytes_shown_max = 80;
constexpr std::size_t value_bytes_written_max = 1000;

/// Cuts at a character's boundary.
std::string shortened(const std::string& text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) {
        return text;
    }
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end) + "…";
}

/// People open the list in a spreadsheet, and strangers wrote what is in it.
std::string cell(std::string text) {
    return csv_field(without_formula(std::move(text)));
}

std::string csv_line(const RowError& error) {
    return fmt::format("{},{},{},{},{}\n",
                       cell(error.file),
                       error.line == 0 ? "" : std::to_string(error.line),
                       cell(error.column),
                       cell(shortened(error.value, value_bytes_written_max)),
                       cell(error.reason));
}

}  // namespace

std::string describe(const RowError& error) {
    std::string text = error.file;
    if (error.line > 0) {
        text += fmt::format(" {} {}", error.line_is_row ? "row" : "line", error.line);
    }
    if (!error.column.empty()) {
        text += fmt::format(", column {}", error.column);
    }
    text += ": ";
    if (!error.value.empty()) {
        text += quote(error.value, value_bytes_shown_max) + " ";
    }
    return text + error.reason;
}

RowErrors::RowErrors(std::filesystem::path file) : path_(std::move(file)) {}
RowErrors::~RowErrors() = default;
RowErrors::RowErrors(RowErrors&&) noexcept = default;

Status RowErrors::add(RowError error) {
    ++count_;
    const std::string reason =
        error.column.empty() ? error.reason : error.column + ": " + error.reason;
    if (by_reason_.size() < reasons_max || by_reason_.contains(reason)) {
        ++by_reason_[reason];
    }
    if (!path_.empty() && count_ <= limits::row_errors_kept_max) {
        if (writer_ == nullptr) {
            writer_ = std::make_unique<FileWriter>(TRY(FileWriter::create(path_)));
            TRY(writer_->write("file,line,column,value,reason\n"));
        }
        TRY(writer_->write(csv_line(error)));
    }
    if (examples_.size() < examples_max) {
        examples_.push_back(std::move(error));
    }
    return {};
}

Status RowErrors::finish() {
    if (writer_ != nullptr) {
        TRY(writer_->commit());
    }
    return {};
}

std::optional<std::filesystem::path> RowErrors::written_to() const {
    return writer_ == nullptr ? std::nullopt : std::optional(path_);
}

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"') {
            quoted += '"';
        }
    }
    return quoted + "\"";
}

}  // namespace kokemus::intake
