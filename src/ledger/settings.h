#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "encounter/encounter.h"

namespace kokemus::duck {
class Connection;
}

namespace kokemus::ledger {

class Names;

/// What encounters share besides their own time and text: touchpoint, channel, department, scale,
/// language, whether the time was clamped.
struct Setting {
    const std::string* touchpoint = nullptr;
    const std::string* channel = nullptr;
    const std::string* department = nullptr;
    const std::string* scale = nullptr;
    const std::string* language = nullptr;
    bool clamped = false;
};

/// Codes for settings: few come again and again, so that six columns of the encounters become one.
/// Codes are never reused or changed.
///
/// Thread safety: `setting` from any thread; the others from the one that writes.
class Settings {
public:
    /// `names` must outlive this.
    explicit Settings(Names& names) : names_(names) {}

    /// Reads all settings; the names must have been loaded before.
    Status load(duck::Connection& connection);

    /// The code of an encounter's setting, a new one when it has none yet.
    std::uint32_t code(const encounter::Encounter& encounter);

    /// The setting of a code, null when there is none. It stays where it is as long as this object
    /// lives.
    const Setting* setting(std::uint32_t code) const;

    /// As of Names.
    Status save(duck::Connection& connection, std::uint32_t end);
    void saved(std::uint32_t end) { saved_ = std::max(saved_, end); }
    std::uint32_t next() const { return next_; }

private:
    const Setting& add(const Setting& setting);

    Names& names_;
    mutable std::shared_mutex mutex_;  ///< over settings_; the rest belongs to the writer
    std::deque<Setting> settings_;
    std::unordered_multimap<std::size_t, std::uint32_t> codes_;  ///< by the hash of the texts
    std::uint32_t next_ = 0;
    std::uint32_t saved_ = 0;
};

}  // namespace kokemus::ledger
