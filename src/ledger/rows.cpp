#include "ledger/rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <iterator>

#include <fmt/format.h>

namespace kokemus::ledger {

namespace {

using encounter::Encounter;

// In the order of the table.
enum Column : std::size_t {
    Number,
    Customer,
    Time,
    Sequence,
    Id,
    SettingCode,
    Employee,
    Thread,
    Score,
    Text,
    Value,
    Duration,
    Due,
    Properties,
};

static_assert(Customer == RowWriter::customer_column);

using Holds = duck::ColumnType::Holds;
constexpr auto some_null = duck::ColumnType::Nulls::Possible;

constexpr std::array<duck::ColumnType, Properties + 1> column_types = {{{Holds::Whole64},
                                                                        {Holds::Whole32},
                                                                        {Holds::TimestampMs},
                                                                        {Holds::Whole64},
                                                                        {Holds::Text},
                                                                        {Holds::Whole32},
                                                                        {Holds::Whole32},
                                                                        {Holds::Text, some_null},
                                                                        {Holds::Double, some_null},
                                                                        {Holds::Text, some_null},
                                                                        {Holds::Double, some_null},
                                                                        {Holds::Double, some_null},
                                                                        {Holds::Text, some_null},
                                                                        {Holds::Text, some_null}}};

/// A block of texts; a longer text gets a block of its own.
constexpr std::size_t arena_block_bytes = 64 * 1024;

std::optional<double> number_at(const duck::Column& column, std::size_t row) {
    return column.is_null(row) ? std::nullopt : std::optional(column.number<double>(row));
}

/// "" for NULL.
std::string_view text_at(const duck::Column& column, std::size_t row) {
    return column.is_null(row) ? std::string_view() : column.text(row);
}

Error unknown_code(std::string_view of, std::uint32_t code) {
    return Error{ErrorCode::Corrupt,
                 fmt::format("the ledger has an encounter with the {} {}, which it does not know; "
                             "restore it from a backup",
                             of,
                             code)};
}

/// A strong name whose memory is used again.
template <typename Name>
void put_name(std::string_view text, Name& into) {
    if (into.value() != text) {
        into = Name(std::string(text));
    }
}

}  // namespace

std::string_view encounter_columns() {
    return "e.number, e.customer, e.time, e.sequence, e.id, e.setting, e.employee, e.thread, "
           "e.score, e.text, e.value, e.duration, e.due, e.properties";
}

std::span<const duck::ColumnType> encounter_column_types() {
    return column_types;
}

std::string_view TextArena::keep(std::string_view text) {
    if (text.size() > free_bytes_) {
        const std::size_t bytes = std::max(arena_block_bytes, text.size());
        blocks_.emplace_back(new char[bytes]);
        free_ = blocks_.back().get();
        free_bytes_ = bytes;
    }
    std::memcpy(free_, text.data(), text.size());
    const std::string_view kept(free_, text.size());
    bytes_ += text.size();
    free_ += text.size();
    free_bytes_ -= text.size();
    return kept;
}

void RowWriter::put_text(std::size_t column, std::string_view text) {
    const bool is_kept = text.size() <= duck::TextCell::inline_bytes_max;
    chunks_.back().text(column, row_, is_kept ? text : texts_.keep(text));
}

void RowWriter::put_number(std::size_t column, const std::optional<double>& number) {
    if (number) {
        chunks_.back().number(column, row_, *number);
    } else {
        chunks_.back().null(column, row_);
    }
}

void RowWriter::put_due(std::size_t column, const Encounter& encounter) {
    fmt::memory_buffer text;
    for (const auto& [promise, due] : encounter.due) {
        fmt::format_to(std::back_inserter(text),
                       "{}{}:{}",
                       text.size() == 0 ? "" : ",",
                       codes_.names.code(promise),
                       due.time_since_epoch().count());
    }
    put_text(column, {text.data(), text.size()});
}

std::uint32_t RowWriter::customer_code(const std::string& name) {
    if (last_customer_code_ == 0 || last_customer_ != name) {
        last_customer_code_ = codes_.customers.code(name);
        last_customer_ = name;
    }
    return last_customer_code_;
}

void RowWriter::put(const Encounter& encounter) {
    row_ = place(rows_);
    if (row_ == 0) {
        chunks_.emplace_back(column_types);
    }
    duck::ChunkBuilder& chunk = chunks_.back();
    const auto put_or_null = [&](std::size_t column, const std::string& text) {
        if (text.empty()) {
            chunk.null(column, row_);
        } else {
            put_text(column, text);
        }
    };
    chunk.number(Customer, row_, customer_code(encounter.customer.value()));
    chunk.number<std::int64_t>(Time, row_, encounter.time.time_since_epoch().count());
    chunk.number<std::uint64_t>(Sequence, row_, encounter.sequence);
    put_text(Id, encounter.id.value());
    chunk.number(SettingCode, row_, codes_.settings.code(encounter));
    chunk.number(Employee, row_, codes_.names.code(encounter.employee));
    put_or_null(Thread, encounter.thread.value());
    put_number(Score, encounter.score);
    put_or_null(Text, encounter.text);
    put_number(Value, encounter.value);
    put_number(Duration, encounter.duration_seconds);
    if (encounter.due.empty()) {
        chunk.null(Due, row_);
    } else {
        put_due(Due, encounter);
    }
    put_or_null(Properties, encounter.properties);
    ++rows_;
    chunk.set_size(row_ + 1);
}

void RowWriter::give_numbers(std::uint64_t first) {
    for (duck::ChunkBuilder& chunk : chunks_) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            chunk.number<std::uint64_t>(Number, row, first++);
        }
    }
}

