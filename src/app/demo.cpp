#include "app/demo.h"

#include <algorithm>
#include <chrono>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/progress_line.h"
#include "base/file.h"
#include "base/text.h"
#include "sample/load.h"
#include "sample/sample_blueprint.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

constexpr std::string_view sample_file = "sample.json";
constexpr std::size_t sample_file_bytes_max = 4096;

enum class Making { Begun, Done };

Status keep(const std::filesystem::path& folder, const sample::Options& options, Making making) {
    return write_file(folder / sample_file,
                      json::serialize(json::object{{"customers", options.customers},
                                                   {"seed", options.seed},
                                                   {"from", format_instant(options.from)},
                                                   {"to", format_instant(options.to)},
                                                   {"made", making == Making::Done}}) +
                          "\n");
}

struct Kept {
    sample::Options options;
    Making making = Making::Begun;
};

Error damaged(const std::filesystem::path& file) {
    return Error{
        ErrorCode::Corrupt,
        fmt::format("{} does not say how the sample was made; remove the folder and make it anew",
                    file.string())};
}

Result<Kept> read_kept(const std::filesystem::path& file) {
    const std::string text = TRY(read_file(file, sample_file_bytes_max));
    json::error_code error;
    const json::value value = json::parse(text, error);
    const json::object* object = error ? nullptr : value.if_object();
    if (object == nullptr || !object->contains("customers") || !object->contains("seed") ||
        !object->contains("from") || !object->contains("to") || !object->contains("made")) {
        return damaged(file);
    }
    const auto number = [&](std::string_view key) {
        return object->at(key).to_number<std::uint64_t>(error);
    };
    const auto time = [&](std::string_view key) {
        const json::string* spelled = object->at(key).if_string();
        return parse_instant(spelled == nullptr ? std::string_view{} : std::string_view(*spelled));
    };
    Kept kept;
    kept.options.customers = number("customers");
    kept.options.seed = number("seed");
    kept.options.from = TRY(time("from"));
    kept.options.to = TRY(time("to"));
    kept.making = object->at("made") == json::value(true) ? Making::Done : Making::Begun;
    return error ? Result<Kept>(damaged(file)) : Result<Kept>(kept);
}

/// Puts the whole sample into the ledger. What is there already has no effect, so a making broken
/// off just goes on.
Status make(Organisation& organisation, const sample::Options& options, bool quiet) {
    TRY(organisation.keep_blueprint_text(sample::blueprint_toml(), "the sample blueprint"));
    ProgressLine line(!quiet);
    const auto start = std::chrono::steady_clock::now();
    const auto show = [&](const sample::Progress& progress) {
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        const double share =
            static_cast<double>(progress.customers_done) / static_cast<double>(options.customers);
        const double rate =
            static_cast<double>(progress.encounters_done) / std::max(seconds, 0.001);
        const auto left =
            std::chrono::seconds(static_cast<std::int64_t>(seconds / share * (1 - share)));
        line.show(fmt::format(
            "making the sample organisation, {:.0f}%, {} encounters, {} a second, {} left",
            100 * share,
            thousands(static_cast<std::int64_t>(progress.encounters_done)),
            thousands(static_cast<std::int64_t>(rate)),
            format_duration(left)));
    };
    TRY(sample::load(options, organisation.ledger(), organisation.folder(), show));
    return {};
}

}  // namespace

Result<Demo> open_demo(const CommandSettings& settings, const DemoCommand& options) {
    const std::filesystem::path file = settings.data / sample_file;
    Demo demo;
    const bool known = std::filesystem::exists(file);
    demo.organisation =
        TRY(Organisation::open(settings.data, std::nullopt, Organisation::Open::OrNew));
    if (known) {
        const Kept kept = TRY(read_kept(file));
        demo.options = kept.options;
        demo.made_now = kept.making == Making::Begun;
    } else {
        if (TRY(demo.organisation->ledger().last_number()) > 0) {
            return Error{
                ErrorCode::Conflict,
                fmt::format(
                    "{} holds encounters that are no sample; choose another folder with --data",
                    settings.data.string())};
        }
        const Instant until =
            options.until.empty() ? SystemClock().now() : TRY(parse_instant(options.until));
        demo.options = sample::options_until(until, options.customers, options.seed);
        demo.made_now = true;
        TRY(keep(settings.data, demo.options, Making::Begun));
    }
    if (demo.made_now) {
        TRY(make(*demo.organisation, demo.options, settings.quiet));
        TRY(keep(settings.data, demo.options, Making::Done));
    }
    return demo;
}

}  // namespace kokemus::app
