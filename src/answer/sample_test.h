#pragma once

#include <string>
#include <vector>

#include "answer/ask.h"
#include "answer/fake_engine_test.h"
#include "blueprint/blueprint.h"

/// A small shop: its blueprint, hand-made counts of every kind, questions about it.
namespace kokemus::answer::sample {

Instant at(const std::string& text);

/// So many equal values, `below` and `above` the mean in turn.
stats::Moments scores(std::uint64_t count, double mean, double spread = 1);

stats::LogHistogram hours(const std::vector<std::int64_t>& hours);

blueprint::Blueprint shop();
FakeEngine engine();

/// A question of a kind, per thread.
question::Question asking(question::Kind kind);

/// Answered by the sample's engine and blueprint; the data end on 2026-03-20.
Answer answered(const question::Question& question);
Answer answered(const question::Question& question, const FakeEngine& engine);

}  // namespace kokemus::answer::sample
