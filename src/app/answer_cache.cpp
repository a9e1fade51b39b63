#include "app/answer_cache.h"

#include <chrono>

namespace kokemus::app {

namespace {

/// How often one who waits looks whether anybody still waits for them.
constexpr auto look_every = std::chrono::milliseconds(20);

/// What a kept text costs besides its letters.
constexpr std::size_t overhead_bytes = 160;

}  // namespace

Result<AnswerCache::Text> AnswerCache::text(const std::shared_ptr<const Snapshot>& snapshot,
                                            const std::string& key, const Task& task,
                                            const std::function<Result<std::string>()>& make) {
    std::unique_lock lock(mutex_);
    const std::uint64_t version = snapshot->version;
    turn_to(version);
    for (;;) {
        const auto found = version == version_ ? place_of_.find(key) : place_of_.end();
        if (found == place_of_.end()) {
            break;
        }
        if (const Text text = found->second->text) {
            places_.splice(places_.begin(), places_, found->second);
            ++use_.given;
            return text;
        }
        TRY(task.status());
        changed_.wait_for(lock, look_every);
    }
    ++use_.made;
    if (version == version_) {
        places_.push_front(Kept{key, nullptr});
        place_of_[key] = places_.begin();
    }
    lock.unlock();
    Result<std::string> made = internal_error("an answer that was not made");
    try {
        made = make();
    } catch (...) {
        lock.lock();
        if (version == version_) {
            forget(key);
        }
        throw;
    }
    lock.lock();
    const Text text = made ? std::make_shared<const std::string>(std::move(*made)) : nullptr;
    if (version == version_) {
        text ? keep(key, text) : forget(key);
    }
    return text ? Result<Text>(text) : Result<Text>(made.error());
}

AnswerCache::Use AnswerCache::use() const {
    const std::scoped_lock lock(mutex_);
    Use use = use_;
    use.texts = places_.size();
    return use;
}

/// Forgets everything when the version is newer than that of the texts.
void AnswerCache::turn_to(std::uint64_t version) {
    if (version <= version_) {
        return;
    }
    version_ = version;
    places_.clear();
    place_of_.clear();
    use_.bytes = 0;
    changed_.notify_all();
}

/// A text that is larger than the bound is not kept; else the longest unused give way.
void AnswerCache::keep(const std::string& key, Text text) {
    const auto place = place_of_.at(key);
    place->text = std::move(text);
    use_.bytes += bytes_of(*place);
    if (bytes_of(*place) > bytes_max_) {
        forget(key);
    }
    for (auto last = places_.end(); use_.bytes > bytes_max_ && last != places_.begin();) {
        --last;
        if (last->text) {
            const std::string victim = last->key;
            ++last;
            forget(victim);
        }
    }
    changed_.notify_all();
}

void AnswerCache::forget(const std::string& key) {
    const auto found = place_of_.find(key);
    if (found == place_of_.end()) {
        return;
    }
    if (found->second->text) {
        use_.bytes -= bytes_of(*found->second);
    }
    places_.erase(found->second);
    place_of_.erase(found);
    changed_.notify_all();
}

std::size_t AnswerCache::bytes_of(const Kept& kept) {
    return 2 * kept.key.size() + kept.text->size() + overhead_bytes;
}

}  // namespace kokemus::app
