#include "privacy/byte_search.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>

#include <fmt/format.h>

#include "base/file.h"

namespace kokemus::privacy {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = 4ULL << 20U;

enum class Order { Little, Big };

/// Of UTF-8 without faults; what is none is left as it is, byte by byte.
std::string utf16_of(std::string_view text, Order order) {
    std::string out;
    const auto put = [&](std::uint32_t unit) {
        const auto low = static_cast<char>(unit & 0xFFU);
        const auto high = static_cast<char>(unit >> 8U);
        out += order == Order::Little ? low : high;
        out += order == Order::Little ? high : low;
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        std::uint32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
            point = (point << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        if (point < 0x10000) {
            put(point);
        } else {
            put(0xD800 + ((point - 0x10000) >> 10U));
            put(0xDC00 + ((point - 0x10000) & 0x3FFU));
        }
        i += length;
    }
    return out;
}

/// The digits that stand for the text wherever it begins in what was encoded: those at the edges
/// depend on what stands beside it and are left out.
std::string base64_of(std::string_view text, std::size_t place) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::string padded = std::string(place, '\0') + std::string(text);
    std::string out;
    for (std::size_t i = 0; i + 2 < padded.size(); i += 3) {
        const std::uint32_t three =
            (static_cast<std::uint32_t>(static_cast<unsigned char>(padded[i])) << 16U) |
            (static_cast<std::uint32_t>(static_cast<unsigned char>(padded[i + 1])) << 8U) |
            static_cast<unsigned char>(padded[i + 2]);
        for (const unsigned shift : {18U, 12U, 6U, 0U}) {
            out += digits[(three >> shift) & 63U];
        }
    }
    return out.substr(std::min(out.size(), place == 0 ? std::size_t{0} : place + 1));
}

std::string json_of(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            out += '\\';
        }
        out += letter;
    }
    return out;
}

/// What is looked for in every file, and what was found in the one that is being read.
class Search {
public:
    struct Wanted {
        std::size_t text;
        Spelling spelling;
    };

    explicit Search(std::span<const std::string> texts) {
        for (std::size_t text = 0; text < texts.size(); ++text) {
            for (Spelling& spelling : spellings_of(texts[text])) {
                longest_ = std::max(longest_, spelling.bytes.size());
                wanted_.push_back({text, std::move(spelling)});
            }
        }
    }

    /// The end of a piece is looked at again with the next, as far as a spelling may reach.
    Status file(const fs::path& path, const fs::path& called, Searched& into) const {
        std::ifstream stream(path, std::ios::binary);
        if (!stream) {
            return file_error("read", path, errno);
        }
        std::string bytes;
        std::uint64_t begins_at = 0;
        std::vector<ByteFound> found(wanted_.size());
        while (stream) {
            const std::size_t kept = bytes.size();
            bytes.resize(kept + piece_bytes);
            stream.read(bytes.data() + kept, static_cast<std::streamsize>(piece_bytes));
            bytes.resize(kept + static_cast<std::size_t>(stream.gcount()));
            into.bytes += static_cast<std::uint64_t>(stream.gcount());
            look(bytes, kept, begins_at, found);
            const std::size_t stay = std::min(bytes.size(), longest_ - 1);
            begins_at += bytes.size() - stay;
            bytes.erase(0, bytes.size() - stay);
        }
        if (stream.bad()) {
            return file_error("read", path, EIO);
        }
        look(called.string(), 0, 0, found);
        take(called, found, into);
        ++into.files;
        return {};
    }

private:
    /// Counts what ends behind the first `seen` bytes: what ends before was counted already.
    void look(std::string_view bytes, std::size_t seen, std::uint64_t begins_at,
              std::vector<ByteFound>& found) const {
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            const std::string& text = wanted_[i].spelling.bytes;
            for (std::size_t at = bytes.find(text); at != std::string_view::npos;
                 at = bytes.find(text, at + 1)) {
                if (at + text.size() > seen) {
                    found[i].at = found[i].times++ == 0 ? begins_at + at : found[i].at;
                }
            }
        }
    }

    void take(const fs::path& called, std::vector<ByteFound>& found, Searched& into) const {
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (found[i].times > 0) {
                found[i].file = called;
                found[i].text = wanted_[i].text;
                found[i].spelling = wanted_[i].spelling.name;
                into.found.push_back(std::move(found[i]));
            }
        }
    }

    std::vector<Wanted> wanted_;
    std::size_t longest_ = 1;
};

Status check(std::span<const std::string> texts) {
    if (texts.empty()) {
        return Error{ErrorCode::InvalidInput, "nothing is named that is to be looked for"};
    }
    for (const std::string& text : texts) {
        if (text.size() < text_bytes_min || text.size() > text_bytes_max) {
            return Error{ErrorCode::InvalidInput,
                         fmt::format("a text to be looked for has {} to {} bytes; shorter ones "
                                     "stand everywhere by chance",
                                     text_bytes_min,
                                     text_bytes_max)};
        }
    }
    return {};
}

bool is_one_of(std::span<const fs::path> list, const fs::path& path) {
    return std::ranges::any_of(list, [&](const fs::path& one) {
        std::error_code is_gone;
        return one == path || fs::equivalent(one, path, is_gone);
    });
}

}  // namespace

std::string address_of(std::string_view text) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char letter : text) {
        out += plain.find(letter) != std::string_view::npos
                   ? std::string(1, letter)
                   : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return out;
}

std::vector<Spelling> spellings_of(std::string_view text) {
    std::vector<Spelling> list{{"as it is", std::string(text)}};
    const auto add = [&](std::string name, std::string bytes) {
        const bool is_known = std::ranges::find(list, bytes, &Spelling::bytes) != list.end();
        if (!is_known && bytes.size() >= text_bytes_min) {
            list.push_back({std::move(name), std::move(bytes)});
        }
    };
    add("as JSON", json_of(text));
    add("in an address", address_of(text));
    add("UTF-16, low byte first", utf16_of(text, Order::Little));
    add("UTF-16, high byte first", utf16_of(text, Order::Big));
    for (const std::size_t place : {0U, 1U, 2U}) {
        add("base64", base64_of(text, place));
    }
    return list;
}

Result<Searched> search_bytes(const fs::path& folder, std::span<const std::string> texts,
                              std::span<const fs::path> left_out) {
    TRY(check(texts));
    const Search search(texts);
    Searched searched;
    std::error_code failure;
    std::vector<fs::path> files;
    for (auto entry = fs::recursive_directory_iterator(folder, failure);
         !failure && entry != fs::recursive_directory_iterator();
         entry.increment(failure)) {
        if (is_one_of(left_out, entry->path())) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file(failure) && !entry->is_symlink(failure)) {
            files.push_back(entry->path());
        }
    }
    if (failure) {
        return file_error("read", folder, failure.value());
    }
    std::ranges::sort(files);
    for (const fs::path& file : files) {
        if (const Status read = search.file(file, file.lexically_relative(folder), searched);
            !read && fs::exists(file, failure)) {
            searched.unread.push_back(read.error().message);
        }
    }
    return searched;
}

}  // namespace kokemus::privacy
