#include <fmt/format.h>

#include "answer/answer_csv.h"
#include "answer/answer_json.h"
#include "answer/answer_table.h"
#include "answer/ask.h"
#include "app/command.h"
#include "app/organisation.h"
#include "question/parse.h"

namespace kokemus::app {

Result<Exit> ask(const CommandSettings& settings, const AskOptions& options) {
    const auto organisation =
        TRY(Organisation::open(settings.data, settings.blueprint, Organisation::Open::Existing));
    const std::string text = question_text(options);
    auto parsed = question::parse_question(text, *organisation->blueprint());
    if (!parsed && parsed.error().column > 0) {
        parsed.error().message += "\n" + question::caret_lines(text, parsed.error().column);
    }
    const question::Question question = TRY(std::move(parsed));
    const auto snapshot = TRY(organisation->snapshot());
    const answer::Answer answer =
        TRY(answer::answer(question, *snapshot->engine, *snapshot->blueprint, snapshot->latest));
    if (options.json) {
        fmt::print("{}\n", answer::to_json(answer));
    } else if (options.csv) {
        fmt::print("{}", answer::to_csv(answer));
    } else {
        fmt::print("{}",
                   answer::to_table(
                       answer, settings.colour ? answer::Colour::Always : answer::Colour::Never));
    }
    return Exit::Done;
}

}  // namespace kokemus::app
