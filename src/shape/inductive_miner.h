#pragma once

#include <span>

#include "shape/process_tree.h"
#include "shape/variants.h"

namespace kokemus::shape {

/// The process tree of what was done (Leemans, Fahland and van der Aalst 2013; with infrequent
/// behaviour 2014, BPM Workshops, 66-78: IMf). With `noise` 0 every variant can be done by the
/// tree; above it, where nothing else can be found, edges with at most that part of the most
/// frequent way out of their step are looked away from, and so are empty parts up to that part of
/// all. For the map that a reader looks at; counts come from the directly-follows graph.
///
/// Steps: whole log empty or one step; a cut (cut.h); a cut without the noise; else, in this order,
/// a step that each does once, a step without which there is a cut, rounds that end where one can
/// end and begin where one can begin, rounds that begin where one can begin, and anything in any
/// order. Always the same tree for the same variants, in whatever order.
ProcessTree inductive_miner(std::span<const Variant> variants, double noise = 0.2);

}  // namespace kokemus::shape
