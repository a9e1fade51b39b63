#include "disk.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>

namespace kokemus::durability {

namespace {

namespace fs = std::filesystem;

/// Enough for the free space that the ledger wants, and some thousand batches.
constexpr std::uintmax_t ext4_bytes = 192ULL << 20U;

constexpr unsigned long ext4_shutdown = _IOR('X', 125, std::uint32_t);

/// Neither the journal nor anything else is written any more.
constexpr std::uint32_t without_flushing = 2;

class Ext4Disk final : public Disk {
public:
    Ext4Disk(fs::path image, fs::path folder)
        : image_(std::move(image)),
          folder_(std::move(folder)) {}
    ~Ext4Disk() override { ::umount2(folder_.c_str(), MNT_DETACH); }

    const fs::path& folder() const override { return folder_; }

    bool mount() const {
        return run({"mount", "-o", "loop", image_.string(), folder_.string()}) == 0;
    }

    bool lose_power(std::uint64_t, const std::function<void()>& kill) override {
        const int root = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const bool is_down = ::ioctl(root, ext4_shutdown, &without_flushing) == 0;
        ::close(root);
        kill();
        return is_down && ::umount(folder_.c_str()) == 0 && mount();
    }

private:
    fs::path image_;
    fs::path folder_;
};

class LossyDisk final : public Disk {
public:
    explicit LossyDisk(fs::path folder) : folder_(std::move(folder)) {}
    ~LossyDisk() override {
        ::umount2(folder_.c_str(), MNT_DETACH);
        if (to_ != nullptr) {
            std::fclose(to_);
            std::fclose(from_);
            ::waitpid(pid_, nullptr, 0);
        }
    }

    const fs::path& folder() const override { return folder_; }

    bool start() {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) {
            return false;
        }
        pid_ = ::fork();
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
            ::dup2(in[0], STDIN_FILENO);
            ::dup2(out[1], STDOUT_FILENO);
            ::execl(KOKEMUS_LOSSY_FS, "lossy_fs", folder_.c_str(), static_cast<char*>(nullptr));
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        to_ = ::fdopen(in[1], "w");
        from_ = ::fdopen(out[0], "r");
        return is_mounted();
    }

    bool lose_power(std::uint64_t seed, const std::function<void()>& kill) override {
        kill();
        if (::umount(folder_.c_str()) != 0) {
            return false;
        }
        constexpr std::array<int, 4> survivals = {0, 0, 30, 70};
        fmt::print(to_, "crash {} {}\n", seed, survivals[seed % survivals.size()]);
        std::fflush(to_);
        return is_mounted();
    }

private:
    bool is_mounted() {
        std::array<char, 100> line{};
        return std::fgets(line.data(), line.size(), from_) != nullptr &&
               std::string_view(line.data()) == "mounted\n";
    }

    fs::path folder_;
    pid_t pid_ = -1;
    std::FILE* to_ = nullptr;
    std::FILE* from_ = nullptr;
};

}  // namespace

int run(const std::vector<std::string>& words) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        std::vector<char*> arguments;
        for (const std::string& word : words) {
            arguments.push_back(const_cast<char*>(word.c_str()));
        }
        arguments.push_back(nullptr);
        const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        ::dup2(nowhere, STDOUT_FILENO);
        ::dup2(nowhere, STDERR_FILENO);
        ::execvp(arguments.front(), arguments.data());
        ::_exit(127);
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::unique_ptr<Disk> ext4_disk(const fs::path& scratch, std::string& why_not) {
    const fs::path image = scratch / "disk.ext4";
    const fs::path folder = scratch / "mounted";
    fs::create_directories(folder);
    std::FILE* file = std::fopen(image.c_str(), "w");
    std::fclose(file);
    fs::resize_file(image, ext4_bytes);
    if (run({"mkfs.ext4", "-q", "-F", image.string()}) != 0) {
        why_not = "mkfs.ext4 is not here or fails";
        return nullptr;
    }
    auto disk = std::make_unique<Ext4Disk>(image, folder);
    if (!disk->mount()) {
        why_not = "mounting a loop device needs root and /dev/loop-control";
        return nullptr;
    }
    return disk;
}

std::unique_ptr<Disk> lossy_disk(const fs::path& scratch, std::string& why_not) {
    const fs::path folder = scratch / "mounted";
    fs::create_directories(folder);
    auto disk = std::make_unique<LossyDisk>(folder);
    if (!disk->start()) {
        why_not = "mounting a FUSE file system needs /dev/fuse and the right to mount";
        return nullptr;
    }
    return disk;
}

}  // namespace kokemus::durability
