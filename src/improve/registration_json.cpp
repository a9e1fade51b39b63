#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "base/time_zone.h"
#include "improve/bounds.h"
#include "improve/improvement_json.h"

namespace kokemus::improve {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 24> members{
    "name",       "change",     "hypothesis", "owner",    "metric",      "per",
    "population", "comparison", "share",      "units",    "were_worst",  "starts",
    "assignment", "start",      "until",      "expected", "alpha",       "power",
    "worthwhile", "proof",      "seed",       "design",   "from_driver", "metric_version"};

constexpr std::size_t day_length = 10;  ///< of "2026-01-02"

/// Whole numbers that JSON keeps in every program.
constexpr std::int64_t seed_max = (std::int64_t{1} << 53U) - 1;

std::string_view proof_name(stats::Proof proof) {
    return proof == stats::Proof::LimitAboveSmallest ? "worthwhile" : "nothing";
}

/// Which of the ends of a day is meant.
enum class End { Start, After };

/// Reads members of one JSON object; each error names the member.
class Reader {
public:
    Reader(const json::object& sent, TimeZone zone) : sent_(sent), zone_(zone) {}

    Status text(const char* name, std::string& into) const {
        const json::value* value = find(name);
        if (value == nullptr) {
            return {};
        }
        if (!value->is_string()) {
            return wrong(name, "must be a text");
        }
        into = std::string(value->as_string());
        return {};
    }

    Status number(const char* name, double& into) const {
        const json::value* value = find(name);
        if (value == nullptr) {
            return {};
        }
        if (!value->is_number()) {
            return wrong(name, "must be a number");
        }
        into = value->to_number<double>();
        return {};
    }

    Status flag(const char* name, bool& into) const {
        const json::value* value = find(name);
        if (value == nullptr) {
            return {};
        }
        if (!value->is_bool()) {
            return wrong(name, "must be true or false");
        }
        into = value->as_bool();
        return {};
    }

    Status seed(std::uint64_t& into) const {
        const json::value* value = find("seed");
        if (value == nullptr) {
            return {};
        }
        if (!value->is_int64() || value->as_int64() < 0 || value->as_int64() > seed_max) {
            return wrong("seed", "must be a whole number from 0 to 2^53 - 1");
        }
        into = static_cast<std::uint64_t>(value->as_int64());
        return {};
    }

    Status time(const char* name, End end, Instant& into) const {
        const json::value* value = find(name);
        if (value == nullptr) {
            return {};
        }
        if (!value->is_string()) {
            return wrong(name, "must be a day as \"2026-03-01\", or an instant");
        }
        auto read = time_of(std::string_view(value->as_string()), end);
        if (!read) {
            return wrong(name, read.error().message);
        }
        into = *read;
        return {};
    }

    Status starts(std::vector<UnitStart>& into) const {
        const json::value* value = find("starts");
        if (value == nullptr) {
            return {};
        }
        if (!value->is_object() || value->as_object().size() > bounds::units_max) {
            return wrong("starts",
                         fmt::format("must be an object of at most {} units with their starts",
                                     bounds::units_max));
        }
        into.clear();
        for (const auto& [unit, from] : value->as_object()) {
            auto read = from.is_string()
                            ? time_of(std::string_view(from.as_string()), End::Start)
                            : Result<Instant>(invalid_input("must be a day or an instant"));
            if (!read) {
                return wrong("starts", quote(std::string_view(unit)) + ": " + read.error().message);
            }
            into.push_back({std::string(unit), *read});
        }
        std::sort(into.begin(), into.end(), [](const UnitStart& a, const UnitStart& b) {
            return a.unit < b.unit;
        });
        return {};
    }

    Status driver(std::optional<FromDriver>& into) const {
        const json::value* value = sent_.if_contains("from_driver");
        if (value == nullptr) {
            return {};
        }
        into.reset();
        if (value->is_null()) {
            return {};
        }
        if (!value->is_object()) {
            return wrong("from_driver", R"(must be {"question": "...", "factor": "..."})");
        }
        into = FromDriver{text_of(value->as_object(), "question"),
                          text_of(value->as_object(), "factor")};
        return {};
    }

    /// A member that is null and means "none" when it is so.
    bool is_null(const char* name) const {
        const json::value* value = sent_.if_contains(name);
        return value != nullptr && value->is_null();
    }

private:
    const json::value* find(const char* name) const {
        const json::value* value = sent_.if_contains(name);
        return value != nullptr && value->is_null() ? nullptr : value;
    }

    static Error wrong(std::string_view name, std::string_view what) {
        return invalid_input(fmt::format("{}: {}", name, what));
    }

    Result<Instant> time_of(std::string_view text, End end) const {
        const Instant read = TRY(parse_instant(text));
        if (text.size() != day_length) {
            return read;
        }
        const auto day = std::chrono::floor<std::chrono::days>(read);
        return zone_.start_of(end == End::Start ? day : day + std::chrono::days(1));
    }

