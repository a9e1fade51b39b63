#pragma once

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "timeline/answer_column.h"
#include "timeline/array.h"
#include "timeline/column_file.h"

/// Visitors for `visit_columns`: out to a file of columns and in from one.
namespace kokemus::timeline {

/// How an Answer lies in a file: without gaps, and with nothing that is not a number.
struct StoredAnswer {
    double score;
    std::int64_t experience;
    std::uint32_t scale;
    std::uint32_t placed;
};
static_assert(sizeof(StoredAnswer) == 24);

template <typename T>
concept PlainNumber = std::is_arithmetic_v<T> && sizeof(T) <= 8;

/// Adds what it visits to a writer, arrays as they stand. The numbers go into one column behind
/// them all with `finish`. Must live, with what was visited, until the file is written.
class ColumnsOut {
public:
    explicit ColumnsOut(ColumnFileWriter& writer) : writer_(writer) {}

    template <typename T>
    void operator()(const Array<T>& array) {
        static_assert(PlainNumber<T> || std::is_same_v<T, std::byte>);
        writer_.add(std::as_bytes(array.span()));
    }

    void operator()(const Array<Answer>& answers) {
        auto stored = std::make_unique<std::vector<StoredAnswer>>();
        stored->reserve(answers.size());
        for (const Answer& answer : answers) {
            stored->push_back(StoredAnswer{
                answer.score, answer.experience, answer.scale, answer.placed ? 1U : 0U});
        }
        writer_.add(std::as_bytes(std::span(*stored)));
        answers_.push_back(std::move(stored));
    }

    template <PlainNumber T>
    void operator()(const T& number) {
        std::uint64_t wide = 0;
        std::memcpy(&wide, &number, sizeof(number));
        numbers_.push_back(wide);
    }

    void finish() { writer_.add(std::as_bytes(std::span(numbers_))); }

private:
    ColumnFileWriter& writer_;
    std::vector<std::unique_ptr<std::vector<StoredAnswer>>> answers_;
    std::vector<std::uint64_t> numbers_;
};

/// Gives what it visits the columns of a file, in the same order, sharing the mapping. What does
/// not fit stays as it is and is said by `fits`.
class ColumnsIn {
public:
    explicit ColumnsIn(const ColumnFile& file) : file_(file) {
        if (file.columns() == 0 || file.column(file.columns() - 1).size() % 8 != 0) {
            fits_ = false;
            return;
        }
        const auto numbers = file.column(file.columns() - 1);
        numbers_.resize(numbers.size() / 8);
        std::memcpy(numbers_.data(), numbers.data(), numbers.size());
    }

    template <typename T>
    void operator()(Array<T>& array) {
        static_assert(PlainNumber<T> || std::is_same_v<T, std::byte>);
        array = Array<T>(next<T>(), file_.mapping());
    }

    void operator()(Array<Answer>& answers) {
        std::vector<Answer> read;
        for (const StoredAnswer& stored : next<StoredAnswer>()) {
            fits_ = fits_ && stored.placed <= 1;
            read.push_back(
                Answer{stored.scale, stored.score, stored.placed != 0, stored.experience});
        }
        answers = Array(std::move(read));
    }

    template <PlainNumber T>
    void operator()(T& number) {
        if (next_number_ < numbers_.size()) {
            std::memcpy(&number, &numbers_[next_number_], sizeof(number));
        }
        ++next_number_;
    }

    /// Whether all columns and numbers of the file went into what was visited, and nothing was
    /// missing.
    bool fits() const {
        return fits_ && next_column_ + 1 == file_.columns() && next_number_ == numbers_.size();
    }

private:
    template <typename T>
    std::span<const T> next() {
        if (next_column_ + 1 >= file_.columns() ||
            file_.column(next_column_).size() % sizeof(T) != 0) {
            fits_ = false;
            ++next_column_;
            return {};
        }
        const auto bytes = file_.column(next_column_++);
        return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
    }

    const ColumnFile& file_;
    bool fits_ = true;
    std::size_t next_column_ = 0;
    std::vector<std::uint64_t> numbers_;
    std::size_t next_number_ = 0;
};

/// Which memory the columns of a part are: two parts are the same one when they stand in the same
/// arrays, which never change. Keeps none of it alive.
class ColumnsIdentity {
public:
    ColumnsIdentity() = default;

    template <typename T>
    void operator()(const Array<T>& array) {
        places_.push_back(Place{array.owner(), array.data(), array.size()});
    }

    template <PlainNumber T>
    void operator()(const T& number) {
        std::uint64_t wide = 0;
        std::memcpy(&wide, &number, sizeof(number));
        numbers_.push_back(wide);
    }

    bool is_same(const ColumnsIdentity& other) const {
        return numbers_ == other.numbers_ &&
               std::ranges::equal(places_, other.places_, [](const Place& a, const Place& b) {
                   return a.data == b.data && a.size == b.size && !a.owner.owner_before(b.owner) &&
                          !b.owner.owner_before(a.owner);
               });
    }

private:
    struct Place {
        std::weak_ptr<const void> owner;  ///< so that memory given out again is another
        const void* data = nullptr;
        std::size_t size = 0;
    };

    std::vector<Place> places_;
    std::vector<std::uint64_t> numbers_;
};

}  // namespace kokemus::timeline
