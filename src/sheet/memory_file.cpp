#include "sheet/memory_file.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include <fmt/format.h>

namespace kokemus::sheet {

Result<MemoryFile> MemoryFile::make() {
    const int descriptor = ::memfd_create("kokemus", MFD_CLOEXEC);
    if (descriptor < 0) {
        return Error{ErrorCode::Unavailable, "the system gives no file in memory; try again"};
    }
    return MemoryFile(descriptor);
}

MemoryFile::~MemoryFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

MemoryFile::MemoryFile(MemoryFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

std::string MemoryFile::path() const {
    return fmt::format("/proc/self/fd/{}", descriptor_);
}

Result<std::string> MemoryFile::read(std::size_t bytes_max) const {
    struct stat state {};
    if (::fstat(descriptor_, &state) != 0) {
        return internal_error("a file in memory has no size");
    }
    const auto size = static_cast<std::size_t>(state.st_size);
    if (size > bytes_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("the file would have more than {} MiB; ask for fewer rows",
                                 bytes_max >> 20U)};
    }
    std::string bytes(size, '\0');
    for (std::size_t at = 0; at < size;) {
        const ssize_t got =
            ::pread(descriptor_, bytes.data() + at, size - at, static_cast<off_t>(at));
        if (got <= 0) {
            return internal_error("a file in memory cannot be read");
        }
        at += static_cast<std::size_t>(got);
    }
    return bytes;
}

}  // namespace kokemus::sheet
