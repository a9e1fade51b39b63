#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"

namespace kokemus {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t pending_bytes_max = 256 * 1024;

/// Closes on the way out. Its error is not looked at: it is for files only read, or those whose
/// sync was already answered.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }

    int number() const { return number_; }

private:
    int number_;
};

ErrorCode code_of(int error_number) {
    switch (error_number) {
        case ENOENT:
        case ENOTDIR: return ErrorCode::NotFound;
        case EACCES:
        case EPERM:
        case EROFS: return ErrorCode::Forbidden;
        case ENOSPC:
        case EDQUOT: return ErrorCode::DiskFull;
        case EBUSY:
        case ETXTBSY: return ErrorCode::Conflict;
        case EISDIR: return ErrorCode::InvalidInput;
        case EFBIG: return ErrorCode::TooLarge;
        default: return ErrorCode::Unavailable;
    }
}

Status write_all(int descriptor, std::string_view bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return file_error("write", path, errno);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

Error file_error(std::string_view action, const fs::path& path, int error_number) {
    std::string reason = std::generic_category().message(error_number);
    if (!reason.empty() && reason[0] >= 'A' && reason[0] <= 'Z') {
        reason[0] = static_cast<char>(reason[0] - 'A' + 'a');
    }
    return Error{code_of(error_number),
                 fmt::format("cannot {} {}: {}", action, path.string(), reason)};
}

Result<std::string> read_file(const fs::path& path, std::size_t bytes_max) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        return file_error("read", path, errno);
    }
    std::string content;
    std::array<char, 64 * 1024> block{};
    while (true) {
        const ssize_t got = ::read(file.number(), block.data(), block.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return file_error("read", path, errno);
        }
        if (got == 0) {
            return content;
        }
        content.append(block.data(), static_cast<std::size_t>(got));
        if (content.size() > bytes_max) {
            return Error{ErrorCode::TooLarge,
                         fmt::format("cannot read {}: it has more than {} bytes",
                                     path.string(),
                                     thousands(static_cast<std::int64_t>(bytes_max)))};
        }
    }
}

Status write_file(const fs::path& path, std::string_view bytes) {
    FileWriter writer = TRY(FileWriter::create(path));
    TRY(writer.write(bytes));
    return writer.commit();
}

Status make_folders(const fs::path& path) {
    std::vector<fs::path> missing;
    std::error_code failure;
    for (fs::path folder = path; !folder.empty() && !fs::exists(folder, failure);
         folder = folder.parent_path()) {
        missing.push_back(folder);
    }
    fs::create_directories(path, failure);
    if (failure) {
        return file_error("make the folder", path, failure.value());
    }
    for (const fs::path& folder : missing) {
        TRY(sync_folder(folder_of(folder)));
    }
    return {};
}

Status sync_folder(const fs::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0) {
        return file_error("open the folder", folder, errno);
    }
    if (::fsync(opened.number()) != 0) {
        return file_error("sync the folder", folder, errno);
    }
    return {};
}

FileWriter::FileWriter(fs::path path, fs::path partial, int descriptor)
    : path_(std::move(path)),
      partial_(std::move(partial)),
      descriptor_(descriptor) {}

FileWriter::FileWriter(FileWriter&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::move(other.partial_)),
      descriptor_(other.descriptor_),
      pending_(std::move(other.pending_)) {
    other.descriptor_ = -1;
    other.partial_.clear();
}

FileWriter::~FileWriter() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
    if (!partial_.empty()) {
        ::unlink(partial_.c_str());
    }
}

Result<FileWriter> FileWriter::create(const fs::path& path, Access access) {
    static std::atomic<unsigned> serial{0};
    const fs::path partial =
        folder_of(path) /
        fmt::format(".{}.{}-{}.partial", path.filename().string(), ::getpid(), serial++);
    // A leftover of a dead process with our number goes: nobody else writes under this name.
    ::unlink(partial.c_str());
    const int descriptor = ::open(partial.c_str(),
                                  O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                                  access == Access::ReadOnly ? 0444 : 0644);
    if (descriptor < 0) {
        return file_error("write", path, errno);
    }
    return FileWriter(path, partial, descriptor);
}

Status FileWriter::write(std::string_view bytes) {
    CHECK(descriptor_ >= 0);
    if (pending_.size() + bytes.size() > pending_bytes_max) {
        TRY(flush());
        if (bytes.size() > pending_bytes_max) {
            return write_all(descriptor_, bytes, path_);
        }
    }
    pending_ += bytes;
    return {};
}

Status FileWriter::flush() {
    TRY(write_all(descriptor_, pending_, path_));
    pending_.clear();
    return {};
}

Status FileWriter::sync() {
    CHECK(descriptor_ >= 0);
    TRY(flush());
    if (::fsync(descriptor_) != 0) {
        return file_error("sync", path_, errno);
    }
    return {};
}

Status FileWriter::commit() {
    TRY(sync());
    const int closed = ::close(descriptor_);
    descriptor_ = -1;
    if (closed != 0) {
        return file_error("close", path_, errno);
    }
    if (::rename(partial_.c_str(), path_.c_str()) != 0) {
        return file_error("write", path_, errno);
    }
    partial_.clear();
    return sync_folder(folder_of(path_));
}

}  // namespace kokemus
