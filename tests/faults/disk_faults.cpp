// A disk that fails when told to: loaded before the C library (LD_PRELOAD), it lets writes and
// syncs of files whose path holds DISK_FAULT_PATH (with a $ behind it: ends so) fail while the file
// DISK_FAULT_SWITCH exists.
//
//   DISK_FAULT_KIND=full      writes fail with ENOSPC
//   DISK_FAULT_KIND=write     writes fail with EIO
//   DISK_FAULT_KIND=sync      syncs fail with EIO
//   DISK_FAULT_KIND=short     writes take the half of what they are given
//
// With DISK_FAULT_AT=n only the n-th write (or sync, for that kind) of those files fails, from the
// start of the program; of a full disk that one and all after it. When it has come to that, the
// file DISK_FAULT_SWITCH.hit is there.
//
// Each failed sync adds a byte to DISK_FAULT_SWITCH.syncs, so that a test can see that none is
// tried again.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

template <typename Function>
Function real(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

const char* setting(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

bool is_kind(const char* kind) {
    return std::strcmp(setting("DISK_FAULT_KIND"), kind) == 0;
}

void leave(const std::string& name, const char* mode) {
    if (std::FILE* file = std::fopen(name.c_str(), mode); file != nullptr) {
        std::fputc('s', file);
        std::fclose(file);
    }
}

/// Whether it is this one's turn.
bool is_turn() {
    static std::atomic<unsigned long> count{0};
    const unsigned long at = std::strtoul(setting("DISK_FAULT_AT"), nullptr, 10);
    if (at == 0) {
        return true;
    }
    const unsigned long mine = ++count;
    if (mine == at) {
        leave(std::string(setting("DISK_FAULT_SWITCH")) + ".hit", "wb");
    }
    return mine == at || (mine > at && is_kind("full"));
}

bool is_meant(std::string_view path) {
    std::string_view part = setting("DISK_FAULT_PATH");
    if (!part.ends_with('$')) {
        return path.find(part) != std::string_view::npos;
    }
    part.remove_suffix(1);
    return path.ends_with(part);
}

/// Whether the switch is on and the file is one of those that fail.
bool fails(int descriptor) {
    const int was = errno;
    char path[4096] = {};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const bool is_on = ::access(setting("DISK_FAULT_SWITCH"), F_OK) == 0 &&
                       ::readlink(link.c_str(), path, sizeof(path) - 1) > 0 && is_meant(path) &&
                       is_turn();
    errno = was;
    return is_on;
}

/// The bytes that a write takes; 0: it fails, errno says how.
std::size_t taken(int descriptor, std::size_t bytes) {
    if (is_kind("sync") || !fails(descriptor)) {
        return bytes;
    }
    if (is_kind("short")) {
        return bytes > 1 ? bytes / 2 : bytes;
    }
    errno = is_kind("full") ? ENOSPC : EIO;
    return 0;
}

bool sync_fails(int descriptor) {
    if (!is_kind("sync") || !fails(descriptor)) {
        return false;
    }
    leave(std::string(setting("DISK_FAULT_SWITCH")) + ".syncs", "ab");
    errno = EIO;
    return true;
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, std::size_t size) {
    const std::size_t part = taken(descriptor, size);
    return part == 0 && size > 0
               ? -1
               : real<ssize_t (*)(int, const void*, std::size_t)>("write")(descriptor, bytes, part);
}

ssize_t pwrite(int descriptor, const void* bytes, std::size_t size, off_t at) {
    const std::size_t part = taken(descriptor, size);
    return part == 0 && size > 0 ? -1
                                 : real<ssize_t (*)(int, const void*, std::size_t, off_t)>(
                                       "pwrite")(descriptor, bytes, part, at);
}

ssize_t pwrite64(int descriptor, const void* bytes, std::size_t size, off64_t at) {
    return pwrite(descriptor, bytes, size, at);
}

ssize_t copy_file_range(int from, off64_t* from_at, int to, off64_t* to_at, std::size_t size,
                        unsigned flags) {
    const std::size_t part = taken(to, size);
    using Copy = ssize_t (*)(int, off64_t*, int, off64_t*, std::size_t, unsigned);
    return part == 0 && size > 0
               ? -1
               : real<Copy>("copy_file_range")(from, from_at, to, to_at, part, flags);
}

int fsync(int descriptor) {
    return sync_fails(descriptor) ? -1 : real<int (*)(int)>("fsync")(descriptor);
}

int fdatasync(int descriptor) {
    return sync_fails(descriptor) ? -1 : real<int (*)(int)>("fdatasync")(descriptor);
}

}  // extern "C"
