#include "driver/knowing.h"

#include <algorithm>
#include <type_traits>
#include <variant>

namespace kokemus::driver {
namespace {

using question::Factor;
using question::FactorOf;

template <typename Is, typename... Any>
constexpr bool is_any_of = (std::is_same_v<Is, Any> || ...);

class Looking {
public:
    Looking(const question::Unit& per, const blueprint::Blueprint& blueprint)
        : per_(per),
          blueprint_(blueprint) {}

    Sources of(const Factor& factor) {
        add(factor.touchpoints);
        add(factor.to);
        switch (factor.of) {
            case FactorOf::If: look_at(factor.condition); break;
            case FactorOf::Late:
            case FactorOf::Early: sources_.promises.insert(factor.name); break;
            case FactorOf::Switches: sources_.switches = true; break;
            case FactorOf::Repeats: sources_.repeats = true; break;
            case FactorOf::Number:
                sources_.of_whole_unit = factor.field->of == question::FieldOf::Customer;
                break;
            case FactorOf::Mean:
            case FactorOf::Experienced: look_at_answers(); break;
            case FactorOf::Metric:
                if (const auto* metric = blueprint_.metric(factor.name)) {
                    look_at(*metric);
                }
                break;
            default: break;
        }
        return std::move(sources_);
    }

private:
    void add(const std::vector<std::string>& touchpoints) {
        sources_.touchpoints.insert(touchpoints.begin(), touchpoints.end());
    }

    void look_at_answers() {
        sources_.answers = true;
        sources_.of_whole_unit = false;
    }

    void look_at_status() {
        sources_.status = true;
        if (const auto* journey = blueprint_.journey(per_.journey)) {
            add(journey->ends);
        }
    }

    void look_at_promise(const std::string& promise) {
        sources_.any_promise = sources_.any_promise || promise.empty();
        sources_.promises.insert(promise);
    }

    void look_at(const blueprint::Metric& metric) {
        switch (metric.kind) {
            case blueprint::MetricKind::Kept: look_at_promise(metric.promise); return;
            case blueprint::MetricKind::Completion: look_at_status(); return;
            case blueprint::MetricKind::ContactRate:
                sources_.repeats = true;
                for (const auto& touchpoint : blueprint_.touchpoints) {
                    const bool here = metric.touchpoints.empty() ||
                                      std::ranges::count(metric.touchpoints, touchpoint.name) > 0;
                    if (here && blueprint_.is_contact(touchpoint.name, "")) {
                        sources_.touchpoints.insert(touchpoint.name);
                    }
                }
                return;
            default: break;
        }
        look_at_answers();
        add(metric.touchpoints);
    }

    void look_at(const question::ConditionPtr& condition) {
        std::visit([this](const auto& is) { look_at_condition(is); }, condition->is);
    }

    template <typename Is>
    void look_at_condition(const Is& is) {
        if constexpr (is_any_of<Is, question::And, question::Or>) {
            for (const auto& part : is.parts) {
                look_at(part);
            }
        } else if constexpr (is_any_of<Is, question::Not>) {
            look_at(is.part);
        } else if constexpr (is_any_of<Is, question::Has>) {
            look_at(is.inner);
        } else if constexpr (is_any_of<Is, question::Touches>) {
            add(is.touchpoints);
        } else if constexpr (is_any_of<Is, question::Goes>) {
            add({is.from == "START" ? is.to : is.from, is.to == "END" ? is.from : is.to});
        } else if constexpr (is_any_of<Is, question::Follows>) {
            add(is.path);
        } else if constexpr (is_any_of<Is, question::Deviates>) {
            // Left out and put in say how often there is one touchpoint; the others how all stand.
            const bool counts_one = is.deviation == question::Deviation::LeftOut ||
                                    is.deviation == question::Deviation::PutIn;
            add(counts_one ? std::vector<std::string>{is.touchpoint} : is.path);
        } else if constexpr (is_any_of<Is, question::Reaches>) {
            for (const auto& step : is.steps) {
                add(step);
            }
        } else if constexpr (is_any_of<Is, question::TextCondition>) {
            add(is.field.name == "touchpoint" ? is.values : std::vector<std::string>{});
        } else if constexpr (is_any_of<Is, question::NumberCondition>) {
            sources_.answers = sources_.answers || is.field.name == "score";
        } else if constexpr (is_any_of<Is, question::PromiseCondition, question::MakesPromise>) {
            look_at_promise(is.promise);
        } else if constexpr (is_any_of<Is, question::StatusCondition>) {
            look_at_status();
        } else if constexpr (is_any_of<Is, question::Switches>) {
            sources_.switches = true;
        } else if constexpr (is_any_of<Is, question::Repeats, question::FirstContact>) {
            sources_.repeats = true;
        } else {
            static_assert(is_any_of<Is, question::Lasts, question::Size>,
                          "say what a new condition looks at");
        }
    }

    const question::Unit& per_;
    const blueprint::Blueprint& blueprint_;
    Sources sources_;
};

bool share_any(const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::ranges::any_of(a, [&](const std::string& each) { return b.contains(each); });
}

}  // namespace

Sources sources_of(const Factor& factor, const question::Unit& per,
                   const blueprint::Blueprint& blueprint) {
    return Looking(per, blueprint).of(factor);
}

std::optional<std::string> knows(const Sources& factor, const Sources& outcome) {
    if (factor.answers && outcome.answers) {
        return "an answer explains an answer: both share the mood of whoever gave them";
    }
    if (share_any(factor.promises, outcome.promises) ||
        (outcome.any_promise && !factor.promises.empty()) ||
        (factor.any_promise && !outcome.promises.empty())) {
        return "it is about a promise that the outcome is about, too";
    }
    if (share_any(factor.touchpoints, outcome.touchpoints)) {
        return "it looks at a touchpoint by which the outcome is told";
    }
    if ((factor.status && outcome.status) || (factor.switches && outcome.switches) ||
        (factor.repeats && outcome.repeats)) {
        return "it looks at what the outcome is told by";
    }
    return std::nullopt;
}

}  // namespace kokemus::driver
