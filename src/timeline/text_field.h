#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "question/filter.h"
#include "timeline/block.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// Where the codes of a text field stand: a column of rows or customers, seen through a table where
/// the field is derived. The part must outlive it.
class TextField {
public:
    /// InvalidInput for numeric fields and for names that are neither a field nor a declared
    /// dimension.
    static Result<TextField> find(const Part& part, const question::Field& field);

    const Dictionary& texts() const { return *texts_; }

    /// Whether equal texts may have other codes in another part: customers and threads.
    bool codes_are_of_part() const {
        return texts_ == &part_->customers || texts_ == &part_->threads;
    }

    /// Reads the code of every row of the block into `codes`.
    void gather(const Block& block, std::vector<Code>& codes) const;

private:
    enum class Source { Rows, Customers, CustomerName, Scale };

    TextField(const Part& part, Source source, const CodeColumn* codes, const Dictionary& texts)
        : part_(&part),
          source_(source),
          codes_(codes),
          texts_(&texts) {}

    void spread_customers(const Block& block, std::vector<Code>& codes) const;

    const Part* part_;
    Source source_;
    const CodeColumn* codes_;  ///< nullptr for CustomerName and Scale
    const Dictionary* texts_;
    const Array<Code>* through_ = nullptr;  ///< code of the column -> code of the field
};

}  // namespace kokemus::timeline
