#include "question/date_parse.h"

#include <algorithm>
#include <chrono>

#include "base/time_zone.h"

namespace kokemus::question {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr Instant earliest = sys_days(std::chrono::year(1) / 1 / 1);
constexpr Instant latest = sys_days(std::chrono::year(9999) / 12 / 31) + days(1) - Milliseconds(1);

bool is_plain_day(std::string_view text) {
    return text.size() == 10 && text[4] == '-';
}

bool is_unix_time(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Whether an instant's text says where on earth its clock stands.
bool has_offset(std::string_view text) {
    const auto time = text.find_first_of("Tt ");
    return time != std::string_view::npos &&
           text.find_first_of("Zz+-", time) != std::string_view::npos;
}

}  // namespace

Result<Date> parse_date(TokenReader& reader, const blueprint::Blueprint& blueprint) {
    const Token token = reader.peek();
    if (token.kind != Token::Kind::Number && token.kind != Token::Kind::Quoted) {
        return reader.expected("a day or a time, such as 2026-01-31 or 2026-01-31T08:00:00Z");
    }
    const auto instant = parse_instant(token.text);
    if (!instant) {
        return reader.fail(instant.error().message);
    }
    if (is_plain_day(token.text)) {
        reader.next();
        const TimeZone zone = TRY(TimeZone::find(blueprint.time_zone));
        const auto day = std::chrono::floor<days>(*instant);
        return Date{std::max(zone.start_of(day), earliest),
                    std::min(zone.start_of(day + days(1)), latest)};
    }
    if (!is_unix_time(token.text) && !blueprint.time_zone.empty() && !has_offset(token.text)) {
        return reader.fail(
            "this time of day could be anywhere; write its offset too, as 08:00:00Z or "
            "08:00:00+02:00");
    }
    reader.next();
    return Date{*instant, *instant};
}

}  // namespace kokemus::question
