#include "http/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

#include "base/log.h"

namespace kokemus::http {

std::size_t connections_allowed(std::size_t wanted, std::size_t kept) {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return wanted;
    }
    const rlim_t enough = std::min<rlim_t>(files.rlim_max, wanted + kept);
    if (files.rlim_cur < enough) {
        const rlimit raised{enough, files.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) {
            files.rlim_cur = enough;
        }
    }
    const std::size_t all = files.rlim_cur;
    const std::size_t allowed = std::min(wanted, std::max<std::size_t>(all, kept + 1) - kept);
    if (allowed < wanted) {
        log_warning(
            "the system lets this program open {} files at once: {} connections are taken, not {}; "
            "raise the limit of open files (ulimit -n, LimitNOFILE)",
            all,
            allowed,
            wanted);
    }
    return allowed;
}

}  // namespace kokemus::http
