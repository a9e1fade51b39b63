#pragma once

namespace kokemus::stats {

/// What the answers of those who chose to answer are worth (Meng 2018, Annals of Applied Statistics
/// 12, 685-726): f / (1 - f) / correlation^2 answers of a random sample would have the same mean
/// squared error. `answered` is f, the share of all eligible who answered; `correlation` that
/// between answering and the score, which is never known, so show a few. 0 when nobody answered,
/// infinity when all did or when answering has nothing to do with the score.
double effective_answers(double answered, double correlation);

}  // namespace kokemus::stats
