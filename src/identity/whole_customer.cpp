#include "identity/whole_customer.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "consent/consent.h"

namespace kokemus::identity {

using encounter::Customer;
using encounter::CustomerName;

Customer whole_customer(std::span<const Identity> names, std::span<const Customer> known) {
    Customer whole{names.front().name, {}};
    std::unordered_map<std::string_view, const consent::Traits*> traits_of;
    for (const Customer& one : known) {
        traits_of.emplace(one.name.value(), &one.traits);
    }
    std::vector<const consent::Traits*> with_consents;
    for (const Identity& name : names) {
        const auto found = traits_of.find(name.name.value());
        if (found != traits_of.end()) {
            // What is there came from a more telling name.
            whole.traits.insert(found->second->begin(), found->second->end());
            if (consent::has_consents(*found->second)) {
                with_consents.push_back(found->second);
            }
        }
    }
    consent::settle(whole.traits, with_consents);
    return whole;
}

Result<std::vector<Customer>> whole_customers(const ledger::Ledger& ledger,
                                              const Identities& identities,
                                              std::span<const CustomerName> customers) {
    std::vector<std::vector<Identity>> names_of_each;
    std::vector<CustomerName> names;
    for (const CustomerName& customer : customers) {
        names_of_each.push_back(identities.names_of(customer));
        for (const Identity& one : names_of_each.back()) {
            names.push_back(one.name);
        }
    }
    std::map<std::string, Customer> known;
    for (Customer& one : TRY(ledger.customers(names))) {
        const std::string name = one.name.value();
        known.emplace(name, std::move(one));
    }
    std::vector<Customer> whole;
    for (const auto& of_one : names_of_each) {
        std::vector<Customer> of_names;
        for (const Identity& one : of_one) {
            if (const auto found = known.find(one.name.value()); found != known.end()) {
                of_names.push_back(found->second);
            }
        }
        whole.push_back(whole_customer(of_one, of_names));
    }
    return whole;
}

Status read_identities(const ledger::Ledger& ledger, std::uint32_t last_assertion,
                       Identities& identities) {
    const std::uint32_t newest = std::min(last_assertion, ledger.last_assertion());
    const std::uint32_t known = identities.last_assertion();
    {
        Identities::Taking taking(identities);
        TRY(ledger.scan_assertions_since(
            known, [&](std::span<const ledger::Asserted> some) -> Status {
                const auto beyond =
                    std::ranges::upper_bound(some, last_assertion, {}, &ledger::Asserted::number);
                taking.add(some.first(static_cast<std::size_t>(beyond - some.begin())));
                return {};
            }));
    }
    identities.reach(newest);
    return {};
}

}  // namespace kokemus::identity
