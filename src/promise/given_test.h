#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "question/given_promises.h"

/// Promises given, written one a line, in hours since 1970.
namespace kokemus::promise::tests {

inline Instant hour(double number) {
    return Instant{} + std::chrono::duration_cast<Milliseconds>(
                           std::chrono::duration<double, std::ratio<3600>>(number));
}

inline question::GivenPromise given(std::uint64_t customer, double made, double due,
                                    std::optional<double> kept,
                                    std::optional<double> experience = std::nullopt) {
    question::GivenPromise out;
    out.customer = customer;
    out.made = hour(made);
    out.due = hour(due);
    if (kept) {
        out.kept = hour(*kept);
    }
    out.experience = experience;
    return out;
}

/// As an engine gives them: what is not kept by `now` is not kept yet.
inline question::GivenPromises all_of(std::vector<question::GivenPromise> rows, double now) {
    question::GivenPromises out;
    out.now = hour(now);
    out.groups = {""};
    for (question::GivenPromise& row : rows) {
        if (row.kept && *row.kept > out.now) {
            row.kept.reset();
        }
    }
    out.rows = std::move(rows);
    return out;
}

}  // namespace kokemus::promise::tests
