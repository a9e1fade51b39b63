#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kokemus::durability {

/// A disk of our own whose power can be cut: what was not synced is lost. Used by one thread.
class Disk {
public:
    virtual ~Disk() = default;

    /// Where it is mounted; the path stays the same.
    virtual const std::filesystem::path& folder() const = 0;

    /// Cuts the power and comes back as after a restart. Nobody may run on the disk any more but
    /// `frozen` servers, which `kill` ends at the right moment. False when the disk did not come
    /// back.
    virtual bool lose_power(std::uint64_t seed, const std::function<void()>& kill) = 0;
};

/// An ext4 in a file, mounted through a loop device and stopped by its shutdown ioctl: a real
/// journal, really replayed. Null, and `why_not` set, when this machine does not allow it.
std::unique_ptr<Disk> ext4_disk(const std::filesystem::path& scratch, std::string& why_not);

/// The file system of lossy_fs.cpp: sectors and names that were not synced survive by chance, torn
/// and out of order. Null, and `why_not` set, when this machine does not allow it.
std::unique_ptr<Disk> lossy_disk(const std::filesystem::path& scratch, std::string& why_not);

/// Runs a program and waits; gives the exit code.
int run(const std::vector<std::string>& words);

}  // namespace kokemus::durability
