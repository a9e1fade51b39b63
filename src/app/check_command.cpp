#include <fmt/format.h>

#include "answer/check.h"
#include "app/command.h"
#include "app/organisation.h"
#include "question/parse.h"

namespace kokemus::app {

namespace {

/// The range that --from and --to name, by the grammar of questions.
Result<TimeRange> range_of(const CheckCommand& options, const blueprint::Blueprint& blueprint) {
    AskOptions ask;
    ask.words = {"flow"};
    ask.from = options.from;
    ask.to = options.to;
    return TRY(question::parse_question(question_text(ask), blueprint)).range;
}

}  // namespace

Result<Exit> check(const CommandSettings& settings, const CheckCommand& options) {
    const auto organisation =
        TRY(Organisation::open(settings.data, settings.blueprint, Organisation::Open::Existing));
    if (!organisation->has_own_blueprint() && !settings.blueprint) {
        return invalid_input(
            fmt::format("there is no blueprint to hold the data against; write {} "
                        "(docs/blueprint.md) or name one "
                        "with --blueprint FILE",
                        (settings.data / "blueprint.toml").string()));
    }
    const auto snapshot = TRY(organisation->snapshot());
    const TimeRange range = TRY(range_of(options, *snapshot->blueprint));
    const answer::CheckReport result =
        TRY(answer::check(*snapshot->engine, *snapshot->blueprint, range));
    if (options.json) {
        fmt::print("{}\n", answer::to_json(result));
    } else {
        fmt::print("{}",
                   answer::to_table(
                       result, settings.colour ? answer::Colour::Always : answer::Colour::Never));
    }
    return result.missed() > 0 ? Exit::Attention : Exit::Done;
}

}  // namespace kokemus::app
