#include "sample/truth.h"

#include <cmath>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/file.h"

namespace kokemus::sample {

namespace {

namespace json = boost::json;

/// Three digits, so that 0.1 + 0.2 is not written with seventeen.
double rounded(double number) {
    return std::round(number * 1000) / 1000;
}

template <std::size_t size>
json::object by_name(const std::array<std::string_view, size>& names,
                     const std::array<double, size>& numbers) {
    json::object out;
    for (std::size_t i = 0; i < size; ++i) {
        out[std::string(names[i])] = numbers[i];
    }
    return out;
}

json::object options_part(const Options& options) {
    return {{"customers", options.customers},
            {"seed", options.seed},
            {"from", format_instant(options.from)},
            {"to", format_instant(options.to)}};
}

json::object experience_part() {
    json::object touchpoints;
    for (const TouchpointFacts& touchpoint : touchpoint_facts) {
        touchpoints[std::string(touchpoint.name)] = touchpoint.effect;
    }
    return {{"scale", "-3 to 3"},
            {"base",
             {{"Getting connected", planted::base_connect},
              {"Something is wrong", planted::base_fault},
              {"Moving home", planted::base_move},
              {"Changing plan", planted::base_change},
              {"Leaving", planted::base_leave},
              {"everyday", planted::base_everyday}}},
            {"touchpoints", std::move(touchpoints)},
            {"segments", by_name(segment_names, planted::segment_effects)},
            {"customer_deviation", planted::customer_deviation},
            {"noise_deviation", planted::noise_deviation}};
}

json::object answering_part() {
    return {{"asked_share", planted::asked_share},
            {"rates", by_name(segment_names, planted::answer_rates)},
            {"tilt", planted::answer_tilt},
            {"comment_share", planted::comment_share},
            {"rule", "answers with asked_share * rate * exp(-tilt * experience)"}};
}

json::object hand_off_part() {
    return {{"from", "chatbot"},
            {"to", json::array{"phone", "chat"}},
            {"effect", planted::hand_off_effect},
            {"extra_seconds", planted::hand_off_extra_seconds},
            {"repeat_share", planted::repeat_call_share},
            {"repeat_share_after_hand_off", planted::repeat_call_share_after_hand_off}};
}

json::object promises_part(const Options& options) {
    const TimeRange cut = planted::fibre_cut(options.to);
    json::object visits = {{"moved_share", planted::moved_share},
                           {"moved_factors",
                            {{"region north", planted::moved_factor_north},
                             {"December to February", planted::moved_factor_winter},
                             {"ordered in a store", planted::moved_factor_store},
                             {"fibre cut", planted::moved_factor_fibre_cut}}},
                           {"missed_share", planted::missed_share},
                           {"missed_extra",
                            {{"weak crews", planted::missed_extra_weak_crew},
                             {"December to February", planted::missed_extra_winter}}},
                           {"weak_crews", json::value_from(planted::weak_crews)},
                           {"nobody_share_of_missed", planted::nobody_share_of_missed}};
    json::object wrong_bills;
    for (std::size_t i = 0; i < planted::bill_wrong_shares.size(); ++i) {
        constexpr std::array<std::string_view, 3> ways = {"web", "phone", "store"};
        wrong_bills[std::string(ways[i])] = planted::bill_wrong_shares[i];
    }
    return {{"Technician in the two-hour window", std::move(visits)},
            {"Router in 3 working days",
             {{"late_share", planted::router_late_share},
              {"late_share_december", planted::router_late_share_december}}},
            {"First bill as quoted", {{"broken_share_by_order", std::move(wrong_bills)}}},
            {"Call back in 4 hours",
             {{"late_share", planted::call_back_late_share},
              {"late_share_monday", planted::call_back_late_share_monday},
              {"never_share", planted::call_back_never_share},
              {"late_effect", planted::late_call_back_effect}}},
            {"Answer to a complaint in 2 days",
             {{"late_share", planted::complaint_late_share},
              {"late_share_billing", planted::complaint_late_share_billing}}},
            {"fibre_cut",
             {{"region", "north"},
              {"from", format_instant(cut.from)},
              {"to", format_instant(cut.to)},
              {"fault_share", planted::fibre_cut_fault_share}}}};
}

json::array improvements_part(const Options& options) {
    json::object starts;
    for (int crew = 1; crew <= crew_count; ++crew) {
        starts[std::string(employee_name(static_cast<std::uint16_t>(crew)))] =
            format_instant(planted::evening_call_start(crew, options.to));
    }
    return {{{"name", "Confirm the visit the evening before"},
             {"promise", "Technician in the two-hour window"},
             {"worked", true},
             {"effect_on_missed_share", planted::evening_call_effect},
             {"design", "staggered by crew, three every two weeks by lot"},
             {"property", "evening_call"},
             {"starts", std::move(starts)}},
            {{"name", "A shorter first bill"},
             {"measure", "share of first bills followed by Call: the bill"},
             {"worked", false},
             {"expected", planted::short_bill_expected},
             {"effect", planted::short_bill_effect},
             {"design", "customers with an even number, from the start on"},
             {"property", "bill"},
             {"start", format_instant(planted::short_bill_start(options.to))}}};
}

json::object realised_part(const Realised& realised) {
    json::object segments;
    for (std::size_t i = 0; i < segment_names.size(); ++i) {
        const Realised::Group& group = realised.segments[i];
        const auto mean = [](std::int64_t sum, std::uint64_t count) -> json::value {
            return count == 0 ? json::value()
                              : json::value(rounded(static_cast<double>(sum) / 1000 /
                                                    static_cast<double>(count)));
        };
        segments[std::string(segment_names[i])] = {
            {"encounters", group.encounters},
            {"answers", group.answers},
            {"mean_experience", mean(group.experience_milli, group.encounters)},
            {"mean_experience_of_answers", mean(group.answered_experience_milli, group.answers)}};
    }
    json::object touchpoints;
    for (std::size_t i = 0; i < touchpoint_count; ++i) {
        touchpoints[std::string(touchpoint_facts[i].name)] = realised.touchpoints[i];
    }
    return {{"customers", realised.customers},
            {"encounters", realised.encounters},
            {"silent_segment", segment_names[static_cast<std::size_t>(planted::silent_segment)]},
            {"segments", std::move(segments)},
            {"touchpoints", std::move(touchpoints)}};
}

}  // namespace

std::string truth_json(const Options& options, const Realised& realised) {
    const json::object parts = {{"options", options_part(options)},
                                {"experience", experience_part()},
                                {"answering", answering_part()},
                                {"hand_off", hand_off_part()},
                                {"promises", promises_part(options)},
                                {"improvements", improvements_part(options)},
                                {"realised", realised_part(realised)}};
    std::string out = "{";
    for (const auto& part : parts) {
        out += fmt::format("{}\n\"{}\": {}",
                           out.size() == 1 ? "" : ",",
                           std::string_view(part.key()),
                           json::serialize(part.value()));
    }
    return out + "\n}\n";
}

Status write_truth(const std::filesystem::path& folder, const Options& options,
                   const Realised& realised) {
    return write_file(folder / "truth.json", truth_json(options, realised));
}

Result<Options> read_options(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "truth.json";
    const std::string text = TRY(read_file(file, 1U << 20U));
    json::error_code failure;
    const json::value truth = json::parse(text, failure);
    const json::value* part = failure             ? nullptr
                              : truth.if_object() ? truth.get_object().if_contains("options")
                                                  : nullptr;
    const json::object* held = part == nullptr ? nullptr : part->if_object();
    const auto member = [&](const char* name) -> const json::value* {
        return held == nullptr ? nullptr : held->if_contains(name);
    };
    const json::value* customers = member("customers");
    const json::value* seed = member("seed");
    const json::value* from = member("from");
    const json::value* to = member("to");
    const bool is_whole = customers != nullptr && customers->is_number() && seed != nullptr &&
                          seed->is_number() && from != nullptr && from->is_string() &&
                          to != nullptr && to->is_string();
    if (!is_whole) {
        return Error{
            ErrorCode::Corrupt,
            fmt::format("{} is not what `kokemus demo` wrote; make the sample again in a new "
                        "folder",
                        file.string())};
    }
    Options options;
    options.customers = customers->to_number<std::uint64_t>();
    options.seed = seed->to_number<std::uint64_t>();
    options.from = TRY(parse_instant(std::string_view(from->get_string())));
    options.to = TRY(parse_instant(std::string_view(to->get_string())));
    return options;
}

}  // namespace kokemus::sample
