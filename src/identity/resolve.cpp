#include <algorithm>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>

#include "identity/link_graph.h"

namespace kokemus::identity {

namespace {

using Place = std::uint32_t;  ///< of a node among those that are resolved
constexpr Place nowhere = UINT32_MAX;

/// Sets of places that were united.
class Sets {
public:
    explicit Sets(std::size_t size) : parent_(size) {
        for (std::size_t i = 0; i < size; ++i) {
            parent_[i] = static_cast<Place>(i);
        }
    }

    Place root(Place place) {
        while (parent_[place] != place) {
            place = parent_[place] = parent_[parent_[place]];
        }
        return place;
    }

    void unite(Place a, Place b) { parent_[root(a)] = root(b); }

private:
    std::vector<Place> parent_;
};

/// The nodes that hang together with some, and their customers. Everything is decided from sets, so
/// that no order of arrival matters. Three steps:
///
/// 1. What people joined is one unit. A unit is firm when it has a firm name.
/// 2. Firm units are one customer when something says so, their names are of different kinds of
///    keys, and neither has another partner of that kind. Those that hang together in this way
///    stay apart, all of them, where two of them have a kind of key in common or were set apart.
/// 3. A loose unit joins the one firm customer beside it; with several it joins nobody. One with
///    none beside it joins the one that the loose units beside it have joined, if it is one.
class Resolution {
public:
    explicit Resolution(LinkGraph& graph) : graph_(graph) {}

    std::vector<MovedNode> of(std::span<const std::uint32_t> touched) {
        gather(touched);
        units_ = std::make_unique<Sets>(nodes_.size());
        customers_ = std::make_unique<Sets>(nodes_.size());
        make_units();
        find_edges();
        join_firm();
        join_beside();
        join_through();
        return name_customers();
    }

private:
    void gather(std::span<const std::uint32_t> touched);
    void make_units();
    void find_edges();
    void join_firm();
    void unite_unless_contradicted(const std::vector<std::pair<Place, Place>>& found);
    void join_beside();
    void join_through();
    std::vector<MovedNode> name_customers();

    Place place_of(std::uint32_t node) const {
        const auto found = places_.find(node);
        return found == places_.end() ? nowhere : found->second;
    }

    /// What kind of key a firm name is of: every verified id of one, "crm_id:17" of another.
    std::string_view family(std::uint32_t node) const {
        const std::string_view name = graph_.names().text(node);
        return graph_.kind(node) == Kind::Key ? name.substr(0, name.find(':') + 1)
                                              : std::string_view();
    }

    bool shares_family(Place unit, Place other) const {
        return std::ranges::any_of(
            families_[unit], [&](std::string_view one) { return families_[other].contains(one); });
    }

    bool is_apart(Place unit, Place other) const {
        return apart_.contains(std::minmax(unit, other));
    }

    /// Whether somebody set the loose unit apart from a unit of the customer.
    bool is_barred(Place unit, Place customer) {
        return std::ranges::any_of(apart_of_[unit], [&](Place other) {
            return customers_->root(other) == customer && !families_[other].empty();
        });
    }

    bool is_firm_unit(Place unit) const { return !families_[unit].empty(); }

