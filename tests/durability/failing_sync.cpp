// Put before a program (LD_PRELOAD), it makes fsync and fdatasync fail with EIO for as long as the
// file named by KOKEMUS_FAILING_SYNC exists, and writes a line into it for each that failed.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace {

bool fails() {
    const char* switch_file = std::getenv("KOKEMUS_FAILING_SYNC");
    const int file = switch_file == nullptr ? -1 : ::open(switch_file, O_WRONLY | O_APPEND);
    if (file < 0) {
        return false;
    }
    const bool written = ::write(file, "failed\n", 7) == 7;
    ::close(file);
    errno = EIO;
    return written;
}

int really(const char* name, int file) {
    using Sync = int (*)(int);
    return reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, name))(file);
}

}  // namespace

extern "C" {
int fsync(int file) {
    return fails() ? -1 : really("fsync", file);
}
int fdatasync(int file) {
    return fails() ? -1 : really("fdatasync", file);
}
}
