#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <stop_token>
#include <thread>

#include <fmt/format.h>

#include "answer/answer_table.h"
#include "answer/ask.h"
#include "app/answer_form.h"
#include "app/command.h"
#include "app/kept_blueprint.h"
#include "app/organisation.h"
#include "app/progress_line.h"
#include "app/sight.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/task.h"
#include "identity/identities.h"
#include "question/parse.h"

namespace kokemus::app {

namespace {

constexpr auto look_every = std::chrono::milliseconds(100);
constexpr double long_seconds = 0.5;

/// Says on the terminal how far a count is that takes long.
void show_progress(const std::stop_token& stop, const Task& task, bool quiet) {
    ProgressLine line(!quiet);
    std::mutex mutex;
    std::condition_variable_any ended;
    while (!stop.stop_requested()) {
        const Task::Progress progress = task.progress();
        if (progress.passes > 0 && progress.seconds > long_seconds) {
            line.show(fmt::format("counting, {:.0f} %", 100 * progress.share));
        }
        std::unique_lock lock(mutex);
        ended.wait_for(lock, stop, look_every, [] { return false; });
    }
}

Result<answer::Answer> answer_showing_progress(const question::Question& question,
                                               const Snapshot& snapshot, bool quiet) {
    Task task;
    const std::jthread shower(
        [&](const std::stop_token& stop) { show_progress(stop, task, quiet); });
    const auto engine = snapshot.engine->attended_by(task);
    return answer::answer(question, *engine, *snapshot.blueprint, snapshot.latest);
}

/// None: as a table on the terminal.
Result<std::optional<Form>> form_of(const AskOptions& options) {
    if (options.json || options.csv) {
        return options.json ? Form::Json : Form::Csv;
    }
    std::string name = options.format;
    if (name.empty() && !options.output.empty()) {
        name = options.output.extension().string();
        name.erase(0, name.starts_with('.') ? 1 : 0);
    }
    if (name.empty()) {
        return options.output.empty() ? Result<std::optional<Form>>(std::nullopt)
                                      : invalid_input(
                                            "say in which form, with --format, or by the "
                                            "ending of the file");
    }
    const Form form = TRY(read_form(name));
    if (options.output.empty() && is_binary(form)) {
        return invalid_input(
            fmt::format("{} is not for a terminal; say where to with -o FILE", name));
    }
    return form;
}

Status give(const std::string& text, Form form, const std::filesystem::path& file) {
    if (!file.empty()) {
        return write_file(file, text);
    }
    fmt::print("{}{}", text, form == Form::Json ? "\n" : "");
    return {};
}

}  // namespace

Result<Exit> ask(const CommandSettings& settings, const AskOptions& options) {
    const std::optional<Form> form = TRY(form_of(options));
    const auto organisation =
        TRY(Organisation::open(settings.data, settings.blueprint, Organisation::Open::Existing));
    const std::string text = question_text(options);
    auto parsed = question::parse_question(text, *organisation->blueprint());
    if (!parsed && parsed.error().column > 0) {
        parsed.error().message += "\n" + question::caret_lines(text, parsed.error().column);
    }
    const auto snapshot = TRY(organisation->snapshot());
    question::Question question = of_who_agree(TRY(std::move(parsed)), *snapshot->blueprint);
    if (question.kind == question::Kind::Timeline) {
        const encounter::CustomerName name(question.customer);
        question.customer = snapshot->identities->customer_of(name).value();
    }
    answer::Answer answer = TRY(answer_showing_progress(question, *snapshot, settings.quiet));
    answer.blueprint_version = TRY(version_in_force(settings));
    if (form) {
        const std::string file = TRY(written(answer, *form, SystemClock().now()));
        TRY(give(file, *form, options.output));
    } else {
        fmt::print("{}",
                   answer::to_table(
                       answer, settings.colour ? answer::Colour::Always : answer::Colour::Never));
    }
    std::fflush(stdout);  // closing a large ledger may take a moment
    return Exit::Done;
}

}  // namespace kokemus::app
