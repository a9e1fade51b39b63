#include "blueprint/blueprint_check.h"

#include <algorithm>
#include <set>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time_zone.h"
#include "blueprint/built_in.h"
#include "blueprint/feeling_words.h"
#include "blueprint/reserved_words.h"

namespace kokemus::blueprint {
namespace {

/// The declared names of one kind, for quick look-up and for "did you mean".
class Names {
public:
    Names(std::string_view kind, std::string_view fault) : kind_(kind), fault_(fault) {}

    void add(std::string_view name) {
        if (set_.insert(name).second) {
            list_.push_back(name);
        }
    }

    bool has(std::string_view name) const { return set_.count(name) > 0; }
    std::span<const std::string_view> list() const { return list_; }

    /// `names touchpoint "order plced", which is not declared; did you mean "order placed"?`
    std::string missing(const Draft& draft, std::string_view key, std::string_view name) const {
        return fmt::format("{} names {} {}, which {}{}",
                           key,
                           kind_,
                           quote(name),
                           fault_,
                           draft.did_you_mean(name, list_));
    }

private:
    std::string_view kind_;
    std::string_view fault_;
    std::unordered_set<std::string_view> set_;
    std::vector<std::string_view> list_;
};

constexpr std::string_view not_declared = "is not declared";

class Check {
public:
    explicit Check(Draft& draft) : draft_(draft), blueprint_(draft.blueprint) {
        for (const auto& each : blueprint_.channels) {
            channels_.add(each.name);
        }
        for (const auto& each : blueprint_.touchpoints) {
            touchpoints_.add(each.name);
        }
        for (const auto& each : blueprint_.journeys) {
            journeys_.add(each.name);
        }
        for (const auto& each : blueprint_.promises) {
            promises_.add(each.name);
        }
        for (const auto* scales : {&blueprint_.scales, &built_in_scales()}) {
            for (const auto& each : *scales) {
                scales_.add(each.name);
            }
        }
        for (const auto& each : blueprint_.stages) {
            stages_.add(each);
            listed_stages_.add(each);
        }
        for (const auto& each : blueprint_.touchpoints) {
            if (!each.stage.empty()) {
                stages_.add(each.stage);
            }
        }
    }

    void run() {
        check_top();
        for (const auto& each : blueprint_.touchpoints) {
            check_touchpoint(each);
        }
        for (const auto& each : blueprint_.journeys) {
            check_journey(each);
        }
        for (const auto& each : blueprint_.promises) {
            check_promise(each);
        }
        for (const auto& each : blueprint_.metrics) {
            check_metric(each);
        }
        check_dimensions();
    }

private:
    void refer(std::string_view label, std::string_view key, const std::string& name,
               const Names& declared) {
        if (!name.empty() && !declared.has(name)) {
            draft_.error(label, key, declared.missing(draft_, key, name));
        }
    }

