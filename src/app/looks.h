#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "encounter/encounter.h"
#include "privacy/customer_copy.h"

namespace kokemus::account {
class Accounts;
}

namespace kokemus::app {

/// Who has looked at a person, or done something to what is kept of them, under any of their names;
/// newest first, the newest `looks_max`. By roles, not by persons: those have rights, too.
using Looks =
    std::function<Result<std::vector<privacy::Look>>(std::span<const encounter::CustomerName>)>;

inline constexpr std::size_t looks_max = 1000;

/// As the audit log of these accounts has it; they must outlive it.
Looks looks_in_audit_log(const account::Accounts& accounts);

/// Where nobody is known who could have looked.
inline Result<std::vector<privacy::Look>> no_looks(
    std::span<const encounter::CustomerName> /*names*/) {
    return std::vector<privacy::Look>();
}

}  // namespace kokemus::app
