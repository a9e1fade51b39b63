#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace kokemus::ledger {

/// Where a 64-bit key was seen: key -> ledger numbers. Several numbers only when different
/// identities share a key, which whoever asks must tell apart. About 26 bytes a key, in memory.
/// Not thread safe.
class KeyIndex {
public:
    KeyIndex();
    ~KeyIndex();

    void reserve(std::size_t count);
    void add(std::uint64_t key, std::uint32_t number);

    /// Adds only under a key that has no number yet; says whether it did. One look-up.
    bool add_if_absent(std::uint64_t key, std::uint32_t number);
    void remove(std::uint64_t key, std::uint32_t number);

    /// Calls `take` with every number under the key.
    void each(std::uint64_t key, const std::function<void(std::uint32_t)>& take) const;

    /// How many numbers there are under the key; costs the same however many.
    std::size_t count(std::uint64_t key) const;

    std::size_t size() const;

private:
    struct Maps;
    std::unique_ptr<Maps> maps_;
};

}  // namespace kokemus::ledger
