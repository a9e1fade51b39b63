#include "ledger/conflict.h"

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::ledger {

namespace {

using encounter::Encounter;

std::string spell(const std::string& text) {
    return text.empty() ? "absent" : quote(text, 40);
}

std::string spell(std::optional<double> number) {
    return number ? fmt::format("{}", *number) : "absent";
}

class Differences {
public:
    template <typename T>
    void compare(std::string_view field, const T& stored, const T& sent) {
        if (!(stored == sent)) {
            add(field, fmt::format("was {}, now {}", spell(stored), spell(sent)));
        }
    }

    void compare_time(const Encounter& stored, const Encounter& sent) {
        if (stored.time != sent.time && !stored.time_clamped) {
            add("time",
                fmt::format(
                    "was {}, now {}", format_instant(stored.time), format_instant(sent.time)));
        }
    }

    void add(std::string_view field, std::string_view change) {
        text_ += fmt::format("{}`{}` {}", text_.empty() ? "" : ", ", field, change);
    }

    const std::string& text() const { return text_; }

private:
    std::string text_;
};

}  // namespace

std::string conflict_reason(const Encounter& stored, const Encounter& sent) {
    Differences differences;
    differences.compare_time(stored, sent);
    differences.compare("touchpoint", stored.touchpoint, sent.touchpoint);
    differences.compare("channel", stored.channel, sent.channel);
    differences.compare("department", stored.department, sent.department);
    differences.compare("employee", stored.employee, sent.employee);
    differences.compare("thread", stored.thread.value(), sent.thread.value());
    differences.compare("score", stored.score, sent.score);
    differences.compare("scale", stored.scale, sent.scale);
    differences.compare("text", stored.text, sent.text);
    differences.compare("language", stored.language, sent.language);
    differences.compare("value", stored.value, sent.value);
    differences.compare("duration", stored.duration_seconds, sent.duration_seconds);
    differences.compare("properties", stored.properties, sent.properties);
    if (stored.due != sent.due) {
        differences.add("due", "differs");
    }
    if (differences.text().empty()) {
        differences.add("time", "was real, now lies in the future");
    }
    return fmt::format(
        "the id {} of customer {} was used before with another body ({}); the first one is kept, "
        "send a "
        "change under a new id",
        quote(sent.id.value()),
        quote(sent.customer.value()),
        differences.text());
}

}  // namespace kokemus::ledger
