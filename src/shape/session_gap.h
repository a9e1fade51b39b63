#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kokemus::shape {

/// Numbers the sessions of ascending times from 1: a pause longer than `gap` begins a new one.
std::vector<std::uint32_t> sessions(std::span<const std::int64_t> times, std::int64_t gap);

/// A pause between two things that one subject did, and how often it was so long.
struct Pause {
    double length = 0;
    std::uint64_t times = 1;
};

/// Pauses within sessions and between them: two bell curves on the logarithm of the length.
struct SessionGap {
    double gap = 0;            ///< where a pause is as likely to lie within as between
    double within = 0;         ///< typical (geometric mean) pause within sessions
    double between = 0;        ///< ... and between them
    double within_share = 0;   ///< of all pauses
    double within_spread = 0;  ///< deviations of the logarithms
    double between_spread = 0;
    std::uint64_t pauses = 0;
    /// Two humps that can be told apart: their middles lie two deviations apart or more (Ashman's D
    /// above 2), neither holds less than 2 %, and in its middle each is the likelier. When false do
    /// not use `gap`, take an agreed one.
    bool apart = false;
};

/// How long a pause ends a session, learned from the pauses instead of from custom (Halfaker et al.
/// 2015, WWW, 410-418): the mixture by expectation-maximisation (Dempster, Laird and Rubin 1977)
/// from halves of the pauses. Pauses of 0 or less are not looked at. Nothing with fewer than 100,
/// or when all are equal.
std::optional<SessionGap> session_gap(std::span<const Pause> pauses);

}  // namespace kokemus::shape