const duck::ChunkBuilder& RowWriter::chunk(std::size_t row) const {
    return chunks_[row / duck::ChunkBuilder::rows_max()];
}

std::size_t RowWriter::place(std::size_t row) {
    return row % duck::ChunkBuilder::rows_max();
}

/// Only what exists is remembered, so that a damaged code costs no memory.
const std::string* RowReader::name(std::uint32_t code) {
    if (code < names_.size() && names_[code] != nullptr) {
        return names_[code];
    }
    const std::string* found = codes_.names.find(code);
    if (found != nullptr) {
        names_.resize(std::max<std::size_t>(names_.size(), code + std::size_t{1}), nullptr);
        names_[code] = found;
    }
    return found;
}

Status RowReader::read_setting(std::uint32_t code, Encounter& into) {
    const auto* setting = code < settings_.size() ? settings_[code] : nullptr;
    if (setting == nullptr) {
        setting = codes_.settings.setting(code);
        if (setting == nullptr) {
            return unknown_code("setting", code);
        }
        settings_.resize(std::max<std::size_t>(settings_.size(), code + std::size_t{1}), nullptr);
        settings_[code] = setting;
    }
    into.touchpoint = *setting->touchpoint;
    into.channel = *setting->channel;
    into.department = *setting->department;
    into.scale = *setting->scale;
    into.language = *setting->language;
    into.time_clamped = setting->clamped;
    return {};
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
        const std::string* promise = name(code);
        if (promise == nullptr) {
            return unknown_code("promise", code);
        }
        due.emplace(*promise, Instant(Milliseconds(milliseconds)));
        at = second.ptr == end ? end : second.ptr + 1;
    }
    return {};
}

RawRow raw_row(std::span<const duck::Column> columns, std::size_t row) {
    RawRow raw;
    raw.number = columns[Number].number<std::uint64_t>(row);
    raw.customer = columns[Customer].number<std::uint32_t>(row);
    raw.milliseconds = columns[Time].number<std::int64_t>(row);
    raw.sequence = columns[Sequence].number<std::uint64_t>(row);
    raw.id = text_at(columns[Id], row);
    raw.setting = columns[SettingCode].number<std::uint32_t>(row);
    raw.employee = columns[Employee].number<std::uint32_t>(row);
    raw.thread = text_at(columns[Thread], row);
    raw.score = number_at(columns[Score], row);
    raw.text = text_at(columns[Text], row);
    raw.value = number_at(columns[Value], row);
    raw.duration_seconds = number_at(columns[Duration], row);
    raw.due = text_at(columns[Due], row);
    raw.properties = text_at(columns[Properties], row);
    return raw;
}

Status RowReader::spell(const CustomerNames::Reader& names, const RawRow& row, Entry& entry) {
    entry.number = row.number;
    Encounter& into = entry.encounter;
    const std::string_view customer = names.name(row.customer);
    if (customer.empty()) {
        return unknown_code("customer", row.customer);
    }
    put_name(customer, into.customer);
    into.time = Instant(Milliseconds(row.milliseconds));
    into.sequence = row.sequence;
    put_name(row.id, into.id);
    TRY(read_setting(row.setting, into));
    const std::string* employee_name = name(row.employee);
    if (employee_name == nullptr) {
        return unknown_code("employee", row.employee);
    }
    into.employee = *employee_name;
    put_name(row.thread, into.thread);
    into.score = row.score;
    into.text.assign(row.text);
    into.value = row.value;
    into.duration_seconds = row.duration_seconds;
    into.due.clear();
    TRY(read_due(row.due, into.due));
    into.properties.assign(row.properties);
    return {};
}

Status RowReader::read_row(std::span<const duck::Column> columns, std::size_t row, Entry& into) {
    const CustomerNames::Reader names(codes_.customers);
    return spell(names, raw_row(columns, row), into);
}

Result<bool> RowReader::read_row(const RawRow& row, Entry& into) {
    const CustomerNames::Reader names(codes_.customers);
    if (names.is_gone(row.customer)) {
        return false;
    }
    TRY(spell(names, row, into));
    return true;
}

Status RowReader::read(std::span<const duck::Column> columns, std::size_t size,
                       std::vector<Entry>& entries) {
    entries.resize(size);
    const CustomerNames::Reader names(codes_.customers);
    std::size_t kept = 0;
    for (std::size_t row = 0; row < size; ++row) {
        // DuckDB shows who began to read before an erasure what there was then.
        if (!names.is_gone(columns[Customer].number<std::uint32_t>(row))) {
            TRY(spell(names, raw_row(columns, row), entries[kept++]));
        }
    }
    entries.resize(kept);
    return {};
}

}  // namespace kokemus::ledger
