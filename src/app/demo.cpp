#include "app/demo.h"

#include <chrono>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/progress_line.h"
#include "base/file.h"
#include "base/text.h"
#include "sample/generator.h"
#include "sample/sample_blueprint.h"
#include "sample/truth.h"

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
    sample::Generator generator(options);
    ProgressLine line(!quiet);
    std::vector<encounter::Customer> customers;
    while (generator.next_customers(customers)) {
        TRY(organisation.ledger().put_customers(customers));
    }
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t made = 0;
    std::vector<encounter::Encounter> batch;
    while (generator.next(batch)) {
        TRY(organisation.ledger().append(batch));
        made += batch.size();
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        line.show(fmt::format("making the sample organisation, {:.0f}%, {} encounters, {} a second",
                              100.0 * static_cast<double>(generator.customers_done()) /
                                  static_cast<double>(options.customers),
                              thousands(static_cast<std::int64_t>(made)),
                              thousands(static_cast<std::int64_t>(static_cast<double>(made) /
                                                                  std::max(seconds, 0.001)))));
    }
    return sample::write_truth(organisation.folder(), options, generator.realised());
}

}  // namespace

Result<Demo> open_demo(const Common& common, const DemoCommand& options) {
    const std::filesystem::path file = common.data / sample_file;
    Demo demo;
    const bool known = std::filesystem::exists(file);
    demo.organisation =
        TRY(Organisation::open(common.data, std::nullopt, Organisation::Open::OrNew));
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
                    common.data.string())};
        }
        const Instant until =
            options.until.empty() ? SystemClock().now() : TRY(parse_instant(options.until));
        demo.options = sample::options_until(until, options.customers, options.seed);
        demo.made_now = true;
        TRY(keep(common.data, demo.options, Making::Begun));
    }
    if (demo.made_now) {
        TRY(make(*demo.organisation, demo.options, common.quiet));
        TRY(keep(common.data, demo.options, Making::Done));
    }
    return demo;
}

}  // namespace kokemus::app
