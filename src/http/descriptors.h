#pragma once

#include <cstddef>

namespace kokemus::http {

/// Lets this program open as many files and connections as the system allows it (the usual 1024
/// are soon used up), and says how many connections may be taken: `wanted`, or what is left beside
/// `kept` files of other use, one at least. Says in the log when that is fewer.
std::size_t connections_allowed(std::size_t wanted, std::size_t kept);

}  // namespace kokemus::http
