#include "app/answer_form.h"

#include <array>

#include <fmt/format.h>

#include "answer/answer_csv.h"
#include "answer/answer_json.h"
#include "answer/rows.h"
#include "base/text.h"
#include "sheet/parquet.h"
#include "sheet/workbook.h"

namespace kokemus::app {

std::span<const Form> all_forms() {
    static constexpr std::array forms{Form::Json, Form::Csv, Form::Xlsx, Form::Parquet};
    return forms;
}

std::string_view form_name(Form form) {
    constexpr std::array<std::string_view, 4> names{"json", "csv", "xlsx", "parquet"};
    return names.at(static_cast<std::size_t>(form));
}

Result<Form> read_form(std::string_view name) {
    for (const Form form : all_forms()) {
        if (name == form_name(form)) {
            return form;
        }
    }
    return invalid_input(
        fmt::format("there is no format {}; write json, csv, xlsx or parquet", quote(name)));
}

std::string_view content_type(Form form) {
    constexpr std::array<std::string_view, 4> types{"application/json; charset=utf-8",
                                                    "text/csv; charset=utf-8",
                                                    sheet::workbook_type,
                                                    sheet::parquet_type};
    return types.at(static_cast<std::size_t>(form));
}

bool is_binary(Form form) {
    return form == Form::Xlsx || form == Form::Parquet;
}

Result<std::string> written(const answer::Answer& answer, Form form, Instant now) {
    switch (form) {
        case Form::Json: return answer::to_json(answer);
        case Form::Csv: return answer::to_csv(answer);
        case Form::Xlsx:
            return sheet::to_workbook(answer::rows_of(answer), answer::origin_of(answer, now));
        case Form::Parquet:
            return sheet::to_parquet(answer::rows_of(answer), answer::origin_of(answer, now));
    }
    return answer::to_json(answer);
}

}  // namespace kokemus::app
