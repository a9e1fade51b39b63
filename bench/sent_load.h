#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace kokemus::bench {

/// Customers of whom encounters are sent.
inline constexpr std::uint64_t customers_sent = 50'000;

/// The how-manieth customer's name.
std::string customer_sent(std::uint64_t number);

/// Encounters as a shop would send them, about 230 bytes each; another batch number, other ones.
std::string batch_sent(std::uint64_t batch, std::size_t size);

/// The value below which this share of them lies; 0 of none. Reorders them.
double quantile(std::vector<double>& values, double share);

}  // namespace kokemus::bench
