#include "identity/link_graph.h"

#include <algorithm>
#include <tuple>

#include "encounter/contact.h"
#include "ledger/bounds.h"

namespace kokemus::identity {

namespace {

using encounter::Evidence;

static_assert(
    ledger::holders_per_name_max >= names_per_firm_name_max + 2,
    "a name with more holders than are written says nothing whatever its kind; one of them "
    "may be that name itself");

enum Said : std::uint8_t { SaidVerified = 1, SaidKey = 2, SaidContact = 4, SaidAnonymous = 8 };

}  // namespace

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::Verified: return "verified";
        case Kind::Key: return "key";
        case Kind::Contact: return "contact";
        case Kind::Anonymous: return "anonymous";
    }
    return "";
}

void LinkGraph::Pair::say(Word said) {
    if (said != word()) {
        words = static_cast<std::uint16_t>(words << 2U | static_cast<unsigned>(said));
    }
}

std::uint32_t LinkGraph::node_of(std::string_view name) {
    const std::uint32_t node = names_.add(name);
    if (node == nodes_.size()) {
        nodes_.push_back(Node{});
        nodes_[node].customer = node;
        say(node, encounter::is_contact(name) ? SaidContact : 0);
        (void)take_change(node);
    }
    return node;
}

std::uint32_t LinkGraph::pair_of(std::uint32_t node, std::uint32_t other) const {
    // Both lists at once, so that the shorter one decides on the cost.
    std::uint32_t mine = nodes_[node].first_pair;
    std::uint32_t theirs = nodes_[other].first_pair;
    while (mine != none && theirs != none) {
        if (pairs_[mine].beside(node) == other) {
            return mine;
        }
        if (pairs_[theirs].beside(other) == node) {
            return theirs;
        }
        mine = next(mine, node);
        theirs = next(theirs, other);
    }
    return none;
}

LinkGraph::Pair& LinkGraph::pair(std::uint32_t name, std::uint32_t other, std::uint32_t number) {
    if (const std::uint32_t found = pair_of(name, other); found != none) {
        return pairs_[found];
    }
    Pair made;
    made.name = name;
    made.other = other;
    made.number = number;
    made.next[0] = nodes_[name].first_pair;
    made.next[1] = nodes_[other].first_pair;
    nodes_[name].first_pair = nodes_[other].first_pair = static_cast<std::uint32_t>(pairs_.size());
    pairs_.push_back(made);
    return pairs_.back();
}

void LinkGraph::say_kinds(Evidence evidence, std::uint32_t name, std::uint32_t other) {
    switch (evidence) {
        case Evidence::SameMessage:
        case Evidence::Alias: say(name, SaidAnonymous); return say(other, SaidVerified);
        case Evidence::Email:
        case Evidence::Phone: return say(other, SaidContact);
        case Evidence::Key: return say(other, SaidKey);
        case Evidence::Verified: return say(name, SaidVerified);
        case Evidence::Anonymous: return say(name, SaidAnonymous);
        case Evidence::Person:
        case Evidence::Apart:
        case Evidence::Member:
        case Evidence::Retracted: return;
    }
}

void LinkGraph::note_spoken(std::uint32_t node, std::uint32_t pair) {
    auto& pairs = spoken_of_[node];
    if (std::ranges::find(pairs, pair) == pairs.end()) {
        pairs.push_back(pair);
    }
}

std::vector<std::uint32_t> LinkGraph::add(const encounter::Assertion& assertion,
                                          std::uint32_t number) {
    if (assertion.evidence == Evidence::Member) {
        return {};
    }
    const std::uint32_t name = node_of(assertion.name.value());
    const std::uint32_t other = node_of(assertion.other.value());
    say_kinds(assertion.evidence, name, other);
    if (encounter::is_of_one(assertion.evidence)) {
        return {name};
    }
    Pair& said = pair(name, other, number);
    if (encounter::is_word(assertion.evidence)) {
        const auto at = static_cast<std::uint32_t>(&said - pairs_.data());
        note_spoken(name, at);
        note_spoken(other, at);
    }
    switch (assertion.evidence) {
        case Evidence::Person: said.say(Word::Joined); break;
        case Evidence::Apart: said.say(Word::Apart); break;
        case Evidence::Retracted: said.take_back(); break;
        default:
            if (said.evidence == 0) {
                ++nodes_[name].shared_with;
                ++nodes_[other].shared_with;
            }
            said.evidence |= 1U << static_cast<unsigned>(assertion.evidence);
    }
    return {name, other};
}

Kind LinkGraph::kind(std::uint32_t node) const {
    const std::uint8_t said = nodes_[node].said;
    if ((said & SaidVerified) != 0) {
        return Kind::Verified;
    }
    if ((said & SaidKey) != 0) {
        return Kind::Key;
    }
    if ((said & SaidContact) != 0) {
        return Kind::Contact;
    }
    return (said & SaidAnonymous) != 0 ? Kind::Anonymous : Kind::Verified;
}

bool LinkGraph::take_change(std::uint32_t node) {
    const auto now =
        static_cast<std::uint8_t>(static_cast<unsigned>(kind(node)) << 1U | (is_cut(node) ? 1 : 0));
    const bool changed = nodes_[node].asked != now;
    nodes_[node].asked = now;
    return changed;
}

bool LinkGraph::comes_before(std::uint32_t node, std::uint32_t other) const {
    return std::tuple(kind(node), names_.text(node)) < std::tuple(kind(other), names_.text(other));
}

}  // namespace kokemus::identity
