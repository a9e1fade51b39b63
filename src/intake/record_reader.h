#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/byte_reader.h"

namespace kokemus::intake {

/// Where one record of a text file stands. A record is a line, or several when a quoted field holds
/// line breaks.
struct Record {
    std::uint64_t offset = 0;  ///< of its first byte
    std::uint64_t line = 0;    ///< of its first byte, counted from 1
    std::uint64_t bytes = 0;   ///< without the line end
    bool blank = false;        ///< nothing but the line end
    bool open_quote = false;   ///< the file ended inside a quoted field
};

/// Finds the records of a plain text file one after the other, so that messages can name the exact
/// line and nothing that the table reader leaves out goes unseen. Quotes count at the start of a
/// field only. Not thread safe.
class RecordReader {
public:
    struct Options {
        char delimiter = ',';
        char quote = '"';                ///< '\0': fields are never quoted
        char line_end = '\n';            ///< '\r' in files of very old Macs
        std::size_t text_bytes_max = 0;  ///< how much of each record's text to keep for `text()`
    };

    static Result<RecordReader> open(const std::filesystem::path& path, const Options& options);

    /// Steps to the next record; false at the end.
    Result<bool> next();

    const Record& record() const { return record_; }

    /// The first bytes of the record, without the line end.
    const std::string& text() const { return text_; }

    /// Whether a zero byte was met so far: then this is no text.
    bool zero_byte() const { return zero_byte_; }

private:
    enum class Field { Start, Plain, Quoted, QuoteEnd };

    RecordReader(std::unique_ptr<ByteReader> bytes, const Options& options);

    Result<bool> refill();
    bool scan_plain();
    bool scan_quoted();
    bool after_quote();
    bool end_line(std::size_t line_end);
    void take(std::size_t to);

    std::unique_ptr<ByteReader> bytes_;
    Options options_;
    std::vector<char> buffer_;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    std::uint64_t offset_ = 0;  ///< in the file, of `at_`
    std::uint64_t line_ = 1;
    Field field_ = Field::Start;
    bool last_was_return_ = false;
    bool zero_byte_ = false;
    Record record_;
    std::string text_;
};

/// The fields of one record, quotes taken away.
std::vector<std::string> split_record(const std::string& text, char delimiter, char quote);

}  // namespace kokemus::intake
