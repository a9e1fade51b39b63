#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>

/// An effect against effects of nothing: the same method where nothing was done. It needs no belief
/// in the method's own standard errors, which are too good in short series (Abadie, Diamond and
/// Hainmueller 2010, JASA 105, 493-505, section 2.4; Bertrand, Duflo and Mullainathan 2004).
namespace kokemus::stats {

struct Placebo {
    std::size_t rank = 1;      ///< 1: no placebo is as far from 0 as the effect
    std::size_t placebos = 0;  ///< those that could be calculated
    double p_value = 1;        ///< rank / (placebos + 1)
    /// 20 placebos or more: with fewer p cannot come below 1/20.
    bool enough = false;
};

/// Where the effect stands among the placebos, by size and not by sign. Placebos that are not
/// finite are left out; an effect that is not finite ranks last.
Placebo placebo_rank(double effect, std::span<const double> placebos);

/// The effect of a change before series[change], read from a series: nothing when it cannot be
/// told.
using EffectOfChange =
    std::function<std::optional<double>(std::span<const double> series, std::size_t change)>;

/// How the time around a change is cut out of a series.
struct Window {
    std::size_t least_before = 8;  ///< values before a pseudo-change, at least
    std::size_t after = 8;         ///< values after it, as after the real one
};

/// Placebo in time: the effect at the real change against those at every pseudo-change that has its
/// whole window before the real one. Nothing when the effect itself cannot be told. Windows of
/// neighbours overlap, so twenty of them are fewer than twenty independent ones.
std::optional<Placebo> placebo_in_time(std::span<const double> series, std::size_t change,
                                       const Window& window, const EffectOfChange& effect);

}  // namespace kokemus::stats
