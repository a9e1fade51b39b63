#include "app/asker.h"

#include <fmt/format.h>

#include "account/door_api.h"
#include "account/read_log.h"
#include "account/secret.h"
#include "answer/ask.h"
#include "app/sight.h"
#include "base/clock.h"
#include "base/text.h"
#include "identity/identities.h"
#include "question/format.h"
#include "question/parse.h"

namespace kokemus::app {

Tasks::Listed::Listed(Tasks& tasks, std::string name, Task& task)
    : tasks_(tasks),
      name_(std::move(name)),
      task_(task) {
    ++tasks_.running_;
    if (!name_.empty()) {
        tasks_.listed_.with([&](auto& listed) { listed[name_] = &task_; });
    }
}

Tasks::Listed::~Listed() {
    --tasks_.running_;
    tasks_.listed_.with([&](auto& listed) {
        const auto found = listed.find(name_);
        if (found != listed.end() && found->second == &task_) {
            listed.erase(found);
        }
    });
}

namespace {

Error nothing_called(std::string_view name) {
    const std::string_view given = name.substr(name.find('\n') + 1);  // without whose it is
    return not_found(fmt::format("nothing called {} is being worked on (any more)", quote(given)));
}

}  // namespace

Result<Task::Progress> Tasks::progress(std::string_view name) const {
    return listed_.with([&](const auto& listed) -> Result<Task::Progress> {
        const auto found = listed.find(name);
        return found == listed.end() ? Result<Task::Progress>(nothing_called(name))
                                     : Result<Task::Progress>(found->second->progress());
    });
}

Status Tasks::call_off(std::string_view name) {
    return listed_.with([&](const auto& listed) -> Status {
        const auto found = listed.find(name);
        if (found == listed.end()) {
            return nothing_called(name);
        }
        found->second->call_off();
        return {};
    });
}

std::string task_name(const http::Request& request, std::string_view given) {
    return given.empty() ? std::string()
                         : fmt::format("{}\n{}", account::person_of(request).written(), given);
}

namespace {

/// Counted by the question that lists them, of which no row is read.
answer::CustomersBehind customers_behind(const Asker::Ground& ground) {
    return [&ground](const std::string& drill) -> Result<std::uint64_t> {
        auto question = TRY(question::parse_question(drill, *ground.snapshot.blueprint));
        question.limit = 1;
        return TRY(ground.engine.episodes(question)).population.customers;
    };
}

}  // namespace

/// One request while it is answered: its task, and the snapshot with an engine that counts for it.
class Asker::Asked {
public:
    static Result<std::unique_ptr<Asked>> make(Asker& asker, const http::Request& request) {
        const std::string_view name = request.parameter("task");
        if (name.size() > limits::name_bytes_max) {
            return Error{
                ErrorCode::TooLarge,
                fmt::format("parameter task: a name of at most {} bytes", limits::name_bytes_max)};
        }
        auto asked = std::make_unique<Asked>(asker, request);
        // Whoever has to wait for it is listed, may be called off, and does not wait for ever.
        asked->snapshot_ = TRY(asker.organisation_.snapshot(asked->task_));
        asked->engine_ = asked->snapshot_->engine->attended_by(asked->task_);
        return asked;
    }

    Asked(Asker& asker, const http::Request& request)
        : asker_(asker),
          request_(request),
          person_(account::person_of(request)),
          task_({request.gone, asker.time_limit_}),
          listed_(asker.tasks_, task_name(request, request.parameter("task")), task_) {}

    Result<std::string> text(const std::string& key,
                             const std::function<Result<std::string>(const Ground&)>& make) {
        const auto text = TRY(asker_.cache_.text(snapshot_, key, task_, [&] {
            // What is calculated beyond counting is for the same task.
            const Task::Scope scope(task_);
            return make(Ground{*snapshot_, *engine_});
        }));
        return *text;
    }

    Result<std::string> made(const std::function<Result<std::string>(const Ground&)>& make) {
        const Task::Scope scope(task_);
        return make(Ground{*snapshot_, *engine_});
    }

    Result<std::string> answer(std::string_view text, Form form) {
        auto parsed = TRY(question::parse_question(text, *snapshot_->blueprint));
        if (parsed.kind == question::Kind::Timeline) {
            const encounter::CustomerName name(parsed.customer);
            parsed.customer = snapshot_->identities->customer_of(name).value();
        }
        const auto question =
            of_who_agree(TRY(as_may_be_asked(std::move(parsed), person_)), *snapshot_->blueprint);
        const bool lists = question.kind == question::Kind::Episodes;
        const bool concealed = lists && is_concealed(person_);
        TRY(note(question, concealed));
        const std::uint64_t smallest = asker_.smallest_group_for(person_);
        const std::string key = fmt::format("{} {}{}{}",
                                            form_name(form),
                                            concealed ? "concealed " : "",
                                            smallest > 0 ? "groups " : "",
                                            question::format(question));
        return this->text(key, [&](const Ground& ground) -> Result<std::string> {
            auto answer = TRY(answer::answer(
                question, ground.engine, *ground.snapshot.blueprint, ground.snapshot.latest));
            answer.blueprint_version = ground.snapshot.blueprint_version;
            if (smallest > 0) {
                TRY(answer::check_size(answer.population, smallest));
                TRY(answer::withhold_small_groups(answer, smallest, customers_behind(ground)));
            }
            if (concealed) {
                conceal(answer, asker_.pseudonyms_);
            }
            return written(answer, form, SystemClock().now());
        });
    }

private:
    Status note(const question::Question& question, bool concealed) {
        if (question.kind == question::Kind::Timeline) {
            return asker_.note_read_(
                request_, "customer.read", account::audited_customer(question.customer));
        }
        if (question.kind == question::Kind::Episodes && !concealed) {
            return asker_.note_read_(request_, "episodes.list", "");
        }
        return {};
    }

    Asker& asker_;
    const http::Request& request_;
    const account::Person& person_;
    Task task_;
    const Tasks::Listed listed_;
    std::shared_ptr<const Snapshot> snapshot_;
    std::unique_ptr<const question::Engine> engine_;
};

Asker::Asker(Organisation& organisation, Task::Seconds time_limit, std::size_t cache_bytes_max)
    : organisation_(organisation),
      time_limit_(time_limit),
      pseudonyms_(account::new_secret()),
      cache_(cache_bytes_max) {}

std::uint64_t Asker::smallest_group_for(const account::Person& person) const {
    return is_concealed(person) && smallest_group_ > 1 ? smallest_group_ : 0;
}

Result<std::string> Asker::text(const http::Request& request, const std::string& key,
                                const std::function<Result<std::string>(const Ground&)>& make) {
    return TRY(Asked::make(*this, request))->text(key, make);
}

Result<std::string> Asker::made(const http::Request& request,
                                const std::function<Result<std::string>(const Ground&)>& make) {
    return TRY(Asked::make(*this, request))->made(make);
}

Result<std::string> Asker::answer(const http::Request& request, std::string_view question,
                                  Form form) {
    return TRY(Asked::make(*this, request))->answer(question, form);
}

Result<std::string> Asker::answers(const http::Request& request,
                                   const std::vector<std::string>& questions) {
    const auto asked = TRY(Asked::make(*this, request));
    std::string answers;
    for (const std::string& question : questions) {
        const auto answer = asked->answer(question, Form::Json);
        answers += answers.empty() ? "" : ",";
        answers += answer ? *answer : http::problem_document(answer.error());
    }
    return "{\"answers\":[" + answers + "]}";
}

}  // namespace kokemus::app
