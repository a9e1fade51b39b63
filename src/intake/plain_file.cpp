#include "intake/plain_file.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <iconv.h>

#include "base/file.h"
#include "base/text.h"
#include "intake/byte_reader.h"

namespace kokemus::intake {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = 256 * 1024;

/// Turns pieces of text of one encoding into UTF-8.
class Converter {
public:
    static Result<Converter> open(const std::string& encoding) {
        const iconv_t state = ::iconv_open("UTF-8", encoding.c_str());
        if (reinterpret_cast<std::intptr_t>(state) == -1) {
            return invalid_input(
                fmt::format("encoding \"{}\" is not known on this machine; write a name such as "
                            "latin-1, windows-1252 or utf-16",
                            encoding));
        }
        return Converter(state);
    }

    /// Converts and gives how many bytes at the end of `in` wait for more; -1: not of this
    /// encoding.
    int convert(std::string_view in, std::string& out) {
        out.resize(in.size() * 4 + 16);
        char* from = const_cast<char*>(in.data());  // iconv does not change it
        std::size_t left = in.size();
        char* to = out.data();
        std::size_t room = out.size();
        const std::size_t done = ::iconv(state_.get(), &from, &left, &to, &room);
        const int why = errno;
        out.resize(out.size() - room);
        if (done == static_cast<std::size_t>(-1) && why != EINVAL) {
            return -1;
        }
        return static_cast<int>(left);
    }

private:
    struct Closer {
        void operator()(void* state) const { ::iconv_close(state); }
    };

    explicit Converter(iconv_t state) : state_(state) {}

    std::unique_ptr<void, Closer> state_;
};

/// "latin-1" as people write it is "ISO-8859-1" to iconv.
std::string iconv_name(const std::string& encoding) {
    const std::string word = lower(encoding);
    if (word == "latin-1" || word == "latin1") {
        return "ISO-8859-1";
    }
    if (word == "ansi") {
        return "WINDOWS-1252";
    }
    return encoding;
}

bool is_utf8_name(const std::string& encoding) {
    const std::string word = lower(encoding);
    return word.empty() || word == "utf-8" || word == "utf8" || word == "ascii";
}

Result<std::string> first_bytes(const fs::path& file) {
    const auto reader = TRY(ByteReader::open(file));
    std::string head(64 * 1024, '\0');
    head.resize(TRY(reader->read(head)));
    return head;
}

Status copy_plainly(const fs::path& file, const std::string& encoding, const fs::path& target) {
    const auto reader = TRY(ByteReader::open(file));
    FileWriter writer = TRY(FileWriter::create(target));
    const bool convert = !is_utf8_name(encoding);
    Converter converter = TRY(Converter::open(convert ? iconv_name(encoding) : "UTF-8"));
    std::vector<char> piece(piece_bytes);
    std::string out;
    std::size_t waiting = 0;
    while (true) {
        const std::size_t count = TRY(reader->read(std::span<char>(piece).subspan(waiting)));
        if (count == 0) {
            break;
        }
        const std::string_view in(piece.data(), waiting + count);
        if (!convert) {
            TRY(writer.write(in));
            continue;
        }
        const int left = converter.convert(in, out);
        if (left < 0) {
            return invalid_input(fmt::format(
                "{} is not written in {}; find out its encoding and set encoding = \"...\"",
                file.filename().string(),
                encoding));
        }
        TRY(writer.write(out));
        waiting = static_cast<std::size_t>(left);
        std::memmove(piece.data(), in.data() + in.size() - waiting, waiting);
    }
    if (waiting > 0) {
        return invalid_input(fmt::format("{} ends inside a character of {}; it was cut off",
                                         file.filename().string(),
                                         encoding));
    }
    return writer.commit();
}

}  // namespace

Result<fs::path> link_plainly(const fs::path& file, const fs::path& folder,
                              const std::string& name) {
    std::error_code error;
    const fs::path target = folder / name;
    fs::create_symlink(fs::absolute(file), target, error);
    if (error) {
        return file_error("make the link", target, error.value());
    }
    return target;
}

Result<PlainFile> make_plain(const fs::path& file, const std::string& encoding,
                             const fs::path& folder, const std::string& name) {
    const std::string head = TRY(first_bytes(file));
    const bool packed = TRY(ByteReader::open(file))->packed();
    std::string wanted = encoding;
    const bool marked_utf16 = head.substr(0, 2) == "\xff\xfe" || head.substr(0, 2) == "\xfe\xff";
    if (wanted.empty() && marked_utf16) {
        wanted = "UTF-16";
    }
    if (is_utf8_name(wanted) && head.find('\0') != std::string::npos) {
        return invalid_input(
            fmt::format("{} is not a text file: it holds zero bytes; write the format (csv, jsonl, "
                        "parquet, xes), "
                        "or the encoding if it is text",
                        file.filename().string()));
    }
    PlainFile plain;
    if (packed || !is_utf8_name(wanted)) {
        plain.path = folder / name;
        TRY(copy_plainly(file, wanted, plain.path));
    } else {
        plain.path = TRY(link_plainly(file, folder, name));
    }
    const std::string plain_head = TRY(first_bytes(plain.path));
    plain.mark_bytes = plain_head.substr(0, 3) == "\xef\xbb\xbf" ? 3 : 0;
    const bool only_returns =
        plain_head.find('\n') == std::string::npos && plain_head.find('\r') != std::string::npos;
    plain.line_end = only_returns ? '\r' : '\n';
    std::error_code error;
    plain.bytes = fs::file_size(plain.path, error);
    if (error) {
        return file_error("read", file, error.value());
    }
    return plain;
}

}  // namespace kokemus::intake
