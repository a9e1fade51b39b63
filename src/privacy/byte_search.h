#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kokemus::privacy {

/// One way in which a text may stand in a file.
struct Spelling {
    std::string name;   ///< "as it is", "UTF-16", "base64"...
    std::string bytes;  ///< what is looked for
};

/// A text as it is, in UTF-16 of both byte orders, with the escapes of JSON and of addresses, and
/// in base64 at each of the three places it may begin. Spellings that are the same appear once.
std::vector<Spelling> spellings_of(std::string_view text);

/// The text as part of an address: "anna%40x.fi".
std::string address_of(std::string_view text);

/// Where a text stands.
struct ByteFound {
    std::filesystem::path file;  ///< relative to the folder
    std::uint64_t at = 0;        ///< of the first one
    std::uint64_t times = 0;
    std::size_t text = 0;  ///< which of those looked for
    std::string spelling;
};

struct Searched {
    std::vector<ByteFound> found;
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::vector<std::string> unread;  ///< a sentence for each file that could not be read
};

/// Reads every byte of every file in the folder and of the folders in it, and the names of the
/// files too, and looks for the texts in all their spellings. Constant memory; at about 1 GB/s a
/// spelling. Files that go away meanwhile are passed over. InvalidInput for a text of fewer than
/// `text_bytes_min` bytes, which would be found everywhere. Left out are these files and folders,
/// by whatever path or link they are reached: whoever searches must not learn of secrets letter by
/// letter.
Result<Searched> search_bytes(const std::filesystem::path& folder,
                              std::span<const std::string> texts,
                              std::span<const std::filesystem::path> left_out = {});

inline constexpr std::size_t text_bytes_min = 4;
inline constexpr std::size_t text_bytes_max = 4096;

}  // namespace kokemus::privacy
