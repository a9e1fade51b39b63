#include "intake/csv_walk.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "intake/record_reader.h"

namespace kokemus::intake {

namespace {

/// Of a refused record, as it is shown.
constexpr std::size_t shown_bytes_max = 200;

std::optional<std::string> reason_to_leave_out(const Record& record, const CsvReject* reject) {
    if (record.open_quote) {
        return fmt::format(
            "a quote is opened in this row and never closed, so that all {} bytes behind it count "
            "as one text",
            record.bytes);
    }
    if (reject != nullptr) {
        return reject->reason;
    }
    if (record.bytes > limits::line_bytes_max) {
        return fmt::format("the line is longer than {} bytes", limits::line_bytes_max);
    }
    return std::nullopt;
}

}  // namespace

Result<CsvWalk::Counted> CsvWalk::walk(const std::vector<CsvReject>& rejects, Saying saying) {
    RecordReader::Options options = table_.record_options;
    options.text_bytes_max = saying == Saying::Each ? shown_bytes_max : 0;
    RecordReader reader = TRY(RecordReader::open(table_.plain_path, options));
    RowWalk rows(table_.shape);
    Counted counted;
    auto reject = rejects.begin();
    while (TRY(reader.next())) {
        const Record& record = reader.record();
        if (!rows.is_row(record)) {
            continue;
        }
        const std::uint64_t end = record.offset + record.bytes;
        const CsvReject* mine = nullptr;
        while (reject != rejects.end() && reject->offset <= end) {
            mine = &*reject++;
        }
        const auto reason = reason_to_leave_out(record, mine);
        if (!reason) {
            ++counted.taken;
            continue;
        }
        ++counted.left_out;
        if (saying == Saying::Each) {
            table_.left_out.push_back(record.offset);
            TRY(errors_.add(RowError{
                .file = table_.file_name,
                .line = record.line,
                .column = record.open_quote || mine == nullptr ? std::string() : mine->column,
                .value = reader.text(),
                .reason = *reason}));
        }
    }
    return counted;
}

Result<CsvWalk::Counted> CsvWalk::count(const std::vector<CsvReject>& rejects) {
    return walk(rejects, Saying::Nothing);
}

Status CsvWalk::say(const std::vector<CsvReject>& rejects) {
    const Counted counted = TRY(walk(rejects, Saying::Each));
    if (counted.taken > table_.rows) {
        return invalid_input(
            fmt::format("{} cannot be read wholly: {} of its lines look like rows, but only {} "
                        "could be read; nothing of it was taken, look at its quotes and line ends",
                        table_.file_name,
                        counted.taken,
                        table_.rows));
    }
    return counted.taken == table_.rows ? Status() : say_more(counted.taken);
}

/// Then lines cannot be told; better to say so than to name wrong ones.
Status CsvWalk::say_more(std::uint64_t taken) {
    table_.places = Places::Rows;
    return errors_.add(
        RowError{.file = table_.file_name,
                 .line = 0,
                 .reason = fmt::format("{} lines look like rows, but {} were read; look at its "
                                       "quotes and line ends",
                                       taken,
                                       table_.rows)});
}

}  // namespace kokemus::intake
