#include "sheet/workbook.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "answer/safe_text.h"
#include "sheet/bounds.h"
#include "sheet/memory_file.h"

namespace kokemus::sheet {

namespace {

using answer::Cell;
using answer::Holds;

struct Close {
    void operator()(lxw_workbook* book) const { workbook_close(book); }
};

lxw_format* format_of(lxw_workbook* book, const char* number) {
    lxw_format* format = workbook_add_format(book);
    format_set_num_format(format, number);
    return format;
}

/// How cells are shown; owned by the book.
struct Formats {
    explicit Formats(lxw_workbook* book)
        : head(workbook_add_format(book)),
          count(format_of(book, "#,##0")),
          share(format_of(book, "0.0%")),
          time(format_of(book, "yyyy-mm-dd hh:mm:ss")) {
        format_set_bold(head);
        format_set_bottom(head, LXW_BORDER_THIN);
    }

    lxw_format* of_number(Holds holds) const { return holds == Holds::Share ? share : nullptr; }

    lxw_format* head;
    lxw_format* count;
    lxw_format* share;
    lxw_format* time;
};

/// No longer than a cell may be, counted in bytes, of which no letter has less than one.
std::string fitting(const std::string& text) {
    std::string safe = answer::safe_cell(text);
    if (safe.size() <= bounds::cell_characters_max) {
        return safe;
    }
    std::size_t end = bounds::cell_characters_max - 3;
    while (end > 0 && (static_cast<unsigned char>(safe[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return safe.substr(0, end) + "\u2026";
}

/// Days since the end of 1899, as spreadsheets count time.
double serial(Instant time) {
    constexpr double unix_epoch_serial = 25'569;
    const auto since = std::chrono::duration<double>(time.time_since_epoch());
    return unix_epoch_serial + since.count() / 86'400;
}

struct CellWriter {
    lxw_worksheet* sheet;
    const Formats& formats;
    lxw_row_t row;
    lxw_col_t column;
    Holds holds;

    lxw_error operator()(std::monostate /*nothing*/) const { return LXW_NO_ERROR; }
    lxw_error operator()(const std::string& text) const {
        return worksheet_write_string(sheet, row, column, fitting(text).c_str(), nullptr);
    }
    lxw_error operator()(Instant time) const {
        return worksheet_write_number(sheet, row, column, serial(time), formats.time);
    }
    lxw_error operator()(bool flag) const {
        return worksheet_write_boolean(sheet, row, column, flag ? 1 : 0, nullptr);
    }
    lxw_error operator()(std::uint64_t count) const {
        return worksheet_write_number(
            sheet, row, column, static_cast<double>(count), formats.count);
    }
    lxw_error operator()(double number) const {
        return worksheet_write_number(sheet, row, column, number, formats.of_number(holds));
    }
};

Status checked(lxw_error error) {
    if (error == LXW_NO_ERROR) {
        return {};
    }
    return Error{ErrorCode::Unavailable,
                 fmt::format("the workbook cannot be written: {}", lxw_strerror(error))};
}

double width_of(Holds holds) {
    switch (holds) {
        case Holds::Text: return 28;
        case Holds::Time: return 19;
        default: return 14;
    }
}

Status write_table(lxw_worksheet* sheet, const Formats& formats, const answer::Rows& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        TRY(checked(
            worksheet_write_string(sheet, 0, column, table.columns[i].name.c_str(), formats.head)));
        TRY(checked(worksheet_set_column(
            sheet, column, column, width_of(table.columns[i].holds), nullptr)));
    }
    worksheet_freeze_panes(sheet, 1, 0);
    lxw_row_t at = 1;
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            TRY(checked(std::visit(
                CellWriter{
                    sheet, formats, at, static_cast<lxw_col_t>(i), table.columns.at(i).holds},
                row[i])));
        }
        ++at;
    }
    if (!table.columns.empty()) {
        const auto last = static_cast<lxw_col_t>(table.columns.size() - 1);
        TRY(checked(worksheet_autofilter(sheet, 0, 0, at - 1, last)));
    }
    return {};
}

Status write_origin(lxw_worksheet* sheet, const Formats& formats, const answer::Origin& origin) {
    TRY(checked(worksheet_set_column(sheet, 0, 0, 26, formats.head)));
    TRY(checked(worksheet_set_column(sheet, 1, 1, 100, nullptr)));
    lxw_row_t at = 0;
    for (const auto& [name, value] : origin) {
        TRY(checked(worksheet_write_string(sheet, at, 0, name.c_str(), formats.head)));
        TRY(checked(std::visit(CellWriter{sheet, formats, at, 1, Holds::Text}, value)));
        ++at;
    }
    return {};
}

}  // namespace

Result<std::string> to_workbook(const answer::Rows& table, const answer::Origin& origin) {
    const MemoryFile file = TRY(MemoryFile::make());
    std::unique_ptr<lxw_workbook, Close> book(workbook_new(file.path().c_str()));
    if (!book) {
        return Error{ErrorCode::Unavailable, "there is no memory for a workbook; try again"};
    }
    const Formats formats(book.get());
    TRY(write_table(workbook_add_worksheet(book.get(), "Answer"), formats, table));
    TRY(write_origin(workbook_add_worksheet(book.get(), "Origin"), formats, origin));
    TRY(checked(workbook_close(book.release())));
    return file.read(bounds::file_bytes_max);
}

}  // namespace kokemus::sheet
