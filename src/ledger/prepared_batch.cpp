#include "ledger/prepared_batch.h"

#include <algorithm>

#include <fmt/format.h>

#include "encounter/faults.h"

namespace kokemus::ledger {

namespace {

using encounter::Encounter;

Status check(const Encounter& encounter, std::size_t place) {
    auto faults = encounter::check(encounter);
    if (encounter.id.value().empty()) {
        faults.push_back({"id", "is empty; give one, or derive it from the content"});
    }
    if (faults.empty()) {
        return {};
    }
    Error error = encounter::to_error(faults);
    error.message = fmt::format("encounter {} of the batch: {}", place + 1, error.message);
    return error;
}

}  // namespace

PreparedBatch::PreparedBatch(Codes& codes, KeyFunction key, std::shared_future<Status> loaded)
    : codes_(codes),
      key_(key),
      loaded_(std::move(loaded)),
      rows_(codes) {}

/// A chunk at a time, so that what was checked is still in the cache when it is laid out.
Status PreparedBatch::add(std::span<const Encounter> encounters, Checked checked) {
    TRY(loaded_.get());
    while (!encounters.empty()) {
        const auto part =
            encounters.first(std::min(encounters.size(), duck::ChunkBuilder::rows_max()));
        encounters = encounters.subspan(part.size());
        for (std::size_t i = 0; checked == Checked::No && i < part.size(); ++i) {
            TRY(check(part[i], keys_.size() + i));
        }
        const std::scoped_lock lock(codes_.mutex);
        for (const Encounter& encounter : part) {
            keys_.push_back(key_(encounter.customer.value(), encounter.id.value()));
            rows_.put(encounter);
            first_ = std::min(first_, encounter.time);
            latest_ = std::max(latest_, encounter.time);
        }
        mark_ = codes_.mark();
    }
    return {};
}

std::vector<bool> PreparedBatch::of_erased(const CustomerNames& customers) const {
    std::vector<bool> erased(size());
    const CustomerNames::Reader names(customers);
    std::size_t place = 0;
    for (const duck::ChunkBuilder& chunk : rows_.chunks()) {
        const duck::Column codes = chunk.columns()[RowWriter::customer_column];
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            erased[place++] = names.name(codes.number<std::uint32_t>(row)).empty();
        }
    }
    return erased;
}

Result<Encounter> PreparedBatch::encounter(std::size_t place) const {
    RowReader reader(codes_);
    Entry entry;
    TRY(reader.read_row(rows_.chunk(place).columns(), RowWriter::place(place), entry));
    return std::move(entry.encounter);
}

}  // namespace kokemus::ledger
