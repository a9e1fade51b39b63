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
    turn_to(snapshot);
    const std::uint64_t generation = generation_;
    for (;;) {
        const auto found = generation == generation_ ? place_of_.find(key) : place_of_.end();
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
    if (generation == generation_) {
        places_.push_front(Kept{key, nullptr});
        place_of_[key] = places_.begin();
    }
    lock.unlock();
    Result<std::string> made = internal_error("an answer that was not made");
    try {
        made = make();
    } catch (...) {
        lock.lock();
        if (generation == generation_) {
            forget(key);
        }
        throw;
    }
    lock.lock();
    const Text text = made ? std::make_shared<const std::string>(std::move(*made)) : nullptr;
    if (generation == generation_) {
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

/// Forgets everything when `snapshot` is not the one the texts were made from. A weak pointer tells
/// the two apart for certain: it keeps the old one's identity from being used again.
void AnswerCache::turn_to(const std::shared_ptr<const Snapshot>& snapshot) {
    if (!snapshot_.owner_before(snapshot) && !snapshot.owner_before(snapshot_)) {
        return;
    }
    snapshot_ = snapshot;
    ++generation_;
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
