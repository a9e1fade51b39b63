#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "question/filter.h"
#include "timeline/marked_block.h"
#include "timeline/text_field.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// A text field over all parts: rows with equal texts are in one group, whatever part they are in.
/// Groups are numbered in no particular order. The timeline must outlive it.
///
/// Groups are the codes of the field, but for customers and threads of several parts, whose texts
/// are merged first: a sort of all of them.
class GroupField {
public:
    /// Fails as TextField::find does.
    static Result<GroupField> make(const Timeline& timeline, const question::Field& field);

    /// Groups are numbered below this.
    std::size_t size() const { return merged_.empty() ? texts_->size() : merged_.size(); }

    /// Whether groups are codes that all parts share: then they are those of a later timeline, too,
    /// which has as many `column_codes`.
    bool is_shared() const { return !fields_.front().codes_are_of_part(); }
    std::size_t column_codes() const { return fields_.front().column_codes(); }

    std::string_view text(Code group) const {
        return merged_.empty() ? texts_->text(group) : merged_[group];
    }

    /// All encounters of a customer are in one group.
    bool is_of_customers() const { return fields_.front().is_of_customers(); }

    /// Writes the groups of the rows that count in a block of the part at `part` to `groups`, which
    /// has a place for each bit of the block; other places may be written too. 0.2 ns a row of a
    /// dense column, 1 ns through a table.
    void read(std::size_t part, const MarkedBlock& marked, std::span<Code> groups) const;

private:
    void merge_texts();
    void read_codes(const TextField& field, const MarkedBlock& marked,
                    std::span<Code> groups) const;

    std::vector<TextField> fields_;  ///< one a part
    const Dictionary* texts_ = nullptr;
    std::vector<std::string_view> merged_;     ///< of all parts; empty where codes are shared
    std::vector<std::vector<Code>> group_of_;  ///< part, code -> group; empty where it is the code
};

}  // namespace kokemus::timeline
