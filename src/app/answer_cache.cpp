#include "app/answer_cache.h"

#include <algorithm>
#include <chrono>

namespace kokemus::app {

namespace {

/// How often one who waits looks whether anybody still waits for them.
constexpr auto look_every = std::chrono::milliseconds(20);

/// Has one who waits be as far as another is whose work they wait for.
class Following {
public:
    explicit Following(Task& own) : own_(own) {}

    void look(const Task::Progress& other) {
        for (; passes_ < other.passes; ++passes_) {
            own_.begin_pass(parts);
            done_ = 0;
        }
        const auto done = static_cast<std::uint64_t>(other.share * parts);
        own_.advance(done > done_ ? done - done_ : 0);
        done_ = std::max(done, done_);
    }

private:
    static constexpr std::uint64_t parts = 1U << 20U;

    Task& own_;
    std::uint64_t passes_ = 0;
    std::uint64_t done_ = 0;
};

/// What a kept text costs besides its letters.
constexpr std::size_t overhead_bytes = 160;

}  // namespace

Result<AnswerCache::Text> AnswerCache::text(const std::shared_ptr<const Snapshot>& snapshot,
                                            const std::string& key, Task& task,
                                            const std::function<Result<std::string>()>& make) {
    std::unique_lock lock(mutex_);
    const std::uint64_t version = snapshot->version;
    turn_to(version);
    Following following(task);
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
        following.look(found->second->maker->progress());
        changed_.wait_for(lock, look_every);
    }
    ++use_.made;
    if (version == version_) {
        places_.push_front(Kept{key, nullptr, &task});
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
    place->maker = nullptr;
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
