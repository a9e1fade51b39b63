#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// Lines between points of which some are hidden, where the sum of each point's lines is known: a
/// hidden line can be found from the sums unless it lies on a ring of hidden lines, whose numbers
/// could all be a little larger and smaller in turn.
namespace kokemus::answer {

struct Line {
    std::size_t from = 0;  ///< of one kind of points (out of ...)
    std::size_t to = 0;    ///< of the other (into ...)
    std::uint64_t count = 0;
    bool hidden = false;
};

class HiddenLines {
public:
    /// Points are numbered below `points`.
    HiddenLines(std::size_t points, const std::vector<Line>& lines);

    /// Of each line whether it is hidden and can be found: on no ring of hidden lines (Tarjan 1974,
    /// bridges). Linear.
    std::vector<bool> found() const;

    /// The lines that make a ring with this one, itself left out, with the least count in lines
    /// that are not hidden; nothing when no ring has it. n log n.
    std::optional<std::vector<std::size_t>> ring_with(std::size_t line) const;

private:
    struct End {
        std::size_t line = 0;
        std::size_t point = 0;  ///< at the line's other end
    };

    const std::vector<Line>& lines_;
    std::vector<std::vector<End>> ends_;  ///< of each point
};

}  // namespace kokemus::answer
