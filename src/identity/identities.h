#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "encounter/assertion.h"
#include "identity/kind.h"
#include "identity/link_graph.h"
#include "ledger/ledger.h"

namespace kokemus::identity {

/// A name of a customer.
struct Identity {
    encounter::CustomerName name;
    Kind kind = Kind::Verified;

    friend bool operator==(const Identity&, const Identity&) = default;
};

/// What became of what is said of two names.
enum class LinkState : std::uint8_t {
    Joined,     ///< they are one customer
    Apart,      ///< somebody said that they are not
    Shared,     ///< one of them is shared by too many to say anything
    Ambiguous,  ///< one of them belongs to several customers: it joins none of them
    Suggested,  ///< both have a verified id: somebody has to say so
    Undone,     ///< somebody said something and took it back; nothing else is said
};

std::string_view name_of(LinkState state);
std::optional<LinkState> link_state_of(std::string_view name);

/// Two names of which something is said, and what follows.
struct Link {
    std::uint32_t number = 0;  ///< of the first assertion about them: what the link is known by
    encounter::CustomerName name, other;
    encounter::CustomerName customer, other_customer;  ///< whom they belong to
    std::vector<encounter::Evidence> evidence;         ///< of messages and traits, each once
    LinkState state = LinkState::Joined;
    bool is_word = false;  ///< the state is somebody's word
};

/// Customers who may be one, as only a person can say.
struct Suggestion {
    std::vector<encounter::CustomerName> customers;  ///< ascending
    std::vector<std::uint32_t> links;                ///< that speak for it, ascending
    encounter::CustomerName through;  ///< the identity that belongs to several; empty: none does
};

/// Which names are one customer, by everything that a ledger has of who is who. What follows
/// depends on what is said and never on the order in which it came, but for words of people, of
/// which the last on two names stands. The rules are in docs/identities.md.
///
/// Thread safety: all functions may be called from any thread; `take` waits for readers.
class Identities {
public:
    /// Takes assertions in order of their numbers; those at or below `last_assertion` are left out.
    void take(std::span<const ledger::Asserted> assertions);

    /// Takes in several steps what belongs together: who is one customer is found once, at the end,
    /// and readers wait until then.
    class Taking {
    public:
        explicit Taking(Identities& identities)
            : identities_(identities),
              lock_(identities.mutex_) {}
        ~Taking();
        Taking(const Taking&) = delete;
        Taking& operator=(const Taking&) = delete;

        /// As `take`.
        void add(std::span<const ledger::Asserted> assertions);

    private:
        Identities& identities_;
        std::unique_lock<std::shared_mutex> lock_;
        std::vector<std::uint32_t> touched_;
    };

    std::uint32_t last_assertion() const;

    /// All up to this number is taken: the newest may have been erased.
    void reach(std::uint32_t number);

    /// Customers that lost or gained names since the last call, under their names of before and of
    /// now, ascending.
    std::vector<encounter::CustomerName> take_moved();

    /// The same of those that differ from another state, as after an erasure, when everything is
    /// read anew: nothing of who was erased is left in a state that has never heard of them.
    std::vector<encounter::CustomerName> moved_since(const Identities& former) const;

    /// Every name that is not the one its customer goes by, with that one.
    std::vector<std::pair<encounter::CustomerName, encounter::CustomerName>> joined() const;

    /// Reads while it lives; `take` waits that long.
    class Reader {
    public:
        explicit Reader(const Identities& identities)
            : graph_(identities.graph_),
              lock_(identities.mutex_) {}

        /// The name that the customer goes by. Of a name of which nothing is said itself. Valid as
        /// long as this and `name`.
        std::string_view customer_of(std::string_view name) const {
            const std::uint32_t node = graph_.names().find(name);
            return node == Names::none ? name : graph_.names().text(graph_.customer(node));
        }

        /// Whether the customer has this name and no other.
        bool is_alone(std::string_view name) const;

    private:
        const LinkGraph& graph_;
        std::shared_lock<std::shared_mutex> lock_;
    };

    encounter::CustomerName customer_of(const encounter::CustomerName& name) const;

    /// All names of the customer that has this name, the most telling first: the one the customer
    /// goes by. At least one.
    std::vector<Identity> names_of(const encounter::CustomerName& name) const;

    /// What is said of the customer's names, of each two once, by number.
    std::vector<Link> links_of(const encounter::CustomerName& name) const;

    /// The link with this number; nothing when there is none.
    std::optional<Link> link(std::uint32_t number) const;

    /// Links numbered above `after`, in any state or in one, at most `limit`.
    std::vector<Link> links(std::optional<LinkState> state, std::uint32_t after,
                            std::size_t limit) const;

    /// Who may be one, at most `limit`, by the links that say so.
    std::vector<Suggestion> suggestions(std::size_t limit) const;

private:
    Link to_link(std::uint32_t pair) const;
    LinkState state_of(const LinkGraph::Pair& pair) const;
    std::vector<std::uint32_t> members_of(std::uint32_t node) const;
    std::uint32_t between(const LinkGraph::Pair& pair) const;
    Suggestion suggestion_of(std::uint32_t pair) const;
    bool is_apart(std::uint32_t one, std::uint32_t other) const;
    encounter::CustomerName text(std::uint32_t node) const {
        return encounter::CustomerName(std::string(graph_.names().text(node)));
    }

    mutable std::shared_mutex mutex_;  ///< over all below
    LinkGraph graph_;
    std::uint32_t last_assertion_ = 0;
    std::set<std::string> moved_;
};

}  // namespace kokemus::identity
