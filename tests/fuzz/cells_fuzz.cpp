#include "answer/safe_text.h"
#include "base/text.h"
#include "hostile_input.h"

namespace {

/// A cell as a program reads it that knows RFC 4180; quotes taken away.
std::string read_cell(const std::string& written) {
    if (!written.starts_with('"')) {
        return written;
    }
    kokemus::fuzz::must(written.size() >= 2 && written.ends_with('"'), "a quote is left open");
    std::string text;
    for (std::size_t i = 1; i + 1 < written.size(); ++i) {
        text += written[i];
        if (written[i] == '"') {
            ++i;
            kokemus::fuzz::must(i + 1 < written.size() && written[i] == '"',
                                "a quote stands alone");
        }
    }
    return text;
}

bool is_plain_number(const std::string& text) {
    return text.find_first_not_of("0123456789.eE+-") == std::string::npos;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    const std::string text(fuzz::HostileInput(bytes, size).rest());
    const std::string cell = read_cell(answer::csv_cell(text));
    const std::string safe = answer::safe_cell(text);
    fuzz::must(cell == safe || cell == "'" + safe, "a cell is another one");
    const bool calculates =
        !cell.empty() && std::string_view("=+-@\t\r\n").find(cell[0]) != std::string_view::npos;
    fuzz::must(!calculates || is_plain_number(cell), "a cell would be calculated");
    fuzz::must(answer::csv_cell(text).find_first_of(",\n") == std::string::npos ||
                   answer::csv_cell(text).starts_with('"'),
               "a cell is several");
    const std::string line = answer::safe_line(text);
    fuzz::must(is_valid_utf8(line) && is_valid_utf8(safe), "what is shown is no text");
    fuzz::must(line.find_first_of("\x1b\n\r\t\b") == std::string::npos, "a terminal is told more");
    fuzz::must(answer::width(line) <= 2 * line.size(), "wider than it can be");
    fuzz::must(is_valid_utf8(quote(text)) && quote(text).size() <= 4 * 80 + 5,
               "a quote is no text");
    return 0;
}
