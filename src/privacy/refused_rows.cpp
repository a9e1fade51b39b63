#include "privacy/refused_rows.h"

#include <algorithm>
#include <string_view>

#include "base/file.h"

namespace kokemus::privacy {

namespace {

constexpr std::size_t file_bytes_max = 256ULL << 20U;

/// The end of the row that begins at `from`, behind its line feed: one within quotes ends none.
std::size_t end_of_row(std::string_view text, std::size_t from) {
    bool in_quotes = false;
    for (std::size_t at = from; at < text.size(); ++at) {
        in_quotes = text[at] == '"' ? !in_quotes : in_quotes;
        if (text[at] == '\n' && !in_quotes) {
            return at + 1;
        }
    }
    return text.size();
}

}  // namespace

Result<std::uint64_t> remove_rows_with(const std::filesystem::path& file,
                                       std::span<const std::string> texts) {
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) {
        return std::uint64_t{0};
    }
    const std::string before = TRY(read_file(file, file_bytes_max));
    std::string after;
    std::uint64_t removed = 0;
    for (std::size_t from = 0; from < before.size();) {
        const std::size_t end = end_of_row(before, from);
        const std::string_view row = std::string_view(before).substr(from, end - from);
        const bool goes = std::ranges::any_of(
            texts, [&](const std::string& text) { return row.find(text) != row.npos; });
        if (goes) {
            ++removed;
        } else {
            after += row;
        }
        from = end;
    }
    if (removed > 0) {
        TRY(write_file(file, after));
    }
    return removed;
}

}  // namespace kokemus::privacy
