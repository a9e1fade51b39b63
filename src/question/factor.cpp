#include "question/factor.h"

#include <array>
#include <tuple>

namespace kokemus::question {

bool operator==(const Factor& a, const Factor& b) {
    const auto plain = [](const Factor& factor) {
        return std::tie(factor.of,
                        factor.touchpoints,
                        factor.to,
                        factor.name,
                        factor.field,
                        factor.forced,
                        factor.zero_missing,
                        factor.within);
    };
    return plain(a) == plain(b) && equal(a.condition, b.condition);
}

std::span<const Word<FactorOf>> factor_words() {
    static constexpr auto words =
        std::to_array<Word<FactorOf>>({{"count", FactorOf::Count},
                                       {"if", FactorOf::If},
                                       {"encounters", FactorOf::Encounters},
                                       {"lasts", FactorOf::Lasts},
                                       {"wait", FactorOf::Wait},
                                       {"late", FactorOf::Late},
                                       {"early", FactorOf::Early},
                                       {"switches", FactorOf::Switches},
                                       {"repeats", FactorOf::Repeats},
                                       {"distinct", FactorOf::Distinct},
                                       {"duration", FactorOf::Duration},
                                       {"value", FactorOf::Value},
                                       {"mean", FactorOf::Mean},
                                       {"number", FactorOf::Number},
                                       {"experience", FactorOf::Experienced}});
    return words;
}

}  // namespace kokemus::question
