#include "question/condition_words.h"

#include <array>

namespace kokemus::question {

std::span<const Word<EpisodeStatus>> status_words() {
    static constexpr auto words =
        std::to_array<Word<EpisodeStatus>>({{"completed", EpisodeStatus::Completed},
                                            {"abandoned", EpisodeStatus::Abandoned},
                                            {"open", EpisodeStatus::Open}});
    return words;
}

std::span<const Word<PromiseOutcome>> outcome_words() {
    static constexpr auto words =
        std::to_array<Word<PromiseOutcome>>({{"kept", PromiseOutcome::Kept},
                                             {"late", PromiseOutcome::Late},
                                             {"broken", PromiseOutcome::Broken},
                                             {"open", PromiseOutcome::Open},
                                             {"at risk", PromiseOutcome::AtRisk}});
    return words;
}

std::span<const Word<Deviation>> deviation_words() {
    static constexpr auto words = std::to_array<Word<Deviation>>({{"without", Deviation::LeftOut},
                                                                  {"adding", Deviation::PutIn},
                                                                  {"moving", Deviation::Moved}});
    return words;
}

std::span<const std::string_view> unit_condition_words() {
    static constexpr auto words = std::to_array<std::string_view>({"touches",
                                                                   "goes",
                                                                   "follows",
                                                                   "lasts",
                                                                   "encounters",
                                                                   "status",
                                                                   "promise",
                                                                   "reaches",
                                                                   "stops",
                                                                   "switches",
                                                                   "repeats",
                                                                   "deviates",
                                                                   "has"});
    return words;
}

}  // namespace kokemus::question
