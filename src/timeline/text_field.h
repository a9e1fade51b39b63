#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "question/filter.h"
#include "timeline/block.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// Where the codes of a text field stand: a column of rows or customers, seen through a table where
/// the field is derived. The timeline must outlive it.
class TextField {
public:
    /// InvalidInput for numeric fields and for names that are neither a field nor a declared
    /// dimension.
    static Result<TextField> find(const Timeline& timeline, const question::Field& field);

    const Dictionary& texts() const { return *texts_; }

    /// Reads the code of every row of the block into `codes`.
    void gather(const Block& block, std::vector<Code>& codes) const;

private:
    enum class Source { Rows, Customers, CustomerName, Scale };

    TextField(const Timeline& timeline, Source source, const CodeColumn* codes,
              const Dictionary& texts)
        : timeline_(&timeline),
          source_(source),
          codes_(codes),
          texts_(&texts) {}

    void spread_customers(const Block& block, std::vector<Code>& codes) const;

    const Timeline* timeline_;
    Source source_;
    const CodeColumn* codes_;  ///< nullptr for CustomerName and Scale
    const Dictionary* texts_;
    const std::vector<Code>* through_ = nullptr;  ///< code of the column -> code of the field
};

}  // namespace kokemus::timeline
