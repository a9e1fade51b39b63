#include "base/file_copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/ioctl.h>

#include "base/file.h"

namespace kokemus {

namespace {

/// Between two disks, or on a file system that knows no copying of its own.
bool must_copy_by_hand(int error_number) {
    return error_number == EXDEV || error_number == EINVAL || error_number == ENOSYS ||
           error_number == EOPNOTSUPP || error_number == EPERM;
}

}  // namespace

FileCopy::FileCopy(std::filesystem::path path, std::filesystem::path partial, int descriptor)
    : path_(std::move(path)),
      partial_(std::move(partial)),
      descriptor_(descriptor) {}

FileCopy::FileCopy(FileCopy&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::exchange(other.partial_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

FileCopy::~FileCopy() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
    if (!partial_.empty()) {
        ::unlink(partial_.c_str());
    }
}

Result<FileCopy> FileCopy::make(const OpenFile& source, const std::filesystem::path& path) {
    const std::filesystem::path partial =
        path.parent_path() / fmt::format(".{}.{}.partial", path.filename().string(), ::getpid());
    ::unlink(partial.c_str());
    struct stat of_source {};
    if (::fstat(source.descriptor(), &of_source) != 0) {
        return file_error("read", source.path(), errno);
    }
    const int descriptor = ::open(partial.c_str(),
                                  O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                                  of_source.st_mode & 0644U);
    if (descriptor < 0) {
        return file_error("write", path, errno);
    }
    FileCopy copy(path, partial, descriptor);
    TRY(copy.fill(source));
    return copy;
}

Status FileCopy::fill(const OpenFile& source) {
    if (::ioctl(descriptor_, FICLONE, source.descriptor()) == 0) {
        return {};
    }
    constexpr std::size_t piece_bytes = 256U << 20U;
    loff_t from = 0;
    while (true) {
        const ssize_t copied =
            ::copy_file_range(source.descriptor(), &from, descriptor_, nullptr, piece_bytes, 0);
        if (copied == 0) {
            return {};
        }
        if (copied < 0 && must_copy_by_hand(errno)) {
            return fill_by_hand(source, from);
        }
        if (copied < 0 && errno != EINTR) {
            return file_error("write", path_, errno);
        }
    }
}

Status FileCopy::fill_by_hand(const OpenFile& source, std::int64_t from) {
    std::vector<char> block(1U << 20U);
    while (true) {
        const ssize_t got = ::pread(source.descriptor(), block.data(), block.size(), from);
        if (got < 0 && errno != EINTR) {
            return file_error("read", source.path(), errno);
        }
        if (got == 0) {
            return {};
        }
        for (ssize_t at = 0; at < got;) {
            const ssize_t written = ::pwrite(
                descriptor_, block.data() + at, static_cast<std::size_t>(got - at), from + at);
            if (written < 0 && errno != EINTR) {
                return file_error("write", path_, errno);
            }
            at += written < 0 ? 0 : written;
        }
        from += got < 0 ? 0 : got;
    }
}

Status FileCopy::commit() {
    if (::fsync(descriptor_) != 0) {
        return file_error("sync", path_, errno);
    }
    if (::close(std::exchange(descriptor_, -1)) != 0) {
        return file_error("close", path_, errno);
    }
    if (::rename(partial_.c_str(), path_.c_str()) != 0) {
        return file_error("write", path_, errno);
    }
    partial_.clear();
    return sync_folder(path_.has_parent_path() ? path_.parent_path() : ".");
}

Status copy_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
    const OpenFile source = TRY(OpenFile::open(from));
    FileCopy copy = TRY(FileCopy::make(source, to));
    return copy.commit();
}

}  // namespace kokemus
