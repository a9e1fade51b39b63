#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

namespace kokemus::duck {
class Connection;
}

namespace kokemus::ledger {

/// Codes for the texts that come again and again: touchpoints, channels, employees, scales,
/// promises. 0 is "". Codes are never reused or changed.
///
/// Thread safety: `find` and `text` from any thread; the others from the one that writes.
class Names {
public:
    Names();

    Status load(duck::Connection& connection);

    /// The code of a text, a new one when it has none yet.
    std::uint32_t code(std::string_view text);

    /// Writes the codes below `end` that are not on disk yet, within the connection's transaction.
    Status save(duck::Connection& connection, std::uint32_t end);

    /// To be called once that transaction is on disk.
    void saved(std::uint32_t end) { saved_ = std::max(saved_, end); }

    std::uint32_t next() const { return next_; }

    /// The text of a code, null when there is none. It stays where it is as long as this object
    /// lives.
    const std::string* find(std::uint32_t code) const;

    /// The same; "" for a code that does not exist.
    const std::string& text(std::uint32_t code) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    std::uint32_t add(std::string_view text);

    mutable std::shared_mutex mutex_;  ///< over texts_; codes_ belong to the writer
    std::deque<std::string> texts_;
    std::unordered_map<std::string_view, std::uint32_t, Hash, std::equal_to<>> codes_;
    std::uint32_t next_ = 0;
    std::uint32_t saved_ = 0;
};

}  // namespace kokemus::ledger
