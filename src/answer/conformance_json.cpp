#include "answer/body_writers.h"
#include "answer/json_parts.h"

namespace kokemus::answer {
namespace {

void write_difference(JsonWriter& json, const std::optional<metric::Change>& difference) {
    json.key("difference");
    if (difference) {
        write(json, *difference, true);
    } else {
        json.null();
    }
}

void write(JsonWriter& json, const DeviationRow& row) {
    json.open_object()
        .member("deviation", name_of(row.deviation))
        .member("touchpoint", row.touchpoint)
        .member("episodes", row.episodes);
    write_member(json, "share", row.share);
    write_member(json, "experience", row.experience);
    write_member(json, "others", row.others);
    write_difference(json, row.difference);
    json.member("p", row.p_value)
        .member("q", row.q_value)
        .member("beyond_chance", row.beyond_chance())
        .member("drill", row.drill)
        .close_object();
}

}  // namespace

void write_members(JsonWriter& json, const Conformance& conformance) {
    write_member(json, "path", conformance.path);
    json.member("episodes", conformance.episodes)
        .member("open", conformance.open)
        .member("rare", conformance.rare);
    write_member(json, "fitness", conformance.fitness);
    write_member(json, "on_path", conformance.on_path);
    json.key("experience").open_object();
    write_member(json, "on_path", conformance.experience_on_path);
    write_member(json, "off_path", conformance.experience_off_path);
    write_difference(json, conformance.difference);
    json.close_object().key("drills").open_object();
    json.member("on_path", conformance.drill_on_path)
        .member("off_path", conformance.drill_off_path)
        .close_object()
        .key("deviations")
        .open_list();
    for (const DeviationRow& row : conformance.deviations) {
        write(json, row);
    }
    json.close_list().member("other_deviations", conformance.other_deviations);
}

}  // namespace kokemus::answer