    const json::object& sent_;
    TimeZone zone_;
};

Status read_named(const Reader& reader, Registration& into) {
    std::string assignment(name_of(into.assignment));
    TRY(reader.text("assignment", assignment));
    into.assignment = TRY(read_assignment(assignment));
    std::string proof(proof_name(into.proof));
    TRY(reader.text("proof", proof));
    if (proof != "worthwhile" && proof != "nothing") {
        return invalid_input(
            "proof: write worthwhile (the lower limit is above the least worthwhile change) or "
            "nothing (it is above 0 and the estimate reaches the least worthwhile change)");
    }
    into.proof =
        proof == "nothing" ? stats::Proof::LimitAboveNothing : stats::Proof::LimitAboveSmallest;
    std::string design;
    TRY(reader.text("design", design));
    if (!design.empty()) {
        into.design = TRY(read_design(design));
    } else if (reader.is_null("design")) {
        into.design.reset();
    }
    return {};
}

Result<Registration> read_with(const Reader& reader, Registration into) {
    for (const auto& [name, text] : {std::pair{"name", &into.name},
                                     std::pair{"change", &into.change},
                                     std::pair{"hypothesis", &into.hypothesis},
                                     std::pair{"owner", &into.owner},
                                     std::pair{"metric", &into.metric},
                                     std::pair{"metric_version", &into.metric_version},
                                     std::pair{"per", &into.per},
                                     std::pair{"population", &into.population},
                                     std::pair{"comparison", &into.comparison},
                                     std::pair{"units", &into.units}}) {
        TRY(reader.text(name, *text));
    }
    for (const auto& [name, number] : {std::pair{"share", &into.share},
                                       std::pair{"expected", &into.expected},
                                       std::pair{"worthwhile", &into.worthwhile},
                                       std::pair{"alpha", &into.alpha},
                                       std::pair{"power", &into.power}}) {
        TRY(reader.number(name, *number));
    }
    TRY(reader.flag("were_worst", into.were_worst));
    TRY(reader.seed(into.seed));
    TRY(reader.starts(into.starts));
    TRY(reader.time("start", End::Start, into.start));
    TRY(reader.time("until", End::After, into.until));
    TRY(reader.driver(into.from_driver));
    TRY(read_named(reader, into));
    return into;
}

}  // namespace

std::string text_of(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::vector<std::string> texts_of(const json::object& object, const char* name) {
    std::vector<std::string> texts;
    const json::value* value = object.if_contains(name);
    if (value != nullptr && value->is_array()) {
        for (const json::value& text : value->as_array()) {
            if (text.is_string()) {
                texts.emplace_back(text.as_string());
            }
        }
    }
    return texts;
}

bool is_registration_member(std::string_view name) {
    return name != "metric_version" &&
           std::find(members.begin(), members.end(), name) != members.end();
}

json::object to_json(const Registration& is) {
    json::object starts;
    for (const UnitStart& unit : is.starts) {
        starts[unit.unit] = format_instant(unit.from);
    }
    json::object said{{"name", is.name},
                      {"change", is.change},
                      {"hypothesis", is.hypothesis},
                      {"owner", is.owner},
                      {"metric", is.metric},
                      {"metric_version", is.metric_version},
                      {"per", is.per},
                      {"population", is.population},
                      {"comparison", is.comparison},
                      {"assignment", name_of(is.assignment)},
                      {"share", is.share},
                      {"were_worst", is.were_worst},
                      {"units", is.units},
                      {"starts", std::move(starts)},
                      {"start", format_instant(is.start)},
                      {"until", format_instant(is.until)},
                      {"expected", is.expected},
                      {"worthwhile", is.worthwhile},
                      {"proof", proof_name(is.proof)},
                      {"alpha", is.alpha},
                      {"power", is.power},
                      {"seed", is.seed}};
    said["design"] = is.design ? json::value(name_of(*is.design)) : json::value();
    said["from_driver"] = is.from_driver
                              ? json::value(json::object{{"question", is.from_driver->question},
                                                         {"factor", is.from_driver->factor}})
                              : json::value();
    return said;
}

Result<Registration> read_registration(const json::object& sent, Registration base,
                                       const blueprint::Blueprint& blueprint) {
    return read_with(Reader(sent, TRY(TimeZone::find(blueprint.time_zone))), std::move(base));
}

Result<Registration> read_kept_registration(const json::object& kept) {
    auto read = read_with(Reader(kept, TimeZone()), Registration{});
    if (!read) {
        return Error{ErrorCode::Corrupt,
                     "the record of improvements is damaged: " + read.error().message};
    }
    return read;
}

}  // namespace kokemus::improve
