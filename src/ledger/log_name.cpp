#include "ledger/log_name.h"

#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "base/file.h"

namespace kokemus::ledger {

LogName::LogName(std::filesystem::path database) : log_(std::move(database += ".wal")) {}

Status LogName::settle() {
    struct stat now {};
    if (::stat(log_.c_str(), &now) != 0) {
        if (errno != ENOENT) {
            return file_error("look at", log_, errno);
        }
        file_ = 0;
        return {};
    }
    // A new file may get the number of the one that went; it is shorter then.
    const bool is_known = now.st_ino == file_ && now.st_size >= bytes_;
    file_ = now.st_ino;
    bytes_ = now.st_size;
    return is_known ? Status{} : sync_folder(log_.parent_path());
}

}  // namespace kokemus::ledger
