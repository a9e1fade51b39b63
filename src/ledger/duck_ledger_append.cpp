#include <algorithm>
#include <unordered_map>

#include "encounter/body_hash.h"
#include "ledger/append_plan.h"
#include "ledger/conflict.h"
#include "ledger/duck_ledger.h"
#include "ledger/prepared_batch.h"
#include "ledger/rows.h"

namespace kokemus::ledger {

namespace {

using encounter::Encounter;

bool same_identity(const Encounter& left, const Encounter& right) {
    return left.id == right.id && left.customer == right.customer;
}

}  // namespace

Status DuckLedger::write_group(Plan& plan) {
    TRY(ready_to_write());
    TRY(check_space(plan.size, plan.text_bytes));
    const std::uint32_t first_new = codes_.customers.saved();
    Status done = decide(plan);
    if (done && !plan.accepted.empty()) {
        done = transaction(plan.mark, [&] { return write(plan); });
    }
    if (!done) {
        undo(plan);
        return done;
    }
    plan.is_on_disk = true;
    if (!plan.accepted.empty()) {
        count(plan);
        find_named(first_new, codes_.customers.saved(), overdue_);
        write_overdue();
    }
    return {};
}

/// Decides for each encounter: new ones at once, those whose key was there after all others, so
/// that most cost one look-up.
Status DuckLedger::decide(Plan& plan) {
    plan.first = next_number_;
    plan.accepted.reserve(plan.size);
    std::size_t place = 0;
    for (const PreparedBatch* batch : plan.batches) {
        const std::vector<bool> erased = codes_.customers.has_erased()
                                             ? batch->of_erased(codes_.customers)
                                             : std::vector<bool>();
        for (const std::uint64_t key : batch->keys()) {
            if (!erased.empty() && erased[place - plan.starts[plan.batch_of(place)]]) {
                plan.erased.push_back(place);
            } else if (keys_.add_if_absent(key, plan.number(plan.accepted.size()))) {
                plan.accepted.push_back(place);
            } else {
                plan.repeats.push_back(place);
            }
            ++place;
        }
    }
    return settle_repeats(plan);
}

/// The encounters on disk that share a key with one of the plan, by number.
Result<std::unordered_map<std::uint64_t, Encounter>> DuckLedger::stored_under(
    const Plan& plan) const {
    std::vector<std::uint64_t> numbers;
    for (const std::size_t place : plan.repeats) {
        keys_.each(plan.key(place), [&](std::uint32_t number) {
            if (number < plan.first) {
                numbers.push_back(number);
            }
        });
    }
    // However often one of them comes in the batch.
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    std::unordered_map<std::uint64_t, Encounter> stored;
    stored.reserve(numbers.size());
    TRY(read_numbers(numbers, [&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            stored.emplace(entry.number, entry.encounter);
        }
        return {};
    }));
    return stored;
}

/// A key that was there may be a duplicate, a conflict, or another identity that has the same key
/// by chance.
Status DuckLedger::settle_repeats(Plan& plan) {
    if (plan.repeats.empty()) {
        return {};
    }
    auto known = TRY(stored_under(plan));
    for (const std::size_t place : plan.repeats) {
        const Encounter sent = TRY(plan.encounter(place));
        std::vector<std::uint32_t> numbers;
        keys_.each(plan.key(place), [&](std::uint32_t number) { numbers.push_back(number); });
        const Encounter* same = nullptr;
        for (const std::uint32_t number : numbers) {
            TRY(plan.know(number, known));
            const auto found = known.find(number);
            if (found != known.end() && same_identity(found->second, sent)) {
                same = &found->second;
            }
        }
        if (same == nullptr) {
            keys_.add(plan.key(place), plan.number(plan.accepted.size()));
            plan.accepted.push_back(place);
        } else if (encounter::same_body(*same, sent)) {
            plan.duplicates.push_back(place);
        } else {
            plan.conflicts.emplace_back(place, conflict_reason(*same, sent));
        }
    }
    return {};
}

Status DuckLedger::write(Plan& plan) {
    note_newest(plan);
    if (!plan.repeats.empty() || !plan.erased.empty()) {
        return write_accepted(plan);
    }
    std::vector<duck::ChunkBuilder*> chunks;
    std::uint64_t number = plan.first;
    for (PreparedBatch* batch : plan.batches) {
        batch->rows().give_numbers(number);
        number += batch->size();
        if (batch->size() > 0) {
            plan.first_time = std::min(plan.first_time, batch->first());
            plan.latest_time = std::max(plan.latest_time, batch->latest());
        }
        for (duck::ChunkBuilder& chunk : batch->rows().chunks()) {
            chunks.push_back(&chunk);
        }
    }
    return prepared_.insert.insert(chunks);
}

/// When some are not taken, or not in their order, the rows are laid out once more.
Status DuckLedger::write_accepted(Plan& plan) {
    RowWriter rows(codes_);
    for (const std::size_t place : plan.accepted) {
        const Encounter encounter = TRY(plan.encounter(place));
        const std::scoped_lock lock(codes_.mutex);
        rows.put(encounter);
        plan.first_time = std::min(plan.first_time, encounter.time);
        plan.latest_time = std::max(plan.latest_time, encounter.time);
    }
    rows.give_numbers(plan.first);
    std::vector<duck::ChunkBuilder*> chunks;
    for (duck::ChunkBuilder& chunk : rows.chunks()) {
        chunks.push_back(&chunk);
    }
    return prepared_.insert.insert(chunks);
}

/// Before anybody is told that it is on disk; if it never is, somebody looks in vain.
void DuckLedger::note_newest(const Plan& plan) {
    if (at_hand_ == nullptr || plan.accepted.empty()) {
        return;
    }
    const auto last = static_cast<std::uint32_t>(plan.number(plan.accepted.size() - 1));
    newest_.with([&](std::vector<std::uint32_t>& newest) {
        for (PreparedBatch* batch : plan.batches) {
            for (const duck::ChunkBuilder& chunk : batch->rows().chunks()) {
                const auto codes = chunk.columns()[RowWriter::customer_column];
                for (std::size_t row = 0; row < chunk.size(); ++row) {
                    const auto code = codes.number<std::uint32_t>(row);
                    newest.resize(std::max<std::size_t>(newest.size(), code + std::size_t{1}));
                    newest[code] = last;
                }
            }
        }
    });
}

/// Takes what the plan put into memory out again.
void DuckLedger::undo(const Plan& plan) {
    for (std::size_t index = 0; index < plan.accepted.size(); ++index) {
        keys_.remove(plan.key(plan.accepted[index]), plan.number(index));
    }
}

void DuckLedger::count(const Plan& plan) {
    next_number_ += plan.accepted.size();
    note_customers();
    totals_.with([&](Totals& totals) {
        totals.encounters += plan.accepted.size();
        totals.first = std::min(totals.first.value_or(plan.first_time), plan.first_time);
        totals.latest = std::max(totals.latest.value_or(plan.latest_time), plan.latest_time);
        totals.last_number = next_number_ - 1;
    });
}

}  // namespace kokemus::ledger
