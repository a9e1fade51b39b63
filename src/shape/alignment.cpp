#include "shape/alignment.h"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>
#include <utility>

namespace kokemus::shape {
namespace {

std::size_t shortest_way(const ProcessTree& tree) {
    using Kind = ProcessTree::Kind;
    if (tree.kind == Kind::One) {
        return 1;
    }
    if (tree.parts.empty()) {
        return 0;
    }
    if (tree.kind == Kind::Loop) {
        return shortest_way(tree.parts.front());
    }
    std::size_t all = 0;
    std::size_t least = shortest_way(tree.parts.front());
    for (const ProcessTree& part : tree.parts) {
        const std::size_t way = shortest_way(part);
        all += way;
        least = std::min(least, way);
    }
    return tree.kind == Kind::Choice ? least : all;
}

}  // namespace

/// One search: positions are where the tokens are and how many steps of what was done are behind.
class Alignment::Search {
public:
    Search(const Alignment& net, std::span<const Step> done)
        : net_(net),
          done_(done),
          unknown_from_(done.size() + 1, 0) {
        for (std::size_t i = done.size(); i-- > 0;) {
            const bool known = done[i] < net.known_.size() && net.known_[done[i]];
            unknown_from_[i] = unknown_from_[i + 1] + (known ? 0 : 1);
        }
    }

    /// The nearest way; nothing when there are too many positions.
    std::optional<Aligned> run() {
        Places start(net_.places_, false);
        start[0] = true;
        open(Position{start, 0}, 0, std::nullopt);
        while (!queue_.empty()) {
            const Entry entry = queue_.top();
            queue_.pop();
            const std::size_t node = entry.node;
            if (nodes_[node].closed) {
                continue;
            }
            nodes_[node].closed = true;
            if (nodes_[node].position.places[1] && nodes_[node].position.behind == done_.size()) {
                return way_to(node);
            }
            if (nodes_.size() > positions_max) {
                return std::nullopt;
            }
            expand(node);
        }
        return std::nullopt;  // cannot be: every tree can be gone through
    }

private:
    struct Position {
        Places places;
        std::size_t behind = 0;

        friend bool operator<(const Position& a, const Position& b) {
            return std::tie(a.behind, a.places) < std::tie(b.behind, b.places);
        }
    };

    /// How a node was come to: from which, and with which move; none for silent steps.
    struct Coming {
        std::size_t from = 0;
        std::optional<Move> move;
    };

    struct Node {
        Position position;
        std::size_t cost = 0;
        std::optional<Coming> coming;
        bool closed = false;
    };

    /// Least expected cost first; of equals the farthest, then the one that came to be first.
    struct Entry {
        std::size_t expected = 0;
        std::size_t left = 0;
        std::size_t order = 0;
        std::size_t node = 0;

        friend bool operator<(const Entry& a, const Entry& b) {
            return std::tie(a.expected, a.left, a.order) > std::tie(b.expected, b.left, b.order);
        }
    };

    void open(Position position, std::size_t cost, std::optional<Coming> coming) {
        const auto [place, is_new] = known_.try_emplace(position, nodes_.size());
        const std::size_t node = place->second;
        // Steps that the tree does not know must be inserted, whatever way is taken.
        const std::size_t expected = cost + unknown_from_[position.behind];
        const std::size_t left = done_.size() - position.behind;
        if (is_new) {
            nodes_.push_back(Node{std::move(position), cost, std::move(coming), false});
        } else if (cost < nodes_[node].cost) {
            nodes_[node].cost = cost;
            nodes_[node].coming = std::move(coming);
        } else {
            return;
        }
        queue_.push(Entry{expected, left, order_++, node});
    }

    void expand(std::size_t node) {
        const Position position = nodes_[node].position;
        const std::size_t cost = nodes_[node].cost;
        const std::size_t at = position.behind;
        const bool more = at < done_.size();
        const auto go = [&](const Transition& transition,
                            std::size_t behind,
                            std::size_t costs,
                            std::optional<Move>
                                move) {
            Places places = position.places;
            for (const std::size_t place : transition.before) {
                places[place] = false;
            }
            for (const std::size_t place : transition.behind) {
                places[place] = true;
            }
            open(Position{std::move(places), behind}, cost + costs, Coming{node, move});
        };
        std::vector<const Transition*> enabled;
        for (const Transition& transition : net_.transitions_) {
            if (std::ranges::all_of(transition.before,
                                    [&](std::size_t place) { return position.places[place]; })) {
                enabled.push_back(&transition);
            }
        }
        for (const Transition* transition : enabled) {
            if (more && transition->step == done_[at]) {
                go(*transition, at + 1, 0, Move{Move::Kind::Both, done_[at], at});
            }
        }
        for (const Transition* transition : enabled) {
            if (!transition->step) {
                go(*transition, at, 0, std::nullopt);
            } else {
                go(*transition, at, 1, Move{Move::Kind::Skipped, *transition->step, at});
            }
        }
        if (more) {
            open(Position{position.places, at + 1},
                 cost + 1,
                 Coming{node, Move{Move::Kind::Inserted, done_[at], at}});
        }
    }

