#pragma once

#include <cstdint>
#include <future>
#include <vector>

#include "base/instant.h"
#include "ledger/codes.h"
#include "ledger/ledger.h"
#include "ledger/rows.h"

namespace kokemus::ledger {

/// The key of idempotency of (customer as sent, id).
using KeyFunction = std::uint64_t (*)(std::string_view customer, std::string_view id);

/// A batch of the ledger on DuckDB: the rows of its transaction and the keys of idempotency.
class PreparedBatch final : public Batch {
public:
    /// `loaded`: when the codes may be asked for.
    PreparedBatch(Codes& codes, KeyFunction key, std::shared_future<Status> loaded);

    Status add(std::span<const encounter::Encounter> encounters, Checked checked) override;
    std::size_t size() const override { return keys_.size(); }

    const std::vector<std::uint64_t>& keys() const { return keys_; }
    RowWriter& rows() { return rows_; }
    std::size_t text_bytes() const { return rows_.text_bytes(); }

    /// The encounter at a place, as it was added.
    Result<encounter::Encounter> encounter(std::size_t place) const;

    /// Of each encounter, whether its customer was erased, before it came or since.
    std::vector<bool> of_erased(const CustomerNames& customers) const;

    /// All codes that the rows may need are below it.
    const Codes::Mark& mark() const { return mark_; }

    /// The earliest and the latest time; only when there is an encounter.
    Instant first() const { return first_; }
    Instant latest() const { return latest_; }

private:
    Codes& codes_;
    KeyFunction key_;
    std::shared_future<Status> loaded_;
    RowWriter rows_;
    std::vector<std::uint64_t> keys_;
    Codes::Mark mark_;
    Instant first_ = Instant::max();
    Instant latest_ = Instant::min();
};

}  // namespace kokemus::ledger
