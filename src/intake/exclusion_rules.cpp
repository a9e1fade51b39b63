#include <fmt/format.h>

#include "base/text.h"
#include "intake/event_map.h"

namespace kokemus::intake {

namespace {

/// Whether the address lies in the domain or one below it.
bool is_of_domain(std::string_view email, std::string_view domain) {
    const std::size_t at = email.rfind('@');
    if (at == std::string_view::npos) {
        return false;
    }
    const std::string_view host = email.substr(at + 1);
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                              host[host.size() - domain.size() - 1] == '.');
}

}  // namespace

Result<ExclusionRules> ExclusionRules::of(const blueprint::Blueprint& blueprint) {
    ExclusionRules rules;
    for (const blueprint::Exclusion& exclusion : blueprint.exclusions) {
        Rule rule;
        rule.name = exclusion.name;
        for (const std::string& part : exclusion.user_agents) {
            rule.user_agents.push_back(lower(part));
        }
        for (const std::string& address : exclusion.addresses) {
            auto network = blueprint::parse_network(address);
            if (!network) {
                return invalid_input(
                    fmt::format("exclude {}: {}", quote(rule.name), network.error().message));
            }
            rule.networks.push_back(std::move(*network));
        }
        for (const std::string& domain : exclusion.domains) {
            rule.domains.push_back(lower(domain));
        }
        rules.rules_.push_back(std::move(rule));
    }
    return rules;
}

std::string_view ExclusionRules::excluded_by(const Sender& sender) const {
    if (rules_.empty()) {
        return {};
    }
    const std::string user_agent = lower(sender.user_agent);
    const std::string email = lower(sender.email);
    for (const Rule& rule : rules_) {
        for (const std::string& part : rule.user_agents) {
            if (user_agent.find(part) != std::string::npos) {
                return rule.name;
            }
        }
        for (const blueprint::Network& network : rule.networks) {
            if (network.contains(sender.address)) {
                return rule.name;
            }
        }
        for (const std::string& domain : rule.domains) {
            if (is_of_domain(email, domain)) {
                return rule.name;
            }
        }
    }
    return {};
}

}  // namespace kokemus::intake
