#include <array>

#include <fmt/format.h>

#include "account/account_api.h"
#include "account/account_json_api.h"
#include "account/bounds.h"
#include "http/page.h"

namespace kokemus::account {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 5> seekers{"actor", "action", "customer", "from", "to"};
constexpr http::Paged paged{"audit", 100, bounds::audit_page_max, seekers};

json::object entry_json(const AuditEntry& entry) {
    return json::object{{"number", entry.number},
                        {"at", format_instant(entry.at)},
                        {"actor", entry.actor},
                        {"address", entry.address},
                        {"action", entry.action},
                        {"subject", entry.subject},
                        {"note", entry.note},
                        {"digest", entry.digest}};
}

Result<std::optional<Instant>> instant_of(const http::Request& request, std::string_view name) {
    const std::string_view text = request.parameter(name);
    if (text.empty()) {
        return std::optional<Instant>();
    }
    const auto at = parse_instant(text);
    if (!at) {
        return invalid_input(fmt::format("{}: {}", name, at.error().message));
    }
    return std::optional(*at);
}

Result<AuditSought> sought_of(const Accounts& accounts, const http::Request& request) {
    AuditSought sought;
    sought.actor = request.parameter("actor");
    sought.action = request.parameter("action");
    if (const std::string_view customer = request.parameter("customer"); !customer.empty()) {
        sought.subjects = accounts.audit_names_of_customer(customer);
    }
    sought.from = TRY(instant_of(request, "from"));
    sought.to = TRY(instant_of(request, "to"));
    return sought;
}

/// Newest first.
Result<json::object> entries(Accounts& accounts, const http::Request& request) {
    const http::Page page = TRY(http::page_of(request, paged));
    AuditSought wanted = TRY(sought_of(accounts, request));
    if (!page.after.empty()) {
        wanted.before = TRY(http::number_of(page));
    }
    auto read = TRY(accounts.audit(wanted, page.read()));
    const auto next =
        http::cut(read, page, [](const AuditEntry& entry) { return std::to_string(entry.number); });
    json::array rows;
    for (const AuditEntry& entry : read) {
        rows.push_back(entry_json(entry));
    }
    return json::object{{"entries", std::move(rows)}, {"next", next_json(next)}};
}

Result<json::object> verified(Accounts& accounts) {
    const AuditState state = TRY(accounts.verify_audit());
    return json::object{
        {"entries", state.entries},
        {"head", state.head},
        {"first_broken", state.first_broken ? json::value(*state.first_broken) : json::value()}};
}

}  // namespace

void add_audit_routes(http::Router& router, Accounts& accounts) {
    using http::Method;
    const http::Access reading = needs(Right::ReadAudit);
    router.add(Method::Get, "/api/audit", reading, [&accounts](const http::Request& request) {
        return shown(entries(accounts, request));
    });
    router.add(Method::Get, "/api/audit/verification", reading, [&accounts](const http::Request&) {
        return shown(verified(accounts));
    });
}

}  // namespace kokemus::account