    void refer(std::string_view label, std::string_view key, const std::vector<std::string>& names,
               const Names& declared) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!declared.has(names[i])) {
                draft_.error(label, key, declared.missing(draft_, key, names[i]), i);
            }
        }
    }

    void refuse_doubles(std::string_view label, std::string_view key,
                        const std::vector<std::string>& names) {
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!seen.insert(names[i]).second) {
                draft_.error(label,
                             key,
                             fmt::format("{} names {} twice; leave one out", key, quote(names[i])),
                             i);
            }
        }
    }

    void refer_once(std::string_view label, std::string_view key,
                    const std::vector<std::string>& names, const Names& declared) {
        refer(label, key, names, declared);
        refuse_doubles(label, key, names);
    }

    void warn_of_praise(std::string_view label, const std::string& feeling) {
        if (is_empty_superlative(feeling)) {
            draft_.warning(label,
                           "feeling",
                           fmt::format("{} names no feeling; write the word a customer would use, "
                                       "such as \"in control\" or \"looked after\"",
                                       quote(feeling)));
        }
    }

    void check_top() {
        refuse_doubles("", "stages", blueprint_.stages);
        if (const auto zone = TimeZone::find(blueprint_.time_zone); !zone) {
            draft_.error("", "time_zone", zone.error().message);
        }
    }

    void check_touchpoint(const Touchpoint& touchpoint) {
        const std::string label = label_of("touchpoint", touchpoint.name);
        if (touchpoint.name == "START" || touchpoint.name == "END") {
            draft_.error(label,
                         "",
                         "START and END are the ends of a flow; give the touchpoint another name");
        }
        refer(label, "channel", touchpoint.channel, channels_);
        if (!blueprint_.stages.empty() && !touchpoint.stage.empty() &&
            !listed_stages_.has(touchpoint.stage)) {
            draft_.warning(
                label,
                "stage",
                fmt::format("stage {} is not in the list of stages at the top{}",
                            quote(touchpoint.stage),
                            draft_.did_you_mean(touchpoint.stage, listed_stages_.list())));
        }
    }

    void check_journey(const Journey& journey) {
        const std::string label = label_of("journey", journey.name);
        refer_once(label, "starts", journey.starts, touchpoints_);
        refer_once(label, "ends", journey.ends, touchpoints_);
        refer_once(label, "stages", journey.stages, stages_);
        refer(label, "path", journey.path, touchpoints_);
        if (journey.starts.empty() && !draft_.is_faulty(label)) {
            draft_.error(
                label, "starts", "starts is empty; name the touchpoints that open an episode");
        }
        if (journey.ends.empty() && !journey.silence && !journey.within &&
            !draft_.is_faulty(label)) {
            draft_.warning(label, "", "nothing ends an episode; write ends, silence or within");
        }
        if (journey.owner.empty()) {
            draft_.warning(label, "", "nobody owns it; write owner = \"...\"");
        }
        warn_of_praise(label, journey.feeling);
        Names stages("stage", not_declared);
        for (const std::string& stage : journey.stages) {
            stages.add(stage);
        }
        for (const auto& [stage, feeling] : journey.stage_feelings) {
            check_stage(stage_label(journey.name, stage), stage, feeling, stages);
        }
    }

    /// `own`: the stages of the journey.
    void check_stage(const std::string& label, const std::string& stage,
                     const StageFeeling& feeling, const Names& own) {
        warn_of_praise(label, feeling.word);
        if (own.list().empty()) {
            refer(label, "", stage, stages_);
        } else if (!own.has(stage)) {
            draft_.error(label,
                         "",
                         fmt::format("the journey's stages do not hold it{}",
                                     draft_.did_you_mean(stage, own.list())));
        }
    }

    void check_promise(const Promise& promise) {
        const std::string label = label_of("promise", promise.name);
        refer_once(label, "made", promise.made, touchpoints_);
        refer_once(label, "kept", promise.kept, touchpoints_);
        if (promise.kept.empty() && !draft_.is_faulty(label)) {
            draft_.error(label, "kept", "kept is empty; name the touchpoints that keep it");
        }
        if (promise.within && promise.made.empty()) {
            draft_.error(
                label,
                "within",
                "within counts from where the promise is made; write made = [\"...\"] too");
        }
    }

    void check_metric(const Metric& metric) {
        const std::string label = label_of("metric", metric.name);
        refer(label, "scale", metric.scale, scales_);
        refer_once(label, "touchpoints", metric.touchpoints, touchpoints_);
        refer(label, "promise", metric.promise, promises_);
        refer(label, "journey", metric.journey, journeys_);
        if (draft_.is_faulty(label)) {
            return;
        }
        const bool counts_scores =
            metric.kind == MetricKind::Nps || metric.kind == MetricKind::Csat ||
            metric.kind == MetricKind::Ces || metric.kind == MetricKind::Mean;
        const bool has_share = metric.kind == MetricKind::Csat || metric.kind == MetricKind::Ces;
        only_for(counts_scores, label, "scale", !metric.scale.empty(), "nps, csat, ces and mean");
        only_for(counts_scores,
                 label,
                 "touchpoints",
                 !metric.touchpoints.empty(),
                 "nps, csat, ces and mean");
        only_for(has_share, label, "good_from", metric.good_from.has_value(), "csat and ces");
        only_for(metric.kind == MetricKind::Ces,
                 label,
                 "ces",
                 metric.ces != CesDefinition::Share,
                 "ces");
        only_for(
            metric.kind == MetricKind::Kept, label, "promise", !metric.promise.empty(), "kept");
        only_for(metric.kind == MetricKind::Completion,
                 label,
                 "journey",
                 !metric.journey.empty(),
                 "completion");
        check_metric_numbers(metric, label);
    }

    void only_for(bool fits, const std::string& label, std::string_view key, bool given,
                  std::string_view kinds) {
        if (given && !fits) {
            draft_.error(
                label, key, fmt::format("{} is for metrics of kind {}; leave it out", key, kinds));
        }
    }

    void check_metric_numbers(const Metric& metric, const std::string& label) {
        const Scale scale = scale_of(metric);
        if (metric.kind == MetricKind::Nps && (scale.low != 0 || scale.high != 10)) {
            draft_.error(
                label, "scale", "nps counts answers from 0 to 10; name a scale with these ends");
        }
        if (metric.good_from) {
            within(label, "good_from", *metric.good_from, scale.low, scale.high);
        }
        if (!metric.target) {
            return;
        }
        switch (metric.kind) {
            case MetricKind::Nps: within(label, "target", *metric.target, -100, 100); break;
            case MetricKind::Mean:
                within(label, "target", *metric.target, scale.low, scale.high);
                break;
            case MetricKind::ContactRate: within(label, "target", *metric.target, 0, 1e15); break;
            case MetricKind::Ces:
                if (metric.ces == CesDefinition::Mean) {
                    within(label, "target", *metric.target, scale.low, scale.high);
                    break;
                }
                [[fallthrough]];
            default: within(label, "target", *metric.target, 0, 1); break;
        }
    }

    void within(const std::string& label, std::string_view key, double number, double least,
                double greatest) {
        if (number < least || number > greatest) {
            draft_.error(
                label,
                key,
                fmt::format(
                    "{} is {}; write a number from {} to {}", key, number, least, greatest));
        }
    }

    /// The declared or built-in scale; experience for a metric over all scales.
    Scale scale_of(const Metric& metric) const {
        for (const auto* scales : {&blueprint_.scales, &built_in_scales()}) {
            for (const Scale& each : *scales) {
                if (each.name == metric.scale) {
                    return each;
                }
            }
        }
        return {"", -3, 3, true};
    }

    void check_dimensions() {
        const auto& dimensions = blueprint_.dimensions;
        for (std::size_t i = 0; i < dimensions.size(); ++i) {
            const std::string label = label_of("dimension", dimensions[i].name);
            if (i == limits::dimensions_max) {
                draft_.error(label,
                             "",
                             fmt::format("there are {} dimensions; at most {} may be",
                                         dimensions.size(),
                                         limits::dimensions_max));
            }
            if (!is_word(dimensions[i].name)) {
                draft_.error(
                    label,
                    "",
                    "a dimension's name is one word: a letter, then letters, digits, \"_\" "
                    "or \"-\"; write what the files call it as key = \"...\"");
            } else if (is_reserved_word(dimensions[i].name)) {
                draft_.error(label,
                             "",
                             "this is a word of the question grammar; choose another name and "
                             "write what the files call it as key = \"...\"");
            }
        }
    }

    Draft& draft_;
    const Blueprint& blueprint_;
    Names channels_{"channel", not_declared};
    Names touchpoints_{"touchpoint", not_declared};
    Names journeys_{"journey", not_declared};
    Names promises_{"promise", not_declared};
    Names scales_{"scale", "is neither declared nor built in"};
    Names listed_stages_{"stage", not_declared};
    Names stages_{"stage", "neither the stages at the top nor any touchpoint name"};
};

}  // namespace

std::string label_of(std::string_view kind, std::string_view name) {
    return fmt::format("{} {}", kind, quote(name));
}

std::string stage_label(std::string_view journey, std::string_view stage) {
    return fmt::format("{}, stage {}", label_of("journey", journey), quote(stage));
}

void check_draft(Draft& draft) {
    Check(draft).run();
}

}  // namespace kokemus::blueprint
