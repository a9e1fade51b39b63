#pragma once

#include <string>
#include <vector>

#include <rapidcheck.h>

#include "blueprint/blueprint_read.h"
#include "question/factor.h"

/// Factors of any kind, for properties of what parses and spells them.
namespace kokemus::question {

inline const blueprint::Blueprint& any_factor_blueprint() {
    static const blueprint::Blueprint read = blueprint::read_blueprint(R"([touchpoint.a]
[promise."on time"]
kept = ["a"]
[promise.is]
kept = ["a"]
[metric."calls, answered"]
kind = "mean"
[dimension.plan]
source = "traits"
[dimension.region]
[dimension.late]
)")
                                                 .blueprint;
    return read;
}

inline std::vector<std::string> any_factor_names() {
    return *rc::gen::elementOf(std::vector<std::vector<std::string>>{
        {"a"}, {"call: billing", "it's"}, {"and", "a|b", "(x)"}, {"日本"}, {"->", ","}});
}

/// Over any blueprint with the names above.
inline Factor any_factor() {
    Factor factor;
    factor.of = static_cast<FactorOf>(*rc::gen::inRange(0, 17));
    const bool flag = *rc::gen::arbitrary<bool>();
    switch (factor.of) {
        case FactorOf::Count: factor.touchpoints = any_factor_names(); break;
        case FactorOf::If:
            factor.condition = flag ? make_condition(Switches{"web", "", true})
                                    : make_condition(Not{make_condition(Touches{{"a", "b"}})});
            break;
        case FactorOf::Wait:
            factor.touchpoints = any_factor_names();
            factor.to = any_factor_names();
            break;
        case FactorOf::Late:
        case FactorOf::Early: factor.name = flag ? "on time" : "is"; break;
        case FactorOf::Switches: factor.forced = flag; break;
        case FactorOf::Repeats: factor.within = flag ? Milliseconds(90'000) : factor.within; break;
        case FactorOf::Distinct: factor.field = Field{FieldOf::Dimension, "region"}; break;
        case FactorOf::Mean:
            factor.name = "csat5";
            factor.touchpoints = flag ? any_factor_names() : factor.touchpoints;
            break;
        case FactorOf::Number:
            factor.field = Field{FieldOf::Customer, "plan"};
            factor.zero_missing = flag;
            break;
        case FactorOf::Category: factor.field = Field{FieldOf::Encounter, "channel"}; break;
        case FactorOf::Metric: factor.name = flag ? "nps" : "calls, answered"; break;
        default: break;
    }
    return factor;
}

}  // namespace kokemus::question
