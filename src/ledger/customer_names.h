#pragma once

#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "duck/chunk_insert.h"
#include "ledger/key_index.h"
#include "ledger/name_digest.h"

namespace kokemus::ledger {

/// Codes for the names of customers: 1, 2, 3... in the order in which they were first seen, never
/// reused or changed. All names are in memory, about 40 bytes each. A customer who was erased keeps
/// the code and loses the name; the name has the code 0 from then on.
///
/// Thread safety: reading (`find`, `Reader`) from any thread; the others from the one that writes.
class CustomerNames {
public:
    CustomerNames();

    /// Reads the digests of those who were erased, before anything else is done.
    Status load_erased(duck::Connection& connection);

    /// Reads all names. Corrupt when the codes have a gap.
    Status load(duck::Connection& connection, const std::stop_token& stop);

    /// The code of a name, a new one when it has none yet; 0 for one that was erased.
    std::uint32_t code(std::string_view name);

    /// The code of a name, on disk or not; 0 for none.
    std::uint32_t known(std::string_view name) const;

    /// Takes the names away, and refuses those with these digests from now on.
    void erase(std::span<const std::uint32_t> codes, std::span<const std::string> digests);

    /// Gives new codes to names with this digest again.
    void readmit(const std::string& digest);

    /// Whether anything may have to be refused. Stays so when the last one is let in again: what
    /// was refused before may still wait to be written.
    bool has_erased() const { return erased_ > 0 || has_refused_; }

    /// How many codes have lost their name.
    std::uint32_t erased() const { return erased_; }

    /// Whether the name was erased and is refused.
    bool is_refused(std::string_view name) const;
    std::vector<std::string> refused() const;

    /// See NameDigests.
    std::string digest_of(std::string_view name) const { return digests_.digest_of(name); }
    const std::string& salt() const { return digests_.salt(); }

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

        /// "" for a code that does not exist or was erased. Points into the names: valid as long as
        /// the reader.
        std::string_view name(std::uint32_t code) const { return names_.name(code); }

        /// Whether it was erased.
        bool is_gone(std::uint32_t code) const { return names_.is_gone(code); }

    private:
        const CustomerNames& names_;
        std::shared_lock<std::shared_mutex> lock_;
    };

private:
    bool is_gone(std::uint32_t code) const { return code < gone_.size() && gone_[code]; }

    std::string_view name(std::uint32_t code) const {
        if (code == 0 || code >= ends_.size() || is_gone(code)) {
            return {};
        }
        return {bytes_.data() + ends_[code - 1], ends_[code] - ends_[code - 1]};
    }

    void add(std::string_view name);
    std::uint64_t key(std::string_view name) const;
    std::uint32_t find_any(std::string_view name) const;

    mutable std::shared_mutex mutex_;  ///< over everything below
    std::vector<char> bytes_;          ///< all names, one behind the other
    std::vector<std::uint64_t> ends_;  ///< of each code's name in bytes_
    std::vector<bool> gone_;           ///< by code: has lost its name; may be shorter
    KeyIndex index_;                   ///< hash of a name -> code
    std::uint32_t next_ = 1;
    std::uint32_t saved_ = 1;
    std::uint32_t erased_ = 0;
    NameDigests digests_;
    bool has_refused_ = false;  ///< there was a digest since the ledger was opened
    std::optional<duck::ChunkInsert> insert_;
};

}  // namespace kokemus::ledger
