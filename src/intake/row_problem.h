#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/block_query.h"
#include "intake/row_errors.h"
#include "intake/stage.h"

namespace kokemus::intake {

/// Why a row of a block gave no encounter, before its place in the file is looked up.
struct RowProblem {
    enum class Kind {
        Failed,   ///< the expression of `slot` fails for this row
        Missing,  ///< the field of `slot` must be there and is not
        Fault,    ///< the value of `slot` (or the whole row) is refused for `reason`
    };
    static constexpr int where_slot = -1;
    static constexpr int no_slot = -2;

    std::uint64_t row = 0;  ///< in the table, from 1
    Kind kind = Kind::Fault;
    int slot = no_slot;
    std::string reason = {};
    std::string value = {};  ///< where the table does not hold it
};

/// Looks up file, line, column and value of each problem and adds them to `errors`, in the order of
/// rows.
Status say_problems(Stage& stage, const BlockQuery& query, std::vector<RowProblem> problems,
                    RowErrors& errors);

}  // namespace kokemus::intake
