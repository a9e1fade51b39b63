#include "intake/record_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kokemus::intake {

namespace {

constexpr std::size_t buffer_bytes = 1024 * 1024;

std::size_t find(const std::vector<char>& buffer, char wanted, std::size_t from, std::size_t to) {
    const void* found = std::memchr(buffer.data() + from, wanted, to - from);
    return found == nullptr
               ? to
               : static_cast<std::size_t>(static_cast<const char*>(found) - buffer.data());
}

}  // namespace

RecordReader::RecordReader(std::unique_ptr<ByteReader> bytes, const Options& options)
    : bytes_(std::move(bytes)),
      options_(options),
      buffer_(buffer_bytes) {}

Result<RecordReader> RecordReader::open(const std::filesystem::path& path, const Options& options) {
    return RecordReader(TRY(ByteReader::open(path)), options);
}

Result<bool> RecordReader::refill() {
    size_ = TRY(bytes_->read(buffer_));
    at_ = 0;
    zero_byte_ = zero_byte_ || std::memchr(buffer_.data(), 0, size_) != nullptr;
    return size_ > 0;
}

/// Counts the bytes up to `to` to the record and steps over them.
void RecordReader::take(std::size_t to) {
    if (to == at_) {
        return;
    }
    if (text_.size() < options_.text_bytes_max) {
        text_.append(buffer_.data() + at_,
                     std::min(to - at_, options_.text_bytes_max - text_.size()));
    }
    last_was_return_ = buffer_[to - 1] == '\r';
    record_.bytes += to - at_;
    offset_ += to - at_;
    at_ = to;
}

bool RecordReader::end_line(std::size_t line_end) {
    take(line_end);
    ++at_;
    ++offset_;
    ++line_;
    return true;
}

/// Outside quotes: to the end of the line, or to a quote that opens a field. Gives whether the
/// record ended.
bool RecordReader::scan_plain() {
    const std::size_t line_end = find(buffer_, options_.line_end, at_, size_);
    const std::size_t quote =
        options_.quote == '\0' ? line_end : find(buffer_, options_.quote, at_, line_end);
    if (quote == line_end) {
        if (line_end < size_) {
            return end_line(line_end);
        }
        take(line_end);
        field_ = buffer_[line_end - 1] == options_.delimiter ? Field::Start : Field::Plain;
        return false;
    }
    const bool opens =
        quote == at_ ? field_ == Field::Start : buffer_[quote - 1] == options_.delimiter;
    take(quote + 1);
    field_ = opens ? Field::Quoted : Field::Plain;
    return false;
}

bool RecordReader::scan_quoted() {
    const std::size_t quote = find(buffer_, options_.quote, at_, size_);
    line_ +=
        static_cast<std::uint64_t>(std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(at_),
                                              buffer_.begin() + static_cast<std::ptrdiff_t>(quote),
                                              options_.line_end));
    if (quote < size_) {
        take(quote + 1);
        field_ = Field::QuoteEnd;
    } else {
        take(size_);
    }
    return false;
}

/// Behind a quote inside a quoted field: a second one stands for itself, everything else closes the
/// field.
bool RecordReader::after_quote() {
    if (buffer_[at_] == options_.quote) {
        take(at_ + 1);
        field_ = Field::Quoted;
        return false;
    }
    field_ = Field::Plain;
    return false;
}

Result<bool> RecordReader::next() {
    record_ = Record{.offset = offset_, .line = line_};
    text_.clear();
    field_ = Field::Start;
    last_was_return_ = false;
    bool ended = false;
    while (!ended) {
        if (at_ == size_ && !TRY(refill())) {
            if (record_.bytes == 0) {
                return false;
            }
            record_.open_quote = field_ == Field::Quoted;
            break;
        }
        switch (field_) {
            case Field::Quoted: ended = scan_quoted(); break;
            case Field::QuoteEnd: ended = after_quote(); break;
            default: ended = scan_plain(); break;
        }
    }
    if (last_was_return_ && options_.line_end == '\n') {
        --record_.bytes;
        if (!text_.empty() && text_.size() == record_.bytes + 1) {
            text_.pop_back();
        }
    }
    record_.blank = record_.bytes == 0;
    return true;
}

std::vector<std::string> split_record(const std::string& text, char delimiter, char quote) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    bool field_start = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            if (c != quote) {
                fields.back() += c;
            } else if (at + 1 < text.size() && text[at + 1] == quote) {
                fields.back() += c;
                ++at;
            } else {
                quoted = false;
            }
        } else if (c == quote && field_start && quote != '\0') {
            quoted = true;
            field_start = false;
        } else if (c == delimiter) {
            fields.emplace_back();
            field_start = true;
        } else {
            fields.back() += c;
            field_start = false;
        }
    }
    return fields;
}

}  // namespace kokemus::intake
