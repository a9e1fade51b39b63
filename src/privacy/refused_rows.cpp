#include "privacy/refused_rows.h"

#include <fstream>
#include <string>

#include "base/file.h"

namespace kokemus::privacy {

namespace {

/// Line feeds outside of quotes, but that of the head.
std::uint64_t count_rows(const std::filesystem::path& list) {
    std::ifstream file(list, std::ios::binary);
    std::string piece(1U << 16U, '\0');
    std::uint64_t rows = 0;
    bool in_quotes = false;
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) ||
           file.gcount() > 0) {
        for (const char letter :
             std::string_view(piece.data(), static_cast<std::size_t>(file.gcount()))) {
            in_quotes = letter == '"' ? !in_quotes : in_quotes;
            rows += letter == '\n' && !in_quotes ? 1 : 0;
        }
    }
    return rows > 0 ? rows - 1 : 0;
}

}  // namespace

Result<std::uint64_t> remove_refused_rows(const std::filesystem::path& list) {
    std::error_code failure;
    if (!std::filesystem::exists(list, failure)) {
        return std::uint64_t{0};
    }
    const std::uint64_t rows = count_rows(list);
    std::filesystem::remove(list, failure);
    if (failure) {
        return file_error("remove", list, failure.value());
    }
    return rows;
}

}  // namespace kokemus::privacy
