#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "timeline/part_build.h"
#include "timeline/part_merge.h"

namespace kokemus::timeline {

/// Consecutive rows of one source, in the order they are to stand.
struct Run {
    std::uint32_t source = 0;
    Row from = 0;
    Row count = 0;
};

/// A customer of a source.
struct Member {
    std::uint32_t source = 0;
    Code customer = 0;
};

/// Which customers of the sources each merged customer is made of.
class Members {
public:
    /// Of the merged customer `into`, the one added last or the next.
    void add(Code into, Member member) {
        if (into + std::size_t{2} > offsets_.size()) {
            offsets_.push_back(members_.size());
        }
        members_.push_back(member);
        offsets_.back() = members_.size();
    }

    std::span<const Member> of(Code customer) const {
        return std::span(members_).subspan(offsets_[customer],
                                           offsets_[customer + 1] - offsets_[customer]);
    }

    /// Merged customers; the first of them is nobody.
    std::size_t customers() const { return offsets_.size() - 1; }

private:
    std::vector<Member> members_;
    std::vector<std::size_t> offsets_{0, 0};  ///< per merged customer; 0 has none
};

/// All rows of the members, in the order of a part.
struct RowOrder {
    std::vector<Run> runs;
    std::vector<Row> customer_offsets;
    std::size_t rows = 0;
};

/// Rows of one customer in several sources are interleaved by (time, sequence, id); `ties` is asked
/// for the last two, of rows of several sources at one time only, all customers' together. A number
/// that it does not know comes first. Fails (TooLarge) beyond 4,294,967,294 rows, and as `ties`
/// does.
Result<RowOrder> order_rows(std::span<const MergeSource> sources, const Members& members,
                            const ReadNumbers& ties);

}  // namespace kokemus::timeline
