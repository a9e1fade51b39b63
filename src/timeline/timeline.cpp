#include "timeline/timeline.h"

#include <tuple>

namespace kokemus::timeline {
namespace {

constexpr std::int64_t forced_milliseconds_max = std::int64_t{24} * 3600 * 1000;

/// Everything that is derived from the encounters, in one place for comparing.
auto columns(const Timeline& timeline) {
    return std::tie(timeline.customers,
                    timeline.touchpoints,
                    timeline.channels,
                    timeline.departments,
                    timeline.employees,
                    timeline.threads,
                    timeline.scales,
                    timeline.customer_offsets,
                    timeline.time,
                    timeline.touchpoint,
                    timeline.channel,
                    timeline.department,
                    timeline.employee,
                    timeline.thread,
                    timeline.answer,
                    timeline.value,
                    timeline.duration_seconds,
                    timeline.dimensions,
                    timeline.ledger_number,
                    timeline.thread_index,
                    timeline.promises,
                    timeline.facts,
                    timeline.first_time,
                    timeline.latest_time);
}

}  // namespace

bool Timeline::is_forced(Row earlier, Row later) const {
    if (!facts.is_machine(channel[earlier]) || !facts.is_human(channel[later]) ||
        time[later] - time[earlier] > forced_milliseconds_max) {
        return false;
    }
    return (thread[earlier] != 0 && thread[earlier] == thread[later]) ||
           facts.topic_of[touchpoint[earlier]] == facts.topic_of[touchpoint[later]];
}

std::size_t Timeline::bytes() const {
    std::size_t bytes = customer_offsets.size() * sizeof(Row) + time.size() * sizeof(time[0]);
    for (const auto* dictionary :
         {&customers, &touchpoints, &channels, &departments, &employees, &threads, &scales}) {
        bytes += dictionary->bytes();
    }
    for (const auto* column : {&touchpoint, &channel, &department, &employee, &thread}) {
        bytes += column->bytes();
    }
    for (const auto& dimension : dimensions) {
        bytes += dimension.texts.bytes() + dimension.codes.bytes();
    }
    bytes += std::visit([](const auto& numbers) { return numbers.size() * sizeof(numbers[0]); },
                        ledger_number);
    return bytes + answer.bytes() + value.bytes() + duration_seconds.bytes() +
           thread_index.bytes() + promises.bytes();
}

bool Timeline::same_columns(const Timeline& other) const {
    return columns(*this) == columns(other);
}

}  // namespace kokemus::timeline
