#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "encounter/assertion.h"
#include "identity/bounds.h"
#include "identity/kind.h"
#include "identity/names.h"

namespace kokemus::identity {

/// Names, and the pairs of them of which something is said: what customers are made of by
/// `resolve`. About 80 bytes a name and 32 a pair. Not thread safe.
class LinkGraph {
public:
    static constexpr std::uint32_t none = Names::none;

    enum class Word : std::uint8_t { None, Joined, Apart };

    struct Pair {
        std::uint32_t name = 0, other = 0;
        std::uint32_t number = 0;    ///< of the first assertion
        std::uint32_t next[2] = {};  ///< the next pair of `name` and of `other`
        std::uint16_t evidence = 0;  ///< a bit for each kind that joins
        std::uint16_t words = 0;     ///< of people, two bits each, the last one lowest

        /// The one that stands.
        Word word() const { return static_cast<Word>(words & 3U); }
        void say(Word said);

        /// As it was before the last word; one that says the same again is none.
        void take_back() { words >>= 2U; }

        std::uint32_t beside(std::uint32_t node) const { return node == name ? other : name; }
    };

    /// Takes what is said; gives the nodes that it touches (none, one or two).
    std::vector<std::uint32_t> add(const encounter::Assertion& assertion, std::uint32_t number);

    const Names& names() const { return names_; }
    std::size_t size() const { return nodes_.size(); }
    const std::vector<Pair>& pairs() const { return pairs_; }

    /// The pair of two nodes, `none` when nothing is said of them.
    std::uint32_t pair_of(std::uint32_t node, std::uint32_t other) const;

    /// Calls `visit` with the number of every pair of the node.
    template <typename Visit>
    void each_pair(std::uint32_t node, Visit&& visit) const {
        for (std::uint32_t at = nodes_[node].first_pair; at != none; at = next(at, node)) {
            visit(at);
        }
    }

    Kind kind(std::uint32_t node) const;

    /// The same of those pairs alone that may say something: of a name that is cut those of which
    /// people spoke, however many others there are.
    template <typename Visit>
    void each_telling_pair(std::uint32_t node, Visit&& visit) const {
        if (!is_cut(node)) {
            each_pair(node, visit);
        } else if (const auto spoken = spoken_of_.find(node); spoken != spoken_of_.end()) {
            for (const std::uint32_t at : spoken->second) {
                visit(at);
            }
        }
    }

    /// Whether the name is shared by so many that it says nothing.
    bool is_cut(std::uint32_t node) const {
        return nodes_[node].shared_with >
               (is_firm(kind(node)) ? names_per_firm_name_max : names_per_identity_max);
    }

    /// Whether kind or cut are others than when this was last asked.
    bool take_change(std::uint32_t node);

    /// The node that the customer goes by.
    std::uint32_t customer(std::uint32_t node) const { return nodes_[node].customer; }
    void set_customer(std::uint32_t node, std::uint32_t customer) {
        nodes_[node].customer = customer;
    }

    /// Whether `node` comes before `other` among the names of a customer.
    bool comes_before(std::uint32_t node, std::uint32_t other) const;

private:
    struct Node {
        std::uint32_t first_pair = none;
        std::uint32_t shared_with = 0;  ///< names, by evidence
        std::uint32_t customer = 0;
        std::uint8_t said = 0;   ///< bits of Said
        std::uint8_t asked = 0;  ///< kind and cut when last asked
    };

    std::uint32_t node_of(std::string_view name);
    void say(std::uint32_t node, std::uint8_t said) { nodes_[node].said |= said; }
    void note_spoken(std::uint32_t node, std::uint32_t pair);
    void say_kinds(encounter::Evidence evidence, std::uint32_t name, std::uint32_t other);
    Pair& pair(std::uint32_t name, std::uint32_t other, std::uint32_t number);
    std::uint32_t next(std::uint32_t pair, std::uint32_t node) const {
        return pairs_[pair].next[pairs_[pair].name == node ? 0 : 1];
    }

    Names names_;
    std::vector<Node> nodes_;
    std::vector<Pair> pairs_;
    /// The pairs of a node of which people spoke: few.
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> spoken_of_;
};

/// The customers of all nodes that hang together with one of these, anew. Gives the nodes whose
/// customer is another now, with the one before.
struct MovedNode {
    std::uint32_t node = 0;
    std::uint32_t before = 0;
};
std::vector<MovedNode> resolve(LinkGraph& graph, std::span<const std::uint32_t> touched);

}  // namespace kokemus::identity
