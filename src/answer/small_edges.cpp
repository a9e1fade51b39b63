#include "answer/small_edges.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "answer/hidden_lines.h"

namespace kokemus::answer {
namespace {

/// Lines looked at before it is said that the map is too large.
constexpr std::size_t work_max = 50'000'000;

/// The map as points: of each touchpoint "out of" and "into", of START and END one each, and of all
/// touchpoints that are gone together two, as what they sum to is known of all of them only.
class Veil {
public:
    Veil(Flow& flow, const std::set<std::string>& gone, std::uint64_t smallest)
        : flow_(flow),
          smallest_(smallest),
          gone_(gone.size()) {
        lines_.resize(flow.edges.size());
        place();
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const FlowEdge& edge = flow.edges[i];
            lines_[i].count = edge.count;
            small_.push_back(is_small(customers(edge), smallest_));
            lines_[i].hidden = small_[i] || touches_gone(i);
        }
    }

    /// Rows that go, of edges and of nodes.
    std::uint64_t draw() {
        const std::size_t nodes_before = flow_.nodes.size();
        if (std::ranges::any_of(lines_, &Line::hidden)) {
            hide_what_shows_others();
        }
        std::size_t edge = 0;
        const std::uint64_t edges_gone =
            std::erase_if(flow_.edges, [&](const FlowEdge&) { return lines_[edge++].hidden; });
        return edges_gone + (nodes_before - flow_.nodes.size());
    }

private:
    std::uint64_t customers(const FlowEdge& edge) const {
        return flow_.counts_only ? edge.count : edge.customers;
    }

    std::size_t points() const { return 2 * flow_.nodes.size() + 4; }
    std::size_t out_of_gone() const { return 2 * flow_.nodes.size() + 2; }
    std::size_t into_gone() const { return 2 * flow_.nodes.size() + 3; }

    bool touches_gone(std::size_t i) const {
        return lines_[i].from == out_of_gone() || lines_[i].to == into_gone();
    }

    /// Between touchpoints nobody knows the names of: its number says nothing of anything.
    bool is_within_gone(std::size_t i) const {
        return lines_[i].from == out_of_gone() && lines_[i].to == into_gone();
    }

    /// Gives the lines their points.
    void place() {
        std::unordered_map<std::string_view, std::size_t> nodes;
        for (std::size_t i = 0; i < flow_.nodes.size(); ++i) {
            nodes.emplace(flow_.nodes[i].touchpoint, i);
        }
        const auto point = [&](const std::string& name, std::string_view end, std::size_t side) {
            const auto found = nodes.find(name);
            const std::size_t other = name == end ? 0 : 2;
            return found != nodes.end() ? 2 * found->second + side
                                        : 2 * flow_.nodes.size() + other + side;
        };
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            lines_[i].from = point(flow_.edges[i].from, "START", 0);
            lines_[i].to = point(flow_.edges[i].to, "END", 1);
        }
    }

    void hide_what_shows_others() {
        for (bool more = true; more;) {
            more = hide_on_thin_points();
            const HiddenLines hidden(points(), lines_);
            const std::vector<bool> found = hidden.found();
            for (std::size_t i = 0; i < lines_.size(); ++i) {
                if (!found[i] || !small_[i] || is_within_gone(i)) {
                    continue;
                }
                more = true;
                work_ += lines_.size();
                const auto ring = hidden.ring_with(i);
                if (work_ > work_max || (!ring && flow_.nodes.empty())) {
                    std::ranges::for_each(lines_, [](Line& line) { line.hidden = true; });
                    return;
                }
                if (!ring) {
                    take_node(i);
                    break;
                }
                for (const std::size_t line : *ring) {
                    lines_[line].hidden = true;
                }
            }
        }
    }

    /// What is hidden at a point must not all be of few: the least of the others go with it.
    bool hide_on_thin_points() {
        std::vector<std::uint64_t> hidden(points());
        std::vector<std::vector<std::size_t>> shown(points());
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            for (const std::size_t point : {lines_[i].from, lines_[i].to}) {
                hidden[point] += lines_[i].hidden ? customers(flow_.edges[i]) : 0;
                if (!lines_[i].hidden) {
                    shown[point].push_back(i);
                }
            }
        }
        bool any = false;
        for (std::size_t point = 0; point < points(); ++point) {
            std::ranges::stable_sort(
                shown[point], {}, [&](std::size_t i) { return lines_[i].count; });
            for (const std::size_t i : shown[point]) {
                if (!is_small(hidden[point], smallest_)) {
                    break;
                }
                hidden[point] += lines_[i].hidden ? 0 : customers(flow_.edges[i]);
                any = any || !lines_[i].hidden;
                lines_[i].hidden = true;
            }
        }
        return any;
    }

    /// A touchpoint goes, of the line's two the one with fewer encounters, and never one alone.
    void take_node(std::size_t line) {
        std::vector<std::size_t> ends;
        for (const std::size_t point : {lines_[line].from, lines_[line].to}) {
            if (point / 2 < flow_.nodes.size()) {
                ends.push_back(point / 2);
            }
        }
        take_least(ends);
        if (gone_ == 1) {
            take_least({});
        }
        place();
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            lines_[i].hidden = lines_[i].hidden || touches_gone(i);
        }
    }

    /// Of these nodes, or of all when there are none of these.
    void take_least(std::vector<std::size_t> nodes) {
        if (nodes.empty()) {
            for (std::size_t i = 0; i < flow_.nodes.size(); ++i) {
                nodes.push_back(i);
            }
        }
        if (nodes.empty()) {
            return;
        }
        const std::size_t least = *std::ranges::min_element(
            nodes, {}, [&](std::size_t i) { return flow_.nodes[i].encounters; });
        flow_.nodes.erase(flow_.nodes.begin() + static_cast<std::ptrdiff_t>(least));
        ++gone_;
    }

    Flow& flow_;
    const std::uint64_t smallest_;
    std::size_t gone_;  ///< touchpoints
    std::vector<Line> lines_;
    std::vector<bool> small_;
    std::size_t work_ = 0;
};

}  // namespace

std::uint64_t withhold_small_edges(Flow& flow, const std::set<std::string>& nodes_gone,
                                   std::uint64_t smallest) {
    return Veil(flow, nodes_gone, smallest).draw();
}

}  // namespace kokemus::answer
