#include <fmt/format.h>

#include "account/audit.h"
#include "account/secret.h"

namespace kokemus::account {

namespace {

void put(std::string& text, std::string_view field) {
    text += fmt::format("{}:", field.size());
    text += field;
    text += '\n';
}

}  // namespace

std::string audited_customer(std::string_view customer) {
    constexpr std::size_t digits = 32;
    return std::string(customer_mark) + digest_of(customer).substr(0, digits);
}

std::string audit_digest(std::string_view before, const AuditEntry& entry) {
    std::string text;
    put(text, before);
    put(text, std::to_string(entry.number));
    put(text, std::to_string(entry.at.time_since_epoch().count()));
    put(text, entry.actor);
    put(text, entry.address);
    put(text, entry.action);
    put(text, entry.subject);
    put(text, entry.note);
    return digest_of(text);
}

std::optional<std::int64_t> first_broken(AuditChain& chain, std::span<const AuditEntry> next) {
    for (const AuditEntry& entry : next) {
        if (entry.number != chain.number + 1 || entry.digest != audit_digest(chain.digest, entry)) {
            return chain.number + 1;
        }
        chain = AuditChain{entry.number, entry.digest};
    }
    return std::nullopt;
}

}  // namespace kokemus::account
