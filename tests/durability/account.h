#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace kokemus::encounter {
struct Encounter;
}

namespace kokemus::durability {

/// The books of one data folder: what was sent, what was acknowledged. Kept outside of the server,
/// and compared with what its ledger holds after it was killed. Thread safe.
class Account {
public:
    /// A batch: `size` encounters whose bodies follow from its number.
    struct Batch {
        std::uint64_t number = 0;
        std::size_t size = 0;
    };

    /// A new batch, booked as sent.
    Batch send_new(std::size_t size);

    /// One sent before, acknowledged or not, to be sent again; a batch of size 0 when there is
    /// none. `chance` chooses.
    Batch send_again(std::uint64_t chance) const;

    /// Books what the server answered. Ignored once the account is closed: the answer of a server
    /// whose disk is cut off counts for nothing.
    void acknowledged(const Batch& batch);
    void close_books();
    void open_books();

    std::uint64_t acknowledgements() const;

    /// What is wrong in the folder's ledger: an acknowledged encounter that is missing, one that is
    /// there twice, half a batch, one that was never sent, a body that is another. Empty when all
    /// is well. Of what was acknowledged, only the first so many batches must be there: a backup
    /// owes what was acknowledged before it began. Opens the ledger, as a restart does.
    std::vector<std::string> compare(const std::filesystem::path& folder,
                                     std::uint64_t acknowledgements = UINT64_MAX) const;

    /// The text of a batch, as it is sent.
    static std::string body(const Batch& batch);

private:
    struct Line {
        std::size_t size = 0;
        std::uint64_t acknowledgement = 0;  ///< the how-manieth it was; 0: none yet
    };
    struct Seen;

    void look_at(const encounter::Encounter& encounter, Seen& seen,
                 std::vector<std::string>& faults) const;
    void compare_batches(const Seen& seen, std::uint64_t acknowledgements,
                         std::vector<std::string>& faults) const;

    mutable std::mutex mutex_;
    std::map<std::uint64_t, Line> lines_;
    std::uint64_t acknowledgements_ = 0;
    bool is_open_ = true;
};

}  // namespace kokemus::durability
