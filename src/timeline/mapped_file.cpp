#include "timeline/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "base/file.h"

namespace kokemus::timeline {

namespace {

Result<std::span<const std::byte>> map(int descriptor, const std::filesystem::path& path) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        return file_error("read", path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorCode::Corrupt, fmt::format("{} is not a file", path.string())};
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0) {
        return std::span<const std::byte>();
    }
    void* start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (start == MAP_FAILED) {
        return file_error("map", path, errno);
    }
    return std::span<const std::byte>(static_cast<const std::byte*>(start), size);
}

}  // namespace

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) {
        return file_error("read", path, errno);
    }
    auto bytes = map(descriptor, path);
    ::close(descriptor);
    if (!bytes) {
        return bytes.error();
    }
    return std::shared_ptr<const MappedFile>(new MappedFile(*bytes));
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) {
        ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
    }
}

void MappedFile::read_ahead() const {
    if (!bytes_.empty()) {
        // Advice only: without it every page is read when it is first looked at.
        (void)::madvise(const_cast<std::byte*>(bytes_.data()), bytes_.size(), MADV_WILLNEED);
    }
}

}  // namespace kokemus::timeline
