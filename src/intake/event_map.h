#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "blueprint/network.h"
#include "intake/field_map.h"

namespace kokemus::intake {

/// What is sent, as far as a rule can name it.
struct SentEvent {
    blueprint::EventKind kind = blueprint::EventKind::Track;
    std::string_view name;  ///< event, name of the page or screen, type of the CloudEvent
    std::string_view path;  ///< of a page; empty: none
};

/// How what is sent becomes encounters, by one blueprint: its `[event.NAME]` rules over what is
/// built in (semantic_events.h). Immutable; thread safe.
class EventMap {
public:
    /// Fails, naming the rule, on an expression that cannot be read; a blueprint without faults has
    /// none.
    static Result<EventMap> of(std::shared_ptr<const blueprint::Blueprint> blueprint);

    const blueprint::Blueprint& blueprint() const { return *blueprint_; }

    /// Whether the blueprint has a rule for it.
    bool has_rule(const SentEvent& event) const { return find(event) != nullptr; }

    /// Whether a rule says that this is no encounter.
    bool skips(const SentEvent& event) const;

    /// Fills touchpoint, channel, thread and whatever else the rules know, from the document that
    /// was sent. `channel` is where it seems to have happened; it is not taken when the
    /// blueprint knows the touchpoint's channel and not that one.
    void fill(const SentEvent& event, const boost::json::value& document, std::string_view channel,
              boost::json::object& wire) const;

private:
    struct Rule {
        blueprint::EventKind kind = blueprint::EventKind::Track;
        std::string name;
        bool is_beginning = false;  ///< of a path
        bool skip = false;
        FieldMap fields;
    };

    const Rule* find(const SentEvent& event) const;
    std::string touchpoint_of(const SentEvent& event) const;

    std::shared_ptr<const blueprint::Blueprint> blueprint_;
    std::vector<Rule> rules_;
    std::map<std::string, std::size_t, std::less<>> by_name_;
};

/// Whose events are no customer's experience, by one blueprint. Immutable; thread safe.
class ExclusionRules {
public:
    /// What is known of who sent it; empty texts: not known.
    struct Sender {
        std::string_view user_agent;
        std::string_view address;
        std::string_view email;
    };

    static Result<ExclusionRules> of(const blueprint::Blueprint& blueprint);

    /// The name of the first rule that leaves the sender out; empty: none does.
    std::string_view excluded_by(const Sender& sender) const;

private:
    struct Rule {
        std::string name;
        std::vector<std::string> user_agents;  ///< lower case
        std::vector<blueprint::Network> networks;
        std::vector<std::string> domains;  ///< lower case
    };

    std::vector<Rule> rules_;
};

}  // namespace kokemus::intake
