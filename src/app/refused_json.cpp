#include "app/refused_json.h"

#include "base/instant.h"

namespace kokemus::app {

namespace json = boost::json;

json::value or_null(const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
}

json::object item_json(const refused::Item& item, Reasons reasons) {
    return json::object{
        {"id", item.id},
        {"door", refused::name_of(item.arrival.door)},
        {"source", item.arrival.source},
        {"first", format_instant(item.arrival.at)},
        {"last", format_instant(item.last)},
        {"times", item.times},
        {"code", item.code},
        {"reason", reasons == Reasons::Shown ? or_null(item.reason) : json::value()},
        {"bytes", item.sent_bytes},
        {"whole", item.is_whole},
        {"state", refused::name_of(item.state)},
        {"outcome", or_null(item.outcome)},
        {"decided", item.decided ? json::value(format_instant(*item.decided)) : json::value()},
        {"decided_by", or_null(item.decided_by)}};
}

json::array counts_json(const std::vector<refused::Count>& counts) {
    json::array rows;
    for (const refused::Count& count : counts) {
        rows.push_back(json::object{{"door", refused::name_of(count.door)},
                                    {"state", refused::name_of(count.state)},
                                    {"code", count.code},
                                    {"items", count.items}});
    }
    return rows;
}

Result<refused::Wanted> wanted_of(std::string_view door, std::string_view state,
                                  std::string_view code, std::string_view source) {
    refused::Wanted wanted{.code = std::string(code), .source = std::string(source)};
    if (!door.empty()) {
        wanted.door = TRY(refused::read_door(door));
    }
    if (!state.empty()) {
        wanted.state = TRY(refused::read_state(state));
    }
    return wanted;
}

json::object tried_all_json(const TriedAll& all, Rehearsal rehearsal) {
    return json::object{{"dry_run", rehearsal == Rehearsal::Yes},
                        {"looked_at", all.looked_at},
                        {"done", all.done},
                        {"refused", all.refused},
                        {"conflicts", all.conflicts},
                        {"after", or_null(all.after)}};
}

}  // namespace kokemus::app
