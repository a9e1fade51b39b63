#include "identity/identities.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "encounter/contact.h"

namespace kokemus::identity {

namespace {

using encounter::CustomerName;
using encounter::Evidence;
using Pair = LinkGraph::Pair;
using Word = LinkGraph::Word;

constexpr auto state_names = std::to_array<std::pair<LinkState, std::string_view>>({
    {LinkState::Joined, "joined"},
    {LinkState::Apart, "apart"},
    {LinkState::Shared, "shared"},
    {LinkState::Ambiguous, "ambiguous"},
    {LinkState::Suggested, "suggested"},
    {LinkState::Undone, "undone"},
});

}  // namespace

std::string_view name_of(LinkState state) {
    const auto found =
        std::ranges::find(state_names, state, [](const auto& row) { return row.first; });
    return found == state_names.end() ? std::string_view() : found->second;
}

std::optional<LinkState> link_state_of(std::string_view name) {
    const auto found =
        std::ranges::find(state_names, name, [](const auto& row) { return row.second; });
    return found == state_names.end() ? std::nullopt : std::optional(found->first);
}

void Identities::take(std::span<const ledger::Asserted> assertions) {
    Taking(*this).add(assertions);
}

void Identities::Taking::add(std::span<const ledger::Asserted> assertions) {
    for (const ledger::Asserted& one : assertions) {
        if (one.number <= identities_.last_assertion_) {
            continue;
        }
        identities_.last_assertion_ = one.number;
        const auto nodes = identities_.graph_.add(one.assertion, one.number);
        touched_.insert(touched_.end(), nodes.begin(), nodes.end());
    }
}

Identities::Taking::~Taking() {
    std::ranges::sort(touched_);
    touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
    LinkGraph& graph = identities_.graph_;
    for (const MovedNode& moved : resolve(graph, touched_)) {
        identities_.moved_.emplace(graph.names().text(moved.before));
        identities_.moved_.emplace(graph.names().text(graph.customer(moved.node)));
    }
}

bool Identities::Reader::is_alone(std::string_view name) const {
    const std::uint32_t node = graph_.names().find(name);
    bool is_alone = true;
    if (node != Names::none) {
        const std::uint32_t customer = graph_.customer(node);
        graph_.each_telling_pair(node, [&](std::uint32_t pair) {
            const std::uint32_t other = graph_.pairs()[pair].beside(node);
            is_alone = is_alone && graph_.customer(other) != customer;
        });
    }
    return is_alone;
}

std::uint32_t Identities::last_assertion() const {
    const std::shared_lock lock(mutex_);
    return last_assertion_;
}

void Identities::reach(std::uint32_t number) {
    const std::unique_lock lock(mutex_);
    last_assertion_ = std::max(last_assertion_, number);
}

std::vector<CustomerName> Identities::take_moved() {
    const std::unique_lock lock(mutex_);
    std::vector<CustomerName> moved(moved_.begin(), moved_.end());
    moved_.clear();
    return moved;
}

std::vector<CustomerName> Identities::moved_since(const Identities& former) const {
    const Reader before(former);
    const Reader now(*this);
    std::set<std::string_view> moved;
    for (const LinkGraph* graph : {&former.graph_, &graph_}) {
        for (std::uint32_t node = 0; node < graph->size(); ++node) {
            const std::string_view name = graph->names().text(node);
            const std::string_view was = before.customer_of(name);
            const std::string_view is = now.customer_of(name);
            if (was != is) {
                moved.insert({was, is});
            }
        }
    }
    std::vector<CustomerName> names;
    for (const std::string_view name : moved) {
        names.emplace_back(std::string(name));
    }
    return names;
}

std::vector<std::pair<CustomerName, CustomerName>> Identities::joined() const {
    const std::shared_lock lock(mutex_);
    std::vector<std::pair<CustomerName, CustomerName>> names;
    for (std::uint32_t node = 0; node < graph_.size(); ++node) {
        if (graph_.customer(node) != node) {
            names.emplace_back(text(node), text(graph_.customer(node)));
        }
    }
    return names;
}

CustomerName Identities::customer_of(const CustomerName& name) const {
    const Reader reader(*this);
    return CustomerName(std::string(reader.customer_of(name.value())));
}

/// The nodes of the customer of a node. They hang together by pairs among themselves.
std::vector<std::uint32_t> Identities::members_of(std::uint32_t node) const {
    const std::uint32_t customer = graph_.customer(node);
    std::vector<std::uint32_t> members = {customer};
    std::set<std::uint32_t> seen = {customer};
    for (std::size_t at = 0; at < members.size(); ++at) {
        graph_.each_telling_pair(members[at], [&](std::uint32_t pair) {
            const std::uint32_t other = graph_.pairs()[pair].beside(members[at]);
            if (graph_.customer(other) == customer && seen.insert(other).second) {
                members.push_back(other);
            }
        });
    }
    std::ranges::sort(members,
                      [&](std::uint32_t a, std::uint32_t b) { return graph_.comes_before(a, b); });
    return members;
}

std::vector<Identity> Identities::names_of(const CustomerName& name) const {
    const std::shared_lock lock(mutex_);
    const std::uint32_t node = graph_.names().find(name.value());
    if (node == LinkGraph::none) {
        return {{name, encounter::is_contact(name.value()) ? Kind::Contact : Kind::Verified}};
    }
    std::vector<Identity> names;
    for (const std::uint32_t member : members_of(node)) {
        names.push_back({text(member), graph_.kind(member)});
    }
    return names;
}

LinkState Identities::state_of(const Pair& pair) const {
    if (pair.word() == Word::Apart) {
        return LinkState::Apart;
    }
    const std::uint32_t customer = graph_.customer(pair.name);
    const std::uint32_t other = graph_.customer(pair.other);
    if (pair.word() == Word::None && pair.evidence == 0) {
        return LinkState::Undone;
    }
    if (customer == other) {
        return LinkState::Joined;
    }
    if (graph_.is_cut(pair.name) || graph_.is_cut(pair.other)) {
        return LinkState::Shared;
    }
    return is_firm(graph_.kind(customer)) && is_firm(graph_.kind(other)) ? LinkState::Suggested
                                                                         : LinkState::Ambiguous;
}

Link Identities::to_link(std::uint32_t at) const {
    const Pair& pair = graph_.pairs()[at];
    Link link;
    link.number = pair.number;
    link.name = text(pair.name);
    link.other = text(pair.other);
    link.customer = text(graph_.customer(pair.name));
    link.other_customer = text(graph_.customer(pair.other));
    for (unsigned bit = 0; bit < 16; ++bit) {
        if ((pair.evidence >> bit & 1U) != 0) {
            link.evidence.push_back(static_cast<Evidence>(bit));
        }
    }
    link.state = state_of(pair);
    link.is_word = pair.word() != Word::None;
    return link;
}

std::vector<Link> Identities::links_of(const CustomerName& name) const {
    const std::shared_lock lock(mutex_);
    std::vector<Link> links;
    const std::uint32_t node = graph_.names().find(name.value());
    if (node == LinkGraph::none) {
        return links;
    }
    std::set<std::uint32_t> pairs;
    for (const std::uint32_t member : members_of(node)) {
        graph_.each_pair(member, [&](std::uint32_t pair) { pairs.insert(pair); });
    }
    for (const std::uint32_t pair : pairs) {
        links.push_back(to_link(pair));
    }
    return links;
}

std::optional<Link> Identities::link(std::uint32_t number) const {
    const std::shared_lock lock(mutex_);
    // Pairs stand in the order of their first assertions.
    const auto found = std::ranges::lower_bound(graph_.pairs(), number, {}, &Pair::number);
    if (found == graph_.pairs().end() || found->number != number) {
        return std::nullopt;
    }
    return to_link(static_cast<std::uint32_t>(found - graph_.pairs().begin()));
}

std::vector<Link> Identities::links(std::optional<LinkState> state, std::uint32_t after,
                                    std::size_t limit) const {
    const std::shared_lock lock(mutex_);
    const auto& pairs = graph_.pairs();
    const auto from = std::ranges::upper_bound(pairs, after, {}, &Pair::number);
    std::vector<Link> links;
    for (auto pair = from; pair != pairs.end() && links.size() < limit; ++pair) {
        if (!state || state_of(*pair) == *state) {
            links.push_back(to_link(static_cast<std::uint32_t>(pair - pairs.begin())));
        }
    }
    return links;
}

bool Identities::is_apart(std::uint32_t one, std::uint32_t other) const {
    const std::uint32_t pair = graph_.pair_of(one, other);
    return pair != LinkGraph::none && graph_.pairs()[pair].word() == Word::Apart;
}

/// The customer of an ambiguous link that belongs to several: the one that is not firm.
std::uint32_t Identities::between(const Pair& pair) const {
    const std::uint32_t customer = graph_.customer(pair.name);
    return is_firm(graph_.kind(customer)) ? graph_.customer(pair.other) : customer;
}

/// What a link that is not in force suggests. Fewer than two customers: nothing.
Suggestion Identities::suggestion_of(std::uint32_t at) const {
    const Pair& pair = graph_.pairs()[at];
    const std::uint32_t ends[2] = {graph_.customer(pair.name), graph_.customer(pair.other)};
    std::set<std::uint32_t> customers;
    std::set<std::uint32_t> links = {pair.number};
    Suggestion suggestion;
    if (state_of(pair) == LinkState::Suggested) {
        customers = {ends[0], ends[1]};
    } else {
        for (const std::uint32_t member : members_of(between(pair))) {
            graph_.each_telling_pair(member, [&](std::uint32_t other) {
                const Pair& one = graph_.pairs()[other];
                const std::uint32_t beside = one.beside(member);
                const std::uint32_t customer = graph_.customer(beside);
                if (is_firm(graph_.kind(customer)) && !graph_.is_cut(beside) &&
                    one.word() == Word::None && one.evidence != 0) {
                    customers.insert(customer);
                    links.insert(one.number);
                }
            });
        }
        suggestion.through = text(between(pair));
    }
    if (customers.size() == 2 && is_apart(*customers.begin(), *customers.rbegin())) {
        return {};
    }
    for (const std::uint32_t customer : customers) {
        suggestion.customers.push_back(text(customer));
    }
    std::ranges::sort(suggestion.customers);
    suggestion.links.assign(links.begin(), links.end());
    return suggestion;
}

std::vector<Suggestion> Identities::suggestions(std::size_t limit) const {
    const std::shared_lock lock(mutex_);
    std::vector<Suggestion> suggestions;
    std::set<std::uint32_t> told;       // links that are in one already
    std::set<std::uint32_t> looked_at;  // customers between others, whatever their links said
    const auto& pairs = graph_.pairs();
    for (std::size_t at = 0; at < pairs.size() && suggestions.size() < limit; ++at) {
        const LinkState state = state_of(pairs[at]);
        const bool is_open = state == LinkState::Suggested || state == LinkState::Ambiguous;
        if (!is_open || told.contains(pairs[at].number) ||
            (state == LinkState::Ambiguous && !looked_at.insert(between(pairs[at])).second)) {
            continue;
        }
        Suggestion one = suggestion_of(static_cast<std::uint32_t>(at));
        if (one.customers.size() > 1) {
            told.insert(one.links.begin(), one.links.end());
            suggestions.push_back(std::move(one));
        }
    }
    return suggestions;
}

}  // namespace kokemus::identity
