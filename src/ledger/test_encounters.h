#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/ledger.h"

/// Encounters for tests of the ledger, and all that one holds.
namespace kokemus::ledger {

inline encounter::Encounter make(const std::string& customer, const std::string& id,
                                 std::int64_t milliseconds = 0) {
    encounter::Encounter encounter;
    encounter.customer = encounter::CustomerName(customer);
    encounter.id = encounter::EncounterId(id);
    encounter.time = Instant(Milliseconds(1'700'000'000'000 + milliseconds));
    encounter.touchpoint = "Order placed";
    return encounter;
}

/// With something in every field, some of it hostile.
inline encounter::Encounter full() {
    encounter::Encounter encounter = make("anna", "full");
    encounter.sequence = 7;
    encounter.channel = "web";
    encounter.department = "Sales";
    encounter.employee = "e7";
    encounter.thread = encounter::ThreadName("order 12");
    encounter.score = 9;
    encounter.scale = "nps";
    encounter.text = "Nopea \"kuitu\"\n'; DROP TABLE encounter; --";
    encounter.language = "fi";
    encounter.value = -49.9;
    encounter.duration_seconds = 0.1;
    encounter.due = {{"install", encounter.time}, {"first bill", encounter.time - Milliseconds(1)}};
    encounter.properties = R"({"plan":"gold"})";
    encounter.time_clamped = true;
    return encounter;
}

inline std::vector<Entry> all(const Ledger& ledger) {
    std::vector<Entry> out;
    EXPECT_TRUE(ledger.scan([&](std::span<const Entry> entries) -> Status {
        out.insert(out.end(), entries.begin(), entries.end());
        return {};
    }));
    return out;
}

inline std::vector<encounter::Encounter> bodies(const std::vector<Entry>& entries) {
    std::vector<encounter::Encounter> out;
    for (const Entry& entry : entries) {
        out.push_back(entry.encounter);
    }
    return out;
}

inline Receipt append(Ledger& ledger, const std::vector<encounter::Encounter>& batch) {
    auto receipt = ledger.append(batch);
    EXPECT_TRUE(receipt) << receipt.error().message;
    return receipt ? *receipt : Receipt{};
}

}  // namespace kokemus::ledger
