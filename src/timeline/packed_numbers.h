#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>
#include <vector>

namespace kokemus::timeline {

/// Numbers in the order they came, all of them as wide (8, 16, 32, 64 bits) as the largest so far
/// needs: what most encounters leave at 0 takes a byte. Appending is amortised constant; the three
/// moments at which all grow wider copy everything. Not thread safe while it is appended to.
class PackedNumbers {
public:
    /// Calls `use` with the numbers as a vector of their width.
    template <typename Use>
    decltype(auto) visit(Use&& use) const {
        return std::visit(std::forward<Use>(use), numbers_);
    }

    std::size_t size() const {
        return visit([](const auto& numbers) { return numbers.size(); });
    }

    /// Makes room, also for when they grow wider.
    void reserve(std::size_t count) {
        room_ = count;
        std::visit([count](auto& numbers) { numbers.reserve(count); }, numbers_);
    }

    void push_back(std::uint64_t number) {
        while (number > most_) {
            widen();
        }
        std::visit(
            [number](auto& numbers) {
                using Width = typename std::decay_t<decltype(numbers)>::value_type;
                numbers.push_back(static_cast<Width>(number));
            },
            numbers_);
    }

    /// Fills up with zeros, or cuts off.
    void resize(std::size_t count) {
        std::visit([count](auto& numbers) { numbers.resize(count); }, numbers_);
    }

    void set(std::size_t place, std::uint64_t number) {
        while (number > most_) {
            widen();
        }
        std::visit(
            [place, number](auto& numbers) {
                using Width = typename std::decay_t<decltype(numbers)>::value_type;
                numbers[place] = static_cast<Width>(number);
            },
            numbers_);
    }

    /// For single look-ups; loops over many `visit`.
    std::uint64_t operator[](std::size_t place) const {
        return visit([place](const auto& numbers) -> std::uint64_t { return numbers[place]; });
    }

private:
    template <typename Wider>
    void widen_to() {
        std::vector<Wider> wider;
        visit([&](const auto& numbers) {
            wider.reserve(std::max(room_, numbers.size() + 1));
            wider.assign(numbers.begin(), numbers.end());
        });
        numbers_ = std::move(wider);
        most_ = std::numeric_limits<Wider>::max();
    }

    void widen() {
        switch (numbers_.index()) {
            case 0: return widen_to<std::uint16_t>();
            case 1: return widen_to<std::uint32_t>();
            default: return widen_to<std::uint64_t>();
        }
    }

    std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>,
                 std::vector<std::uint64_t>>
        numbers_;
    std::uint64_t most_ = std::numeric_limits<std::uint8_t>::max();
    std::size_t room_ = 0;
};

}  // namespace kokemus::timeline