    Aligned way_to(std::size_t node) const {
        Aligned aligned;
        aligned.cost = nodes_[node].cost;
        for (std::size_t at = node; nodes_[at].coming; at = nodes_[at].coming->from) {
            if (nodes_[at].coming->move) {
                aligned.moves.push_back(*nodes_[at].coming->move);
            }
        }
        std::ranges::reverse(aligned.moves);
        return aligned;
    }

    const Alignment& net_;
    std::span<const Step> done_;
    std::vector<std::size_t> unknown_from_;
    std::vector<Node> nodes_;
    std::map<Position, std::size_t> known_;
    std::priority_queue<Entry> queue_;
    std::size_t order_ = 0;
};

Alignment::Alignment(const ProcessTree& tree) : shortest_(shortest_way(tree)) {
    add(folded(tree), 0, 1);
    // Silent steps first, then by step: the order in which ways are tried.
    std::ranges::stable_sort(transitions_, {}, &Transition::step);
    for (const Transition& transition : transitions_) {
        if (transition.step) {
            known_.resize(std::max<std::size_t>(known_.size(), *transition.step + 1));
            known_[*transition.step] = true;
        }
    }
}

void Alignment::add(const ProcessTree& tree, std::size_t from, std::size_t to) {
    using Kind = ProcessTree::Kind;
    switch (tree.kind) {
        case Kind::Nothing: transitions_.push_back(Transition{std::nullopt, {from}, {to}}); break;
        case Kind::One: transitions_.push_back(Transition{tree.step, {from}, {to}}); break;
        case Kind::Choice:
            for (const ProcessTree& part : tree.parts) {
                // Through places of its own: a loop that is a part must not run back here.
                const std::size_t begin = new_place();
                const std::size_t end = new_place();
                transitions_.push_back(Transition{std::nullopt, {from}, {begin}});
                add(part, begin, end);
                transitions_.push_back(Transition{std::nullopt, {end}, {to}});
            }
            break;
        case Kind::Sequence:
            for (std::size_t i = 0; i < tree.parts.size(); ++i) {
                const std::size_t next = i + 1 < tree.parts.size() ? new_place() : to;
                add(tree.parts[i], from, next);
                from = next;
            }
            break;
        case Kind::Parallel: {
            Transition fork{std::nullopt, {from}, {}};
            Transition join{std::nullopt, {}, {to}};
            for (const ProcessTree& part : tree.parts) {
                fork.behind.push_back(new_place());
                join.before.push_back(new_place());
                add(part, fork.behind.back(), join.before.back());
            }
            transitions_.push_back(std::move(fork));
            transitions_.push_back(std::move(join));
            break;
        }
        case Kind::Loop: {
            const std::size_t begin = new_place();
            const std::size_t end = new_place();
            transitions_.push_back(Transition{std::nullopt, {from}, {begin}});
            transitions_.push_back(Transition{std::nullopt, {end}, {to}});
            for (std::size_t i = 0; i < tree.parts.size(); ++i) {
                add(tree.parts[i], i == 0 ? begin : end, i == 0 ? end : begin);
            }
            break;
        }
    }
}

std::optional<Aligned> Alignment::align(std::span<const Step> done) const {
    auto aligned = Search(*this, done).run();
    if (aligned) {
        const std::size_t most = done.size() + shortest_;
        aligned->fitness =
            most == 0 ? 1 : 1 - static_cast<double>(aligned->cost) / static_cast<double>(most);
    }
    return aligned;
}

std::optional<double> fitness_of(const Alignment& alignment, std::span<const Variant> variants) {
    double cost = 0;
    double most = 0;
    for (const Variant& variant : variants) {
        const auto aligned = alignment.align(variant.steps);
        if (!aligned) {
            return std::nullopt;
        }
        const auto times = static_cast<double>(variant.times);
        cost += times * static_cast<double>(aligned->cost);
        most += times * static_cast<double>(variant.steps.size() + alignment.shortest());
    }
    return most > 0 ? 1 - cost / most : 1;
}

}  // namespace kokemus::shape