    LinkGraph& graph_;
    std::vector<std::uint32_t> nodes_;
    std::unordered_map<std::uint32_t, Place> places_;
    std::unique_ptr<Sets> units_;                       ///< what people joined
    std::unique_ptr<Sets> customers_;                   ///< and what follows from everything
    std::vector<std::set<std::string_view>> families_;  ///< of the firm names of each unit
    std::vector<std::set<Place>> beside_;               ///< units that something joins to each unit
    std::set<std::pair<Place, Place>> apart_;
    std::vector<std::set<Place>> apart_of_;
    std::vector<bool> ambiguous_;
};

/// Everything that hangs together with the nodes. What is cut leads nowhere but to what people
/// joined it with, and, where that it is cut has just changed, to all.
void Resolution::gather(std::span<const std::uint32_t> touched) {
    const auto reach = [&](std::uint32_t node) {
        if (places_.emplace(node, static_cast<Place>(nodes_.size())).second) {
            nodes_.push_back(node);
        }
    };
    for (const std::uint32_t node : touched) {
        reach(node);
        if (graph_.take_change(node)) {
            graph_.each_pair(node,
                             [&](std::uint32_t pair) { reach(graph_.pairs()[pair].beside(node)); });
        }
    }
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
        const std::uint32_t node = nodes_[at];
        const bool is_cut = graph_.is_cut(node);
        graph_.each_telling_pair(node, [&](std::uint32_t at_pair) {
            const LinkGraph::Pair& pair = graph_.pairs()[at_pair];
            if (!is_cut || pair.word() == LinkGraph::Word::Joined) {
                reach(pair.beside(node));
            }
        });
    }
}

void Resolution::make_units() {
    for (const std::uint32_t node : nodes_) {
        graph_.each_telling_pair(node, [&](std::uint32_t at) {
            const LinkGraph::Pair& pair = graph_.pairs()[at];
            const Place other = place_of(pair.beside(node));
            if (pair.word() == LinkGraph::Word::Joined && other != nowhere) {
                units_->unite(place_of(node), other);
            }
        });
    }
    families_.resize(nodes_.size());
    for (Place place = 0; place < nodes_.size(); ++place) {
        const Place unit = units_->root(place);
        customers_->unite(place, unit);
        if (is_firm(graph_.kind(nodes_[place]))) {
            families_[unit].insert(family(nodes_[place]));
        }
    }
}

void Resolution::find_edges() {
    beside_.resize(nodes_.size());
    apart_of_.resize(nodes_.size());
    ambiguous_.resize(nodes_.size());
    for (const std::uint32_t node : nodes_) {
        const Place unit = units_->root(place_of(node));
        graph_.each_telling_pair(node, [&](std::uint32_t at) {
            const LinkGraph::Pair& pair = graph_.pairs()[at];
            const std::uint32_t across = pair.beside(node);
            const Place place = place_of(across);
            const Place other = place == nowhere ? nowhere : units_->root(place);
            if (other == nowhere || other == unit) {
                return;
            }
            if (pair.word() == LinkGraph::Word::Apart) {
                apart_.insert(std::minmax(unit, other));
                apart_of_[unit].insert(other);
            } else if (pair.evidence != 0 && !graph_.is_cut(node) && !graph_.is_cut(across)) {
                beside_[unit].insert(other);
            }
        });
    }
}

void Resolution::join_firm() {
    const auto is_only_partner = [&](Place unit, Place partner) {
        return std::ranges::none_of(beside_[unit], [&](Place other) {
            return other != partner && is_firm_unit(other) && !is_apart(unit, other) &&
                   shares_family(other, partner);
        });
    };
    std::vector<std::pair<Place, Place>> found;
    for (Place unit = 0; unit < nodes_.size(); ++unit) {
        for (const Place other : beside_[unit]) {
            if (unit < other && is_firm_unit(unit) && is_firm_unit(other) &&
                !is_apart(unit, other) && !shares_family(unit, other) &&
                is_only_partner(unit, other) && is_only_partner(other, unit)) {
                found.emplace_back(unit, other);
            }
        }
    }
    unite_unless_contradicted(found);
}

/// Each pair may be right by itself and a chain of them wrong: two verified ids, each with a key of
/// its own, and somebody who has both keys.
void Resolution::unite_unless_contradicted(const std::vector<std::pair<Place, Place>>& found) {
    Sets groups(nodes_.size());
    std::set<Place> units;
    for (const auto& [unit, other] : found) {
        groups.unite(unit, other);
        units.insert({unit, other});
    }
    std::set<std::pair<Place, std::string_view>> families;
    std::set<Place> contradicted;
    for (const Place unit : units) {
        const Place group = groups.root(unit);
        for (const std::string_view family : families_[unit]) {
            if (!families.emplace(group, family).second) {
                contradicted.insert(group);
            }
        }
        for (const Place other : apart_of_[unit]) {
            if (groups.root(other) == group) {
                contradicted.insert(group);
            }
        }
    }
    for (const auto& [unit, other] : found) {
        if (!contradicted.contains(groups.root(unit))) {
            customers_->unite(unit, other);
        }
    }
}

void Resolution::join_beside() {
    std::vector<std::pair<Place, Place>> found;
    for (Place unit = 0; unit < nodes_.size(); ++unit) {
        if (units_->root(unit) != unit || is_firm_unit(unit)) {
            continue;
        }
        std::set<Place> customers;
        for (const Place other : beside_[unit]) {
            if (is_firm_unit(other) && !is_barred(unit, customers_->root(other))) {
                customers.insert(customers_->root(other));
            }
        }
        ambiguous_[unit] = customers.size() > 1;
        if (customers.size() == 1) {
            found.emplace_back(unit, *customers.begin());
        }
    }
    for (const auto& [unit, customer] : found) {
        // The firm one stays the root: others are compared with it.
        customers_->unite(unit, customer);
    }
}

void Resolution::join_through() {
    Sets pending(nodes_.size());
    const auto waits = [&](Place unit) {
        return !is_firm_unit(unit) && !ambiguous_[unit] && customers_->root(unit) == unit;
    };
    std::vector<Place> waiting;
    for (Place unit = 0; unit < nodes_.size(); ++unit) {
        if (units_->root(unit) == unit && waits(unit)) {
            waiting.push_back(unit);
        }
    }
    for (const Place unit : waiting) {
        for (const Place other : beside_[unit]) {
            if (waits(other) && !is_apart(unit, other)) {
                pending.unite(unit, other);
            }
        }
    }
    std::unordered_map<Place, std::set<Place>> reached;
    std::set<std::pair<Place, Place>> barred;
    for (const Place unit : waiting) {
        for (const Place other : beside_[unit]) {
            const Place customer = customers_->root(other);
            if (!waits(other) && !ambiguous_[other] && !is_apart(unit, other)) {
                reached[pending.root(unit)].insert(customer);
            }
        }
        for (const Place other : apart_of_[unit]) {
            if (is_firm_unit(other)) {
                barred.emplace(pending.root(unit), customers_->root(other));
            }
        }
    }
    for (auto& [group, customers] : reached) {
        std::erase_if(customers, [&, of = group](Place customer) {
            return barred.contains({of, customer});
        });
    }
    for (const Place unit : waiting) {
        const Place group = pending.root(unit);
        const auto customers = reached.find(group);
        const bool is_clear = customers != reached.end() && customers->second.size() == 1;
        customers_->unite(unit, is_clear ? *customers->second.begin() : group);
    }
}

std::vector<MovedNode> Resolution::name_customers() {
    std::unordered_map<Place, std::uint32_t> named;
    for (Place place = 0; place < nodes_.size(); ++place) {
        const auto [found, is_first] = named.emplace(customers_->root(place), nodes_[place]);
        if (!is_first && graph_.comes_before(nodes_[place], found->second)) {
            found->second = nodes_[place];
        }
    }
    std::vector<MovedNode> moved;
    for (Place place = 0; place < nodes_.size(); ++place) {
        const std::uint32_t node = nodes_[place];
        const std::uint32_t customer = named.at(customers_->root(place));
        if (customer != graph_.customer(node)) {
            moved.push_back({node, graph_.customer(node)});
            graph_.set_customer(node, customer);
        }
    }
    return moved;
}

}  // namespace

std::vector<MovedNode> resolve(LinkGraph& graph, std::span<const std::uint32_t> touched) {
    return Resolution(graph).of(touched);
}

}  // namespace kokemus::identity
