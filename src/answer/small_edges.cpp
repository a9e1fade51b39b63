#include "answer/small_edges.h"

#include <algorithm>
#include <array>
#include <deque>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kokemus::answer {
namespace {

/// The edges into a touchpoint, or out of it, those of the least count first. All of them together
/// are its encounters.
struct Side {
    std::uint64_t encounters = 0;
    std::uint64_t shown = 0;
    std::vector<std::size_t> edges = {};
    std::size_t next = 0;  ///< of its edges, the first that was not looked at

    std::uint64_t hidden() const { return encounters > shown ? encounters - shown : 0; }
};

/// Of each touchpoint the side of the edges into it, and after it that of those out of it. START
/// and END have none: nothing says how many encounters they are.
class Sides {
public:
    explicit Sides(const Flow& flow) : edges_(flow.edges) {
        for (const FlowNode& node : flow.nodes) {
            places_.emplace(node.touchpoint, sides_.size());
            sides_.resize(sides_.size() + 2, Side{.encounters = node.encounters});
        }
        std::vector<std::size_t> by_count(edges_.size());
        std::iota(by_count.begin(), by_count.end(), std::size_t{0});
        std::ranges::stable_sort(by_count, {}, [&](std::size_t i) { return edges_[i].count; });
        for (const std::size_t edge : by_count) {
            for (Side* side : of(edge)) {
                if (side != nullptr) {
                    side->edges.push_back(edge);
                    side->shown += edges_[edge].count;
                }
            }
        }
    }

    std::vector<Side>& all() { return sides_; }

    /// The two on which an edge stands, nullptr for START and END.
    std::array<Side*, 2> of(std::size_t edge) {
        const auto side = [&](const std::string& touchpoint, std::size_t which) {
            const auto found = places_.find(touchpoint);
            return found == places_.end() ? nullptr : &sides_[found->second + which];
        };
        return {side(edges_[edge].to, 0), side(edges_[edge].from, 1)};
    }

private:
    const std::vector<FlowEdge>& edges_;
    std::unordered_map<std::string_view, std::size_t> places_;
    std::vector<Side> sides_;
};

/// Takes out the least edges of each side that shows by what it leaves how few are hidden. Each
/// edge goes once at most, and only the two sides it stood on are looked at again.
std::uint64_t withhold_what_shows_others(Flow& flow, std::uint64_t smallest) {
    Sides sides(flow);
    std::vector<bool> goes(flow.edges.size());
    std::deque<Side*> to_look_at;
    for (Side& side : sides.all()) {
        to_look_at.push_back(&side);
    }
    for (; !to_look_at.empty(); to_look_at.pop_front()) {
        Side& side = *to_look_at.front();
        while (side.next < side.edges.size() && is_small(side.hidden(), smallest)) {
            const std::size_t least = side.edges[side.next++];
            if (goes[least]) {
                continue;
            }
            goes[least] = true;
            for (Side* stood_on : sides.of(least)) {
                if (stood_on != nullptr) {
                    stood_on->shown -= flow.edges[least].count;
                    to_look_at.push_back(stood_on);
                }
            }
        }
    }
    std::size_t edge = 0;
    return std::erase_if(flow.edges, [&](const FlowEdge&) { return goes[edge++]; });
}

}  // namespace

std::uint64_t withhold_small_edges(Flow& flow, const std::set<std::string>& nodes_gone,
                                   std::uint64_t smallest) {
    const std::uint64_t gone = std::erase_if(flow.edges, [&](const FlowEdge& edge) {
        return is_small(flow.counts_only ? edge.count : edge.customers, smallest) ||
               nodes_gone.contains(edge.from) || nodes_gone.contains(edge.to);
    });
    return gone > 0 ? gone + withhold_what_shows_others(flow, smallest) : 0;
}

}  // namespace kokemus::answer
