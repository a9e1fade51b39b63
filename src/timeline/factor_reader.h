#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "question/factor.h"
#include "question/question.h"
#include "timeline/block.h"
#include "timeline/part.h"
#include "timeline/row_bits.h"

namespace kokemus::timeline {

/// Room to work in, kept from block to block. For one thread.
struct FactorScratch {
    WordPool words;
    std::vector<Code> codes;
};

/// Measures one factor of units, as question/factor.h says what it is. Const and thread safe; the
/// part must outlive it.
class FactorReader {
public:
    FactorReader() = default;
    FactorReader(const FactorReader&) = delete;
    FactorReader& operator=(const FactorReader&) = delete;
    virtual ~FactorReader() = default;

    /// Writes what it is for every unit of the block: NaN where missing, of a category the code of
    /// its text. Costs 1 to 3 ns an encounter; `repeats`, `distinct` and promises more where there
    /// is any.
    virtual void read(const Block& block, FactorScratch& scratch, std::span<double> out) const = 0;

    /// How many of a unit's encounters come up to the last at which it is read; nothing where it
    /// speaks of the whole unit.
    virtual std::optional<std::size_t> reads_up_to(std::span<const Row> rows) const;
};

/// Fails for what the blueprint or the timeline does not have. `per` is the unit of the question.
Result<std::unique_ptr<const FactorReader>> make_factor_reader(const Part& part,
                                                               const question::Factor& factor,
                                                               const question::Unit& per);

}  // namespace kokemus::timeline
