#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/random.h"
#include "question/unit_table.h"

/// Tables of units with a planted truth.
namespace kokemus::driver {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// One row each of so many customers; columns are added by the test, the outcome first.
class TestTable {
public:
    explicit TestTable(std::size_t rows, std::size_t rows_per_customer = 1) {
        for (std::size_t row = 0; row < rows; ++row) {
            table.customers.push_back(1000 + row / rows_per_customer);
            table.starts.push_back(static_cast<std::int64_t>(row));
        }
    }

    template <typename Number>
    TestTable& numbers(const Number& number) {
        auto& column = table.columns.emplace_back();
        for (std::size_t row = 0; row < table.rows(); ++row) {
            column.numbers.push_back(static_cast<double>(number(row)));
        }
        return *this;
    }

    template <typename Code>
    TestTable& texts(std::vector<std::string> texts, const Code& code) {
        auto& column = table.columns.emplace_back();
        column.texts = std::move(texts);
        for (std::size_t row = 0; row < table.rows(); ++row) {
            column.codes.push_back(static_cast<std::uint32_t>(code(row)));
        }
        return *this;
    }

    question::UnitTable table;
};

inline question::Factor factor(question::FactorOf of, std::string name = "") {
    question::Factor factor;
    factor.of = of;
    factor.name = name;
    if (of == question::FactorOf::Count) {
        factor.touchpoints = {std::move(name)};
    }
    if (of == question::FactorOf::Category) {
        factor.field = question::Field{question::FieldOf::Encounter, std::move(name)};
    }
    return factor;
}

/// Normal numbers that are equal on every machine, one list a seed.
inline std::vector<double> noise(std::size_t rows, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> numbers;
    for (std::size_t row = 0; row < rows; ++row) {
        numbers.push_back(random.normal());
    }
    return numbers;
}

}  // namespace kokemus::driver
