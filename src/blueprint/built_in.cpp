#include "blueprint/built_in.h"

#include <algorithm>

namespace kokemus::blueprint {
namespace {

template <typename Declared>
void append_missing(std::vector<Declared>& declared, const std::vector<Declared>& built_in) {
    for (const Declared& each : built_in) {
        if (std::ranges::find(declared, each.name, &Declared::name) == declared.end()) {
            declared.push_back(each);
        }
    }
}

/// The shortest start of `whole` that appending makes whole again; `whole` itself if none does.
template <typename Declared>
std::vector<Declared> shortest_start(const std::vector<Declared>& whole,
                                     const std::vector<Declared>& built_in) {
    const std::size_t least = whole.size() - std::min(whole.size(), built_in.size());
    for (std::size_t count = least; count < whole.size(); ++count) {
        std::vector<Declared> start(whole.begin(),
                                    whole.begin() + static_cast<std::ptrdiff_t>(count));
        std::vector<Declared> again = start;
        append_missing(again, built_in);
        if (again == whole) {
            return start;
        }
    }
    return whole;
}

Metric metric(std::string name, MetricKind kind, std::string scale) {
    Metric made;
    made.name = std::move(name);
    made.kind = kind;
    made.scale = std::move(scale);
    made.high_is_good = kind != MetricKind::ContactRate;
    return made;
}

}  // namespace

const std::vector<Scale>& built_in_scales() {
    static const std::vector<Scale> scales = {{"nps", 0, 10, true},
                                              {"csat5", 1, 5, true},
                                              {"stars5", 1, 5, true},
                                              {"ces5", 1, 5, true},
                                              {"ces7", 1, 7, true}};
    return scales;
}

const std::vector<Metric>& built_in_metrics() {
    static const std::vector<Metric> metrics = {metric("nps", MetricKind::Nps, "nps"),
                                                metric("csat", MetricKind::Csat, "csat5"),
                                                metric("ces", MetricKind::Ces, "ces7"),
                                                metric("stars", MetricKind::Mean, "stars5"),
                                                metric("score", MetricKind::Mean, ""),
                                                metric("kept", MetricKind::Kept, ""),
                                                metric("contact_rate", MetricKind::ContactRate, ""),
                                                metric("completion", MetricKind::Completion, "")};
    return metrics;
}

Blueprint with_built_ins(Blueprint declared) {
    append_missing(declared.scales, built_in_scales());
    append_missing(declared.metrics, built_in_metrics());
    return declared;
}

Blueprint without_built_ins(Blueprint whole) {
    whole.scales = shortest_start(whole.scales, built_in_scales());
    whole.metrics = shortest_start(whole.metrics, built_in_metrics());
    return whole;
}

}  // namespace kokemus::blueprint
