#include "ledger/rows.h"

#include <charconv>
#include <iterator>

#include <fmt/format.h>

namespace kokemus::ledger {

namespace {

using encounter::Encounter;

// In the order of the table.
enum Column : std::size_t {
    Number,
    Key,
    Customer,
    Time,
    Sequence,
    Id,
    Touchpoint,
    Channel,
    Department,
    Employee,
    Thread,
    Score,
    Scale,
    Text,
    Language,
    Value,
    Duration,
    Due,
    Properties,
    Clamped,
};

std::optional<double> number_at(const duck::Column& column, std::size_t row) {
    return column.is_null(row) ? std::nullopt : std::optional(column.number<double>(row));
}

void text_at(const duck::Column& column, std::size_t row, std::string& into) {
    if (column.is_null(row)) {
        into.clear();
    } else {
        into.assign(column.text(row));
    }
}

/// A strong name whose memory is used again.
template <typename Name>
void name_at(const duck::Column& column, std::size_t row, Name& into) {
    if (column.is_null(row)) {
        if (!into.value().empty()) {
            into = Name();
        }
    } else if (const std::string_view text = column.text(row); into.value() != text) {
        into = Name(std::string(text));
    }
}

}  // namespace

std::string_view encounter_columns() {
    return "number, key, customer, time, sequence, id, touchpoint, channel, department, employee, "
           "thread, score, "
           "scale, text, language, value, duration, due, properties, clamped";
}

void RowWriter::put_code(std::size_t column, const std::string& text) {
    Last& last = last_[column];
    if (last.text == nullptr || *last.text != text) {
        last.code = names_.code(text);
        last.text = &names_.text(last.code);
    }
    appender_.number(column, last.code);
}

void RowWriter::put_text(std::size_t column, const std::string& text) {
    if (text.empty()) {
        appender_.null(column);
    } else {
        appender_.text(column, text);
    }
}

void RowWriter::put_number(std::size_t column, std::optional<double> number) {
    if (number) {
        appender_.number(column, *number);
    } else {
        appender_.null(column);
    }
}

void RowWriter::put_due(std::size_t column, const Encounter& encounter) {
    if (encounter.due.empty()) {
        appender_.null(column);
        return;
    }
    std::string& text = dues_.emplace_back();
    for (const auto& [promise, due] : encounter.due) {
        fmt::format_to(std::back_inserter(text),
                       "{}{}:{}",
                       text.empty() ? "" : ",",
                       names_.code(promise),
                       due.time_since_epoch().count());
    }
    appender_.text(column, text);
}

Status RowWriter::put(std::uint64_t number, std::uint64_t key, const Encounter& encounter) {
    appender_.number(Number, number);
    appender_.number(Key, key);
    appender_.text(Customer, encounter.customer.value());
    appender_.number<std::int64_t>(Time, encounter.time.time_since_epoch().count());
    appender_.number(Sequence, encounter.sequence);
    appender_.text(Id, encounter.id.value());
    put_code(Touchpoint, encounter.touchpoint);
    put_code(Channel, encounter.channel);
    put_code(Department, encounter.department);
    put_code(Employee, encounter.employee);
    put_text(Thread, encounter.thread.value());
    put_number(Score, encounter.score);
    put_code(Scale, encounter.scale);
    put_text(Text, encounter.text);
    put_code(Language, encounter.language);
    put_number(Value, encounter.value);
    put_number(Duration, encounter.duration_seconds);
    put_due(Due, encounter);
    put_text(Properties, encounter.properties);
    appender_.number(Clamped, encounter.time_clamped);
    return appender_.end_row();
}

const std::string& RowReader::name(std::uint32_t code) {
    if (code >= known_.size()) {
        known_.resize(code + 1, nullptr);
    }
    if (known_[code] == nullptr) {
        known_[code] = &names_.text(code);
    }
    return *known_[code];
}

Status RowReader::read_due(std::string_view text, std::map<std::string, Instant>& due) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        std::uint32_t code = 0;
        std::int64_t milliseconds = 0;
        const auto first = std::from_chars(at, end, code);
        if (first.ec != std::errc() || first.ptr == end || *first.ptr != ':') {
            return Error{ErrorCode::Corrupt,
                         "the ledger has a promise that it cannot read; restore it from a backup"};
        }
        const auto second = std::from_chars(first.ptr + 1, end, milliseconds);
        if (second.ec != std::errc()) {
            return Error{ErrorCode::Corrupt,
                         "the ledger has a due time that it cannot read; restore it from a backup"};
        }
        due.emplace(name(code), Instant(Milliseconds(milliseconds)));
        at = second.ptr == end ? end : second.ptr + 1;
    }
    return {};
}

Status RowReader::read(const duck::Chunk& chunk, std::vector<Entry>& entries) {
    entries.resize(chunk.size());
    std::vector<duck::Column> columns;
    columns.reserve(Clamped + 1);
    for (std::size_t i = 0; i <= Clamped; ++i) {
        columns.push_back(chunk.column(i));
    }
    for (std::size_t row = 0; row < chunk.size(); ++row) {
        const auto code = [&](Column column) { return columns[column].number<std::uint32_t>(row); };
        entries[row].number = columns[Number].number<std::uint64_t>(row);
        Encounter& into = entries[row].encounter;
        name_at(columns[Customer], row, into.customer);
        into.time = Instant(Milliseconds(columns[Time].number<std::int64_t>(row)));
        into.sequence = columns[Sequence].number<std::uint64_t>(row);
        name_at(columns[Id], row, into.id);
        into.touchpoint = name(code(Touchpoint));
        into.channel = name(code(Channel));
        into.department = name(code(Department));
        into.employee = name(code(Employee));
        name_at(columns[Thread], row, into.thread);
        into.score = number_at(columns[Score], row);
        into.scale = name(code(Scale));
        text_at(columns[Text], row, into.text);
        into.language = name(code(Language));
        into.value = number_at(columns[Value], row);
        into.duration_seconds = number_at(columns[Duration], row);
        into.due.clear();
        if (!columns[Due].is_null(row)) {
            TRY(read_due(columns[Due].text(row), into.due));
        }
        text_at(columns[Properties], row, into.properties);
        into.time_clamped = columns[Clamped].number<bool>(row);
    }
    return {};
}

}  // namespace kokemus::ledger
