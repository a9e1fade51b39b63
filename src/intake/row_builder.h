#pragma once

#include <cstdint>
#include <vector>

#include "blueprint/blueprint.h"
#include "duck/duck.h"
#include "encounter/encounter.h"
#include "intake/block_query.h"
#include "intake/row_problem.h"

namespace kokemus::intake {

/// Encounters on their way to the ledger, with the rows they come from.
struct EncounterBatch {
    std::vector<encounter::Encounter> encounters;
    std::vector<std::uint64_t> rows;  ///< of each encounter, in its table
};

/// Makes encounters of the rows of a block's query. Not thread safe.
class EncounterBuilder {
public:
    /// `block`: place of the block in the import; with the row it gives the sequence, which breaks
    /// equal times. A score has to be on its scale in the blueprint; null: no scale is known.
    EncounterBuilder(const BlockQuery& query, std::uint64_t block,
                     const blueprint::Blueprint* blueprint);

    /// Rows that are taken together: few, so that an encounter stays in the cache from its first
    /// field until it is laid out.
    static constexpr std::size_t rows_max = 256;

    /// Makes `batch` the encounters of the chunk's rows from `first` on, at most `rows_max`, using
    /// the memory of those in it again, and appends the refused rows to `problems`.
    void take(const duck::Chunk& chunk, std::size_t first, EncounterBatch& batch,
              std::vector<RowProblem>& problems);

    /// Rows of one block that fit below the next block in the order of equal times.
    static constexpr unsigned row_bits = 40;

private:
    enum class Target {
        Id,
        Customer,
        Time,
        Sequence,
        Touchpoint,
        Channel,
        Department,
        Employee,
        Thread,
        Score,
        Scale,
        Text,
        Language,
        Value,
        Duration,
        DueObject,
        PropertiesObject,
        TimeClamped,
        Due,
        Property
    };

    void begin(const duck::Chunk& chunk, std::size_t size, EncounterBatch& batch);
    void fill(std::size_t slot, const SlotValue& value, std::size_t row);
    void fill_text(std::size_t slot, std::string_view text, std::size_t row);
    void refuse(std::size_t row, RowProblem problem);
    void finish_properties(std::size_t row);
    void keep_sound(EncounterBatch& batch, std::vector<RowProblem>& problems);

    const BlockQuery& query_;
    std::uint64_t block_;
    const blueprint::Blueprint* blueprint_;
    std::vector<Target> targets_;
    std::vector<std::string> names_;      ///< promise or property key of each slot
    std::vector<std::string> json_keys_;  ///< the same as JSON text with its colon
    std::vector<std::size_t> required_;   ///< slots that must not be absent
    std::size_t first_ = 0;  ///< row of the chunk that is the first of those being taken
    std::vector<encounter::Encounter> taken_;
    std::vector<std::uint64_t> rows_;
    std::vector<bool> refused_;
    std::vector<std::string> members_;  ///< properties of each row, as the inside of a JSON object
    std::vector<RowProblem>* problems_ = nullptr;
    bool has_properties_ = false;
};

/// Makes customers of the rows of a customer block's query.
class CustomerBuilder {
public:
    explicit CustomerBuilder(const BlockQuery& query) : query_(query) {}

    void take(const duck::Chunk& chunk, std::vector<encounter::Customer>& customers,
              std::vector<std::uint64_t>& rows, std::vector<RowProblem>& problems);

private:
    const BlockQuery& query_;
};

}  // namespace kokemus::intake
