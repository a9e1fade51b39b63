#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kokemus::ledger {

/// Bytes under ascending numbers, each found with one look however many there are: what is read
/// again and again from a store that would have to search for it. The newest are in memory, some
/// megabytes at most; the others lie in one file, in sections that are never written again. The
/// file is no truth: nothing of it is synced, and who keeps it can make it anew.
///
/// On disk, section by section: a head, the place of each number's bytes, then the bytes, each with
/// a checksum of its own.
///
/// Thread safe.
class NumberedFile {
public:
    /// How much is held in memory before it becomes a section.
    struct Limits {
        std::uint32_t numbers_max = 122'880;
        std::uint64_t bytes_max = 32ULL << 20U;
        /// Nothing is written where less than this is free: the file is to make nothing scarce.
        std::uint64_t free_bytes_min = 1ULL << 30U;
    };

    /// Goes on with what lies at `path`, as far as it is whole and says that it is `owner`'s; else
    /// begins anew. The file itself is made with its first section.
    NumberedFile(std::filesystem::path path, std::uint64_t owner, const Limits& limits);
    ~NumberedFile();
    NumberedFile(const NumberedFile&) = delete;
    NumberedFile& operator=(const NumberedFile&) = delete;

    /// Every number up to this one is here, or does not exist.
    std::uint64_t covered() const;

    /// Puts bytes under a number above `covered`; those between do not exist. After an error
    /// (a full disk) all that is not in the file is gone from here, and `covered` says so.
    Status put(std::uint64_t number, std::string_view bytes);

    /// No number up to this one will come any more. Errors: as of `put`.
    Status reach(std::uint64_t number);

    /// What stands under the number, nothing for one that does not exist or is not covered.
    /// Corrupt when the file is damaged.
    Result<std::optional<std::string>> read(std::uint64_t number) const;

    /// Removes everything, the file too; its name is gone from the disk on return.
    Status clear();

    /// Of the file.
    std::uint64_t bytes() const;

private:
    struct Section;
    struct Descriptor;

    void open_sections();
    std::shared_ptr<Section> read_head(std::uint64_t at, std::uint64_t file_bytes) const;
    Status flush();
    Status write_section();
    void forget_tail(std::uint64_t next);
    Result<std::optional<std::string>> read_from(const Section& section,
                                                 std::uint64_t number) const;

    const std::filesystem::path path_;
    const std::uint64_t owner_;
    const Limits limits_;
    mutable std::shared_mutex mutex_;  ///< over all below
    std::shared_ptr<Descriptor> file_;
    std::vector<std::shared_ptr<Section>> sections_;  ///< by number
    std::uint64_t end_ = 0;                           ///< of the file
    std::uint64_t tail_first_ = 1;                    ///< the number of the first place in the tail
    std::vector<std::uint32_t> tail_places_ = {0};    ///< one more than there are numbers
    std::string tail_;
};

}  // namespace kokemus::ledger
