#include "answer/hidden_lines.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace kokemus::answer {

HiddenLines::HiddenLines(std::size_t points, const std::vector<Line>& lines)
    : lines_(lines),
      ends_(points) {
    for (std::size_t line = 0; line < lines.size(); ++line) {
        ends_[lines[line].from].push_back({line, lines[line].to});
        ends_[lines[line].to].push_back({line, lines[line].from});
    }
}

std::vector<bool> HiddenLines::found() const {
    constexpr std::size_t unseen = 0;
    constexpr std::size_t no_line = std::numeric_limits<std::size_t>::max();
    struct Visit {
        std::size_t point, by, next;
    };
    std::vector<bool> found(lines_.size());
    std::vector<std::size_t> seen(ends_.size(), unseen);
    std::vector<std::size_t> lowest(ends_.size());  ///< seen that is reached by another way
    std::size_t time = 0;
    std::vector<Visit> way;
    const auto enter = [&](std::size_t point, std::size_t by) {
        seen[point] = lowest[point] = ++time;
        way.push_back({point, by, 0});
    };
    for (std::size_t start = 0; start < ends_.size(); ++start) {
        if (seen[start] == unseen) {
            enter(start, no_line);
        }
        while (!way.empty()) {
            Visit& here = way.back();
            if (here.next < ends_[here.point].size()) {
                const End end = ends_[here.point][here.next++];
                if (!lines_[end.line].hidden || end.line == here.by) {
                    continue;
                }
                if (seen[end.point] == unseen) {
                    enter(end.point, end.line);
                } else {
                    lowest[here.point] = std::min(lowest[here.point], seen[end.point]);
                }
                continue;
            }
            const Visit done = here;
            way.pop_back();
            if (done.by != no_line) {
                const std::size_t before = way.back().point;
                found[done.by] = lowest[done.point] > seen[before];
                lowest[before] = std::min(lowest[before], lowest[done.point]);
            }
        }
    }
    return found;
}

std::optional<std::vector<std::size_t>> HiddenLines::ring_with(std::size_t line) const {
    constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    std::vector<std::uint64_t> cost(ends_.size(), never);
    std::vector<std::size_t> by(ends_.size());
    using Reached = std::pair<std::uint64_t, std::size_t>;
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> next;
    cost[lines_[line].from] = 0;
    next.emplace(0, lines_[line].from);
    while (!next.empty()) {
        const auto [spent, point] = next.top();
        next.pop();
        if (spent > cost[point]) {
            continue;
        }
        for (const End& end : ends_[point]) {
            // One more for each line, so that of rings that cost the same the shorter is taken.
            const std::uint64_t price = lines_[end.line].hidden ? 0 : lines_[end.line].count;
            const std::uint64_t sum = spent + price + 1;
            if (end.line != line && sum < cost[end.point]) {
                cost[end.point] = sum;
                by[end.point] = end.line;
                next.emplace(sum, end.point);
            }
        }
    }
    if (cost[lines_[line].to] == never) {
        return std::nullopt;
    }
    std::vector<std::size_t> ring;
    for (std::size_t point = lines_[line].to; point != lines_[line].from;) {
        const Line& step = lines_[by[point]];
        ring.push_back(by[point]);
        point = step.from == point ? step.to : step.from;
    }
    return ring;
}

}  // namespace kokemus::answer
