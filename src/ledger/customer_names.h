#pragma once

#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "duck/chunk_insert.h"
#include "ledger/key_index.h"

namespace kokemus::ledger {

/// Codes for the names of customers: 1, 2, 3... in the order in which they were first seen, never
/// reused or changed. All names are in memory, about 40 bytes each.
///
/// Thread safety: reading (`find`, `Reader`) from any thread; the others from the one that writes.
class CustomerNames {
public:
    CustomerNames();

    /// Reads all names. Corrupt when the codes have a gap.
    Status load(duck::Connection& connection, const std::stop_token& stop);

    /// The code of a name, a new one when it has none yet.
    std::uint32_t code(std::string_view name);

    /// The code of a name that is on disk.
    std::optional<std::uint32_t> find(std::string_view name) const;

    /// Once, before anything is saved: outside of a transaction of the connection that writes.
    Status prepare_to_save(duck::Connection& writer);

    /// Writes the names below `end` that are not on disk yet, within the writer's transaction.
    Status save(std::uint32_t end);

    /// To be called once that transaction is on disk.
    void saved(std::uint32_t end);

    std::uint32_t next() const { return next_; }
    std::uint32_t saved() const { return saved_; }

    /// Reads names while it lives; writers wait that long.
    class Reader {
    public:
        explicit Reader(const CustomerNames& names) : names_(names), lock_(names.mutex_) {}

        /// "" for a code that does not exist. Points into the names: valid as long as the reader.
        std::string_view name(std::uint32_t code) const { return names_.name(code); }

    private:
        const CustomerNames& names_;
        std::shared_lock<std::shared_mutex> lock_;
    };

private:
    std::string_view name(std::uint32_t code) const {
        if (code == 0 || code >= ends_.size()) {
            return {};
        }
        return {bytes_.data() + ends_[code - 1], ends_[code] - ends_[code - 1]};
    }

    std::uint64_t key(std::string_view name) const;
    std::uint32_t find_any(std::string_view name) const;

    mutable std::shared_mutex mutex_;  ///< over everything below
    std::vector<char> bytes_;          ///< all names, one behind the other
    std::vector<std::uint64_t> ends_;  ///< of each code's name in bytes_
    KeyIndex index_;                   ///< hash of a name -> code
    std::uint64_t seed_ = 0;           ///< so that nobody can craft names that collide
    std::uint32_t next_ = 1;
    std::uint32_t saved_ = 1;
    std::optional<duck::ChunkInsert> insert_;
};

}  // namespace kokemus::ledger
