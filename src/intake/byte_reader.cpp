#include "intake/byte_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"

namespace kokemus::intake {

namespace {

constexpr std::size_t packed_buffer_bytes = 256 * 1024;

/// Ratios are only held against files that have grown this far: small ones may repeat themselves a
/// lot.
constexpr std::uint64_t bomb_check_bytes_min = 64ULL * 1024 * 1024;

/// An open file; closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }

    int number() const { return number_; }

private:
    int number_;
};

Result<std::size_t> read_some(const Descriptor& file, const std::filesystem::path& path,
                              std::span<char> into) {
    while (true) {
        const ssize_t count = ::read(file.number(), into.data(), into.size());
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            return file_error("read", path, errno);
        }
    }
}

class PlainReader final : public ByteReader {
public:
    PlainReader(Descriptor file, std::filesystem::path path)
        : file_(std::move(file)),
          path_(std::move(path)) {}

    Result<std::size_t> read(std::span<char> into) override {
        const std::size_t count = TRY(read_some(file_, path_, into));
        taken_ += count;
        return count;
    }

    std::uint64_t taken() const override { return taken_; }
    bool packed() const override { return false; }

private:
    Descriptor file_;
    std::filesystem::path path_;
    std::uint64_t taken_ = 0;
};

class GzipReader final : public ByteReader {
public:
    GzipReader(Descriptor file, std::filesystem::path path)
        : file_(std::move(file)),
          path_(std::move(path)),
          buffer_(packed_buffer_bytes) {
        // 16: gzip frames only; 15: the largest window.
        ready_ = inflateInit2(&stream_, 16 + 15) == Z_OK;
    }
    GzipReader(const GzipReader&) = delete;
    GzipReader& operator=(const GzipReader&) = delete;
    ~GzipReader() override { inflateEnd(&stream_); }

    Result<std::size_t> read(std::span<char> into) override {
        if (!ready_) {
            return internal_error("cannot set up the unpacking of gzip files: not enough memory");
        }
        stream_.next_out = reinterpret_cast<Bytef*>(into.data());
        stream_.avail_out = static_cast<uInt>(into.size());
        while (stream_.avail_out > 0 && !done_) {
            TRY(step());
        }
        const std::size_t count = into.size() - stream_.avail_out;
        unpacked_ += count;
        TRY(refuse_bomb());
        return count;
    }

    std::uint64_t taken() const override { return taken_; }
    bool packed() const override { return true; }

private:
    Status step() {
        if (stream_.avail_in == 0) {
            const std::size_t count = TRY(read_some(file_, path_, buffer_));
            taken_ += count;
            stream_.next_in = reinterpret_cast<Bytef*>(buffer_.data());
            stream_.avail_in = static_cast<uInt>(count);
            if (count == 0) {
                if (!between_members_) {
                    return invalid_input(fmt::format(
                        "{} is cut off: the packed part ends too early; fetch the file again",
                        path_.filename().string()));
                }
                done_ = true;
                return {};
            }
        }
        between_members_ = false;
        const int outcome = inflate(&stream_, Z_NO_FLUSH);
        if (outcome == Z_STREAM_END) {
            between_members_ = true;  // a gzip file may hold several members, one after the other
            inflateReset(&stream_);
        } else if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
            return invalid_input(
                fmt::format("{} is damaged: it does not unpack ({}); fetch the file again",
                            path_.filename().string(),
                            stream_.msg ? stream_.msg : "gzip error"));
        }
        return {};
    }

    Status refuse_bomb() const {
        if (unpacked_ > limits::unzipped_bytes_max) {
            return Error{ErrorCode::TooLarge,
                         fmt::format("{} unpacks to more than {} bytes; split it",
                                     path_.filename().string(),
                                     limits::unzipped_bytes_max)};
        }
        if (unpacked_ > bomb_check_bytes_min && unpacked_ / limits::unzip_ratio_max > taken_) {
            return Error{
                ErrorCode::TooLarge,
                fmt::format("{} grows more than {} times when unpacked, which no real file does; "
                            "it was refused before it could fill the disk",
                            path_.filename().string(),
                            limits::unzip_ratio_max)};
        }
        return {};
    }

    Descriptor file_;
    std::filesystem::path path_;
    std::vector<char> buffer_;
    z_stream stream_{};
    bool ready_ = false;
    bool done_ = false;
    bool between_members_ = false;
    std::uint64_t taken_ = 0;
    std::uint64_t unpacked_ = 0;
};

Status refuse_archives(const std::filesystem::path& path, std::string_view head) {
    const std::string name = path.filename().string();
    if (head.substr(0, 4) == std::string_view("PK\3\4", 4)) {
        if (lower(path.extension().string()) == ".xlsx") {
            return invalid_input(fmt::format(
                "{} is an Excel workbook; save the sheet as CSV (UTF-8) and import that", name));
        }
        return invalid_input(
            fmt::format("{} is a zip archive; unpack it and import the files inside", name));
    }
    if (head.substr(0, 4) == std::string_view("\x28\xb5\x2f\xfd", 4) ||
        head.substr(0, 6) == std::string_view("\xfd"
                                              "7zXZ\0",
                                              6)) {
        return invalid_input(fmt::format(
            "{} is packed with zstd or xz; unpack it first (gzip is read as it is)", name));
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<ByteReader>> ByteReader::open(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return invalid_input(
            fmt::format("{} is a folder; name the files inside it", path.string()));
    }
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        return file_error("read", path, errno);
    }
    std::array<char, 8> head{};
    const ssize_t count = ::pread(file.number(), head.data(), head.size(), 0);
    if (count < 0) {
        return file_error("read", path, errno);
    }
    if (count == 0) {
        return invalid_input(fmt::format("{} is empty; there is nothing to import", path.string()));
    }
    const std::string_view start(head.data(), static_cast<std::size_t>(count));
    TRY(refuse_archives(path, start));
    if (start.substr(0, 2) == "\x1f\x8b") {
        return std::unique_ptr<ByteReader>(std::make_unique<GzipReader>(std::move(file), path));
    }
    return std::unique_ptr<ByteReader>(std::make_unique<PlainReader>(std::move(file), path));
}

}  // namespace kokemus::intake
