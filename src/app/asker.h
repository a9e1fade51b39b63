#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "account/user.h"
#include "answer/answer.h"
#include "answer/small_groups.h"
#include "app/answer_cache.h"
#include "app/answer_form.h"
#include "app/note_read.h"
#include "app/organisation.h"
#include "base/guarded.h"
#include "base/limits.h"
#include "base/task.h"
#include "http/message.h"

namespace kokemus::app {

/// The tasks that are being worked on, by the names their clients gave them. Thread safe.
class Tasks {
public:
    /// Lists `task` under `name` (empty: not at all) for as long as it stands. A name that is in
    /// use goes to the later one.
    class Listed {
    public:
        Listed(Tasks& tasks, std::string name, Task& task);
        ~Listed();
        Listed(const Listed&) = delete;
        Listed& operator=(const Listed&) = delete;

    private:
        Tasks& tasks_;
        std::string name_;
        Task& task_;
    };

    /// NotFound when nothing of this name is being worked on (any more).
    Result<Task::Progress> progress(std::string_view name) const;
    Status call_off(std::string_view name);

    /// How many are being worked on, listed by a name or not.
    std::size_t running() const { return running_; }

private:
    Guarded<std::map<std::string, Task*, std::less<>>> listed_;
    std::atomic<std::size_t> running_{0};
};

/// The name of a task, given by whoever asks: of each person their own, so that nobody looks at or
/// calls off the work of others. Empty: not listed.
std::string task_name(const http::Request& request, std::string_view given);

/// Answers questions of clients, each as far as whoever asks may have it (sight.h), each from the
/// newest snapshot and as a task: with a time limit, ended when the client is gone, to be looked at
/// and called off under the name that the parameter `task` gives it. Answers are kept in a cache.
/// Thread safe; the organisation must outlive it.
class Asker {
public:
    explicit Asker(Organisation& organisation,
                   Task::Seconds time_limit = Task::Seconds(limits::question_seconds_max),
                   std::size_t cache_bytes_max = limits::answer_cache_bytes_max);

    /// What an answer is made from: a snapshot, and its engine counting for the client's task.
    struct Ground {
        const Snapshot& snapshot;
        const question::Engine& engine;
    };

    /// The text kept under `key` for the newest snapshot, or what `make` gives.
    Result<std::string> text(const http::Request& request, const std::string& key,
                             const std::function<Result<std::string>(const Ground&)>& make);

    /// What `make` gives from the newest snapshot: made each time, and kept nowhere.
    Result<std::string> made(const http::Request& request,
                             const std::function<Result<std::string>(const Ground&)>& make);

    /// The answer to a question written in the text grammar.
    Result<std::string> answer(const http::Request& request, std::string_view question, Form form);

    /// As above, of several: {"answers": [...]}, each the answer or its problem; one snapshot and
    /// one task for all of them.
    Result<std::string> answers(const http::Request& request,
                                const std::vector<std::string>& questions);

    /// From now on `note` is called before single customers are shown. Set it before the first
    /// request.
    void note_reads(NoteRead note) { note_read_ = std::move(note); }

    /// From now on groups of fewer customers are not shown to whoever may not see single ones
    /// (answer/small_groups.h); up to 1: all are shown. Set it before the first request.
    void show_no_groups_below(std::uint64_t smallest) { smallest_group_ = smallest; }

    /// The smallest group that this person is shown; 0: any.
    std::uint64_t smallest_group_for(const account::Person& person) const;

    Organisation& organisation() { return organisation_; }
    Tasks& tasks() { return tasks_; }
    AnswerCache::Use cache_use() const { return cache_.use(); }

private:
    class Asked;

    Organisation& organisation_;
    const Task::Seconds time_limit_;
    const std::string pseudonyms_;  ///< key of the pseudonyms that some roles see; new each start
    AnswerCache cache_;
    Tasks tasks_;
    NoteRead note_read_ = note_nothing;
    std::uint64_t smallest_group_ = answer::smallest_group_default;
};

}  // namespace kokemus::app
