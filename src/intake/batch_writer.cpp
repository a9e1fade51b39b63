#include "intake/batch_writer.h"

#include <utility>

#include "ledger/bulk_appender.h"

namespace kokemus::intake {

BatchWriter::BatchWriter(ledger::Ledger* ledger, std::size_t batch_encounters)
    : appender_(ledger == nullptr ? nullptr
                                  : std::make_unique<ledger::BulkAppender>(
                                        *ledger, ledger::Checked::Yes, batch_encounters)) {}

BatchWriter::~BatchWriter() = default;

Status BatchWriter::give(EncounterBatch& batch) {
    if (!appender_) {
        counts_.accepted += batch.encounters.size();
        return {};
    }
    rows_.insert(rows_.end(), batch.rows.begin(), batch.rows.end());
    TRY(appender_->add(batch.encounters));
    take_receipt();
    return {};
}

Status BatchWriter::finish() {
    if (!appender_) {
        return {};
    }
    Status finished = appender_->finish();
    take_receipt();
    return finished;
}

/// Of whole transactions, in order: so it says how many rows need not be remembered any more.
void BatchWriter::take_receipt() {
    const ledger::Receipt receipt = appender_->take_receipt();
    counts_.accepted += receipt.accepted;
    counts_.duplicates += receipt.duplicates;
    counts_.erased += receipt.erased;
    for (const auto& conflict : receipt.conflicts) {
        counts_.conflicts.push_back(
            RowProblem{.row = rows_[conflict.index - heard_], .reason = conflict.reason});
    }
    const std::uint64_t heard = receipt.accepted + receipt.duplicates +
                                receipt.conflicts.size() + receipt.erased;
    rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(heard));
    heard_ += heard;
}

BatchWriter::Counts BatchWriter::take_counts() {
    return std::exchange(counts_, {});
}

}  // namespace kokemus::intake
