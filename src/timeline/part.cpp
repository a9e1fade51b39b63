#include "timeline/part.h"

#include <tuple>

#include "timeline/forced_switches.h"

namespace kokemus::timeline {
namespace {

auto columns(const Part& part) {
    return std::tie(part.customers,
                    part.threads,
                    part.customer_offsets,
                    part.time,
                    part.touchpoint,
                    part.channel,
                    part.department,
                    part.employee,
                    part.thread,
                    part.answer,
                    part.value,
                    part.duration_seconds,
                    part.dimension,
                    part.ledger_number,
                    part.thread_index,
                    part.promises,
                    part.gone);
}

}  // namespace

void Part::share(const Shared& shared) {
    static_cast<Shared&>(*this) = shared;
    answer.set_answers(shared.answers);
}

bool Part::is_forced(Row earlier, Row later) const {
    if (!facts.is_machine(channel[earlier]) || !facts.is_human(channel[later]) ||
        time[later] - time[earlier] > forced_switch_within.count()) {
        return false;
    }
    return (thread[earlier] != 0 && thread[earlier] == thread[later]) ||
           facts.topic_of[touchpoint[earlier]] == facts.topic_of[touchpoint[later]];
}

std::size_t Part::bytes() const {
    std::size_t bytes = customers.bytes() + threads.bytes() + customer_offsets.bytes() +
                        time.bytes() + ledger_number.bytes() + gone.bytes();
    for (const auto* column : {&touchpoint, &channel, &department, &employee, &thread}) {
        bytes += column->bytes();
    }
    for (const auto& column : dimension) {
        bytes += column.bytes();
    }
    return bytes + answer.bytes() + value.bytes() + duration_seconds.bytes() +
           thread_index.bytes() + promises.bytes();
}

bool Part::same_columns(const Part& other) const {
    return columns(*this) == columns(other);
}

}  // namespace kokemus::timeline
