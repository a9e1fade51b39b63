#include "base/open_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <utility>
#include <vector>

#include <xxhash.h>

#include "base/check.h"
#include "base/file.h"

namespace kokemus {

OpenFile::OpenFile(std::filesystem::path path, int descriptor)
    : path_(std::move(path)),
      descriptor_(descriptor) {}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Result<OpenFile> OpenFile::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return file_error("read", path, errno);
    }
    return OpenFile(path, descriptor);
}

Result<FileSum> sum_of_file(const std::filesystem::path& path) {
    constexpr std::size_t block_bytes = 1U << 20U;
    const OpenFile file = TRY(OpenFile::open(path));
    ::posix_fadvise(file.descriptor(), 0, 0, POSIX_FADV_SEQUENTIAL);
    std::vector<char> block(block_bytes);
    FileSum sum;
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                   &XXH3_freeState);
    CHECK(state != nullptr);
    XXH3_128bits_reset(state.get());
    while (true) {
        const ssize_t got = ::read(file.descriptor(), block.data(), block.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return file_error("read", path, errno);
        }
        if (got == 0) {
            const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
            sum.hash = Hash128{hash.high64, hash.low64};
            return sum;
        }
        const auto bytes = static_cast<std::size_t>(got);
        XXH3_128bits_update(state.get(), block.data(), bytes);
        sum.bytes += bytes;
    }
}

}  // namespace kokemus
