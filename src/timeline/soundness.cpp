#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>

#include "base/parallel.h"
#include "timeline/part.h"

/// What must hold of columns so that nothing in them leads outside their memory. Columns that we
/// made hold it by construction; those of a file might not, whatever its checksums say.
namespace kokemus::timeline {

namespace {

constexpr std::size_t chunk_values = 1U << 20U;

/// Whether `holds` is true of every chunk of [0, count).
template <typename Holds>
bool all_chunks(std::size_t count, Holds&& holds) {
    std::atomic<bool> all{true};
    for_each_chunk_plain(count, chunk_values, [&](const Chunk& chunk) {
        if (all.load(std::memory_order_relaxed) && !holds(chunk.from, chunk.to)) {
            all = false;
        }
    });
    return all;
}

/// Whether all values are below `end`.
template <typename T>
bool all_below(std::span<const T> values, std::size_t end) {
    return all_chunks(values.size(), [&](std::size_t from, std::size_t to) {
        T highest = 0;
        for (std::size_t i = from; i < to; ++i) {
            highest = std::max(highest, values[i]);
        }
        return from == to || highest < end;
    });
}

/// Whether these are `count` + 1 offsets from 0 to `end`, none below the one before.
template <typename T>
bool are_offsets(std::span<const T> offsets, std::size_t count, std::size_t end) {
    if (offsets.size() != count + 1 || offsets.front() != 0 || offsets.back() != end) {
        return false;
    }
    return all_chunks(count, [&](std::size_t from, std::size_t to) {
        bool rises = true;
        for (std::size_t i = from; i < to; ++i) {
            rises &= offsets[i] <= offsets[i + 1];
        }
        return rises;
    });
}

}  // namespace

bool Dictionary::is_sound() const {
    // A start more than texts, and a block for each run of them.
    if (starts_.size() < 2 || blocks_.size() != ((starts_.size() - 1) >> 16U) + 1) {
        return false;
    }
    const bool within = all_chunks(size(), [&](std::size_t from, std::size_t to) {
        bool rises = true;
        for (std::size_t code = from; code < to; ++code) {
            rises &= start(code) <= start(code + 1) && start(code + 1) <= bytes_.size();
        }
        return rises;
    });
    return within && start(0) == 0 && start(1) == 0 && start(size()) == bytes_.size() &&
           all_below(sorted_.span(), size()) && all_below(recent_.span(), size());
}

bool CodeColumn::is_sound(std::size_t rows, std::size_t codes) const {
    if ((width_ != 1 && width_ != 2 && width_ != 4) || bytes_.size() != rows * width_) {
        return false;
    }
    return visit([&](const auto* values) { return all_below(std::span(values, rows), codes); });
}

bool RowSet::is_sound(std::size_t rows) const {
    if (bits_.empty() || ranks_.empty()) {
        return bits_.empty() && ranks_.empty();
    }
    if (bits_.size() != (rows + 511) / 512 * 8 || ranks_.size() != bits_.size() / 8 + 1 ||
        ranks_[0] != 0) {
        return false;
    }
    const bool ranked = all_chunks(bits_.size() / 8, [&](std::size_t from, std::size_t to) {
        for (std::size_t block = from; block < to; ++block) {
            std::uint32_t count = ranks_[block];
            for (std::size_t word = block * 8; word < block * 8 + 8; ++word) {
                count += static_cast<std::uint32_t>(std::popcount(bits_[word]));
            }
            if (count != ranks_[block + 1]) {
                return false;
            }
        }
        return true;
    });
    for (std::size_t row = rows; row < bits_.size() * 64; ++row) {
        if (contains(static_cast<Row>(row))) {
            return false;
        }
    }
    return ranked;
}

bool TimeColumn::is_sound(std::size_t rows) const {
    if (!wide_.empty()) {
        return wide_.size() == rows && low_.empty() && high_.empty();
    }
    // So far from the end of all times that counting up from the base cannot pass it.
    constexpr std::int64_t beyond_base = (std::int64_t{1} << 40U) * 1000;
    return low_.size() == rows && (high_.empty() || high_.size() == rows) &&
           (unit_ == 1 || unit_ == 1000) &&
           base_ <= std::numeric_limits<std::int64_t>::max() - beyond_base;
}

bool NumberColumn::is_sound(std::size_t rows) const {
    if (!present_.is_sound(rows)) {
        return false;
    }
    if (unit_ == 0) {
        return wide_.size() == present_.size() && scaled_.empty();
    }
    return (unit_ == 1 || unit_ == 100 || unit_ == 1000) && wide_.empty() &&
           scaled_.size() == present_.size();
}

bool AnswerColumn::is_sound(std::size_t rows, std::size_t answers) const {
    return rows_.is_sound(rows) && codes_.is_sound(rows_.size(), answers);
}

bool ThreadIndex::is_sound(std::size_t row_count, std::size_t customers) const {
    return !offsets.empty() && rows.size() <= row_count && all_below(rows.span(), row_count) &&
           are_offsets(offsets.span(), offsets.size() - 1, rows.size()) &&
           are_offsets(of_customer.span(), customers, offsets.size() - 1);
}

bool PromiseIndex::is_sound(std::size_t rows, std::size_t promises) const {
    const std::size_t made = promise_.size();
    return rows_.is_sound(rows) && promise_.is_sound(made, promises) &&
           are_offsets(offsets_.span(), rows_.size(), made) && due_.is_sound(made) &&
           kept_.is_sound(made) && actual_.is_sound(kept_.size());
}

bool Part::is_sound() const {
    if (!customers.is_sound() || !threads.is_sound() || dimension.size() != dimensions.size()) {
        return false;
    }
    const std::size_t all = rows();
    for (std::size_t place = 0; place < dimension.size(); ++place) {
        const bool per_row = dimensions[place].source == blueprint::DimensionSource::Properties;
        if (!dimension[place].is_sound(per_row ? all : customer_count(),
                                       dimensions[place].texts.size())) {
            return false;
        }
    }
    return are_offsets(customer_offsets.span(), customer_count(), all) && time.is_sound(all) &&
           touchpoint.is_sound(all, touchpoints.size()) && channel.is_sound(all, channels.size()) &&
           department.is_sound(all, departments.size()) &&
           employee.is_sound(all, employees.size()) && thread.is_sound(all, threads.size()) &&
           answer.is_sound(all, answers.size()) && value.is_sound(all) &&
           duration_seconds.is_sound(all) && ledger_number.is_sound(all) &&
           thread_index.is_sound(all, customer_count()) &&
           promises.is_sound(all, blueprint->promises.size()) && gone.is_sound(customer_count());
}

}  // namespace kokemus::timeline
