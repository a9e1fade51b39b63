#include "ledger/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"

namespace kokemus::ledger {

namespace {

std::string holder_of(const std::filesystem::path& file) {
    const auto text = read_file(file, 64);
    const std::string_view pid = text ? trim(*text) : std::string_view();
    return pid.empty() ? std::string("another process") : fmt::format("the process {}", pid);
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "LOCK";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return file_error("open", file, errno);
    }
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return file_error("lock", file, errno);
        }
        return Error{ErrorCode::Conflict,
                     fmt::format("{} is in use by {}; stop it, or give another folder with --data",
                                 folder.string(),
                                 holder_of(file))};
    }
    // The pid is a courtesy to the next one; a disk too full to take it must not keep us from
    // reading.
    const std::string pid = fmt::format("{}\n", ::getpid());
    if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, pid.data(), pid.size(), 0) < 0) {
        return lock;
    }
    return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(other.descriptor_) {
    other.descriptor_ = -1;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

}  // namespace kokemus::ledger
