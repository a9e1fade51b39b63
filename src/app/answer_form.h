#pragma once

#include <span>
#include <string>
#include <string_view>

#include "answer/answer.h"
#include "base/instant.h"
#include "base/result.h"

namespace kokemus::app {

/// What an answer can be given as.
enum class Form : std::uint8_t { Json, Csv, Xlsx, Parquet };

/// In the order of preference, where somebody takes any.
std::span<const Form> all_forms();

/// "xlsx": as it is asked for, and as the file ends.
std::string_view form_name(Form form);
Result<Form> read_form(std::string_view name);
std::string_view content_type(Form form);

/// Whether it is no text for a terminal.
bool is_binary(Form form);

/// The answer in that form; a workbook and Parquet say of themselves that they were made `now`.
Result<std::string> written(const answer::Answer& answer, Form form, Instant now);

}  // namespace kokemus::app
