#include <boost/json.hpp>
#include <fmt/format.h>

#include "answer/check.h"
#include "app/command.h"
#include "app/kept_blueprint.h"
#include "app/organisation.h"
#include "app/sight.h"
#include "blueprint/blueprint_read.h"
#include "question/parse.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

/// The range that --from and --to name, by the grammar of questions; and as in every answer, nobody
/// who has refused to be analysed.
Result<answer::CheckScope> scope_of(const CheckCommand& options,
                                    const blueprint::Blueprint& blueprint) {
    AskOptions ask;
    ask.words = {"flow"};
    ask.from = options.from;
    ask.to = options.to;
    const question::Question scope =
        of_who_agree(TRY(question::parse_question(question_text(ask), blueprint)), blueprint);
    return answer::CheckScope{scope.range, scope.where};
}

/// Reads a blueprint alone, as a pipeline does before anybody applies it.
Result<Exit> check_file(const CheckCommand& options) {
    const blueprint::Reading reading = TRY(blueprint::read_blueprint_file(options.file));
    const bool is_faulty = blueprint::has_errors(reading.faults);
    if (options.json) {
        json::array faults;
        for (const blueprint::Fault& fault : reading.faults) {
            faults.push_back(json::object{
                {"line", fault.line},
                {"column", fault.column},
                {"severity", fault.severity == blueprint::Severity::Error ? "error" : "warning"},
                {"message", fault.message}});
        }
        fmt::print("{}\n",
                   json::serialize(json::object{{"file", options.file.string()},
                                                {"faults", std::move(faults)}}));
    } else {
        for (const blueprint::Fault& fault : reading.faults) {
            fmt::print("{}: {}\n", options.file.string(), blueprint::to_text(fault));
        }
        fmt::print("{}", reading.faults.empty() ? "the blueprint is sound\n" : "");
    }
    if (is_faulty) {
        return Exit::Fault;
    }
    return options.strict && !reading.faults.empty() ? Exit::Attention : Exit::Done;
}

}  // namespace

Result<Exit> check(const CommandSettings& settings, const CheckCommand& options) {
    if (!options.file.empty()) {
        return check_file(options);
    }
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
    const answer::CheckScope scope = TRY(scope_of(options, *snapshot->blueprint));
    answer::CheckReport result = TRY(answer::check(*snapshot->engine, *snapshot->blueprint, scope));
    result.blueprint_version = TRY(version_in_force(settings));
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
