#pragma once

#include <cstddef>
#include <span>

#include "base/result.h"
#include "question/filter.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// Where the codes of a text field stand: a column of rows or customers, seen through a table where
/// the field is derived. The part must outlive it.
class TextField {
public:
    enum class Source {
        Rows,          ///< codes() has a code per row
        Customers,     ///< codes() has a code per customer
        CustomerName,  ///< the customer's own code
        Scale,         ///< of the row's answer; absent without one
    };

    /// InvalidInput for numeric fields and for names that are neither a field nor a declared
    /// dimension.
    static Result<TextField> find(const Part& part, const question::Field& field);

    const Dictionary& texts() const { return *texts_; }
    Source source() const { return source_; }

    bool is_of_customers() const {
        return source_ == Source::Customers || source_ == Source::CustomerName;
    }

    /// Rows, Customers.
    const CodeColumn& codes() const { return *codes_; }

    /// The column's codes stand for those of the field through a table.
    bool is_derived() const { return through_ != nullptr; }

    /// How many codes the column has; texts().size() unless it is seen through a table.
    std::size_t column_codes() const {
        return through_ != nullptr ? through_->size() : texts_->size();
    }

    /// The field's code for one of the column.
    Code through(Code of_column) const {
        return through_ != nullptr ? (*through_)[of_column] : of_column;
    }

    /// Of all rows of a customer. Customers, CustomerName.
    Code of_customer(Code customer) const {
        return source_ == Source::CustomerName ? customer : (*codes_)[customer];
    }

    /// Scale: the answers, and the scale of the one at a place among them.
    const AnswerColumn& answers() const { return part_->answer; }
    Code scale_of(std::size_t place) const {
        return part_->answers[part_->answer.code(place)].scale;
    }

    /// Customers and threads have codes of the part's own; all others those of the whole timeline.
    bool codes_are_of_part() const {
        return texts_ == &part_->customers || texts_ == &part_->threads;
    }

private:
    TextField(const Part& part, Source source, const CodeColumn* codes, const Dictionary& texts)
        : part_(&part),
          source_(source),
          codes_(codes),
          texts_(&texts) {}

    const Part* part_;
    Source source_;
    const CodeColumn* codes_;  ///< nullptr for CustomerName and Scale
    const Dictionary* texts_;
    const Array<Code>* through_ = nullptr;
};

}  // namespace kokemus::timeline
