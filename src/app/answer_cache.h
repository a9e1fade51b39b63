#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "app/organisation.h"
#include "base/task.h"

namespace kokemus::app {

/// Answers to the newest snapshot as texts, by question, up to a bound in bytes; what was not asked
/// for longest goes first. Never stale: a text is given only for snapshots of the version it was
/// made from, and all go when a newer one comes. Who holds an older one is served past the cache.
/// Thread safe.
class AnswerCache {
public:
    using Text = std::shared_ptr<const std::string>;

    explicit AnswerCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// The text kept under `key` for `snapshot`; else what `make` gives, which is then kept.
    /// Whoever asks for a text that is being made waits for it, until their own `task` is over,
    /// which meanwhile is as far as the maker's; when its making fails, one of those who wait
    /// makes it. Errors are not kept.
    Result<Text> text(const std::shared_ptr<const Snapshot>& snapshot, const std::string& key,
                      Task& task, const std::function<Result<std::string>()>& make);

    struct Use {
        std::uint64_t given = 0;  ///< texts that were there
        std::uint64_t made = 0;
        std::size_t texts = 0;
        std::size_t bytes = 0;
    };
    Use use() const;

private:
    struct Kept {
        std::string key;
        Text text;          ///< nullptr while it is being made
        const Task* maker;  ///< whose task it is made in; nullptr once it is
    };
    using Places = std::list<Kept>;

    void turn_to(std::uint64_t version);
    void keep(const std::string& key, Text text);
    void forget(const std::string& key);
    static std::size_t bytes_of(const Kept& kept);

    const std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t version_ = 0;  ///< of the snapshots that the texts are of
    Places places_;              ///< the latest asked for first
    std::unordered_map<std::string, Places::iterator> place_of_;
    Use use_;
};

}  // namespace kokemus::app
