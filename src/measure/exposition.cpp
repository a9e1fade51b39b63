#include "measure/exposition.h"

#include <limits>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include "base/check.h"

namespace kokemus::measure {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

struct Exposition::Families {
    std::vector<MetricFamily> list;

    void begin(std::string_view name, std::string_view help, MetricType type) {
        list.push_back(MetricFamily{std::string(name), std::string(help), type, {}});
    }

    MetricFamily& last() {
        CHECK(!list.empty());
        return list.back();
    }
};

namespace {

ClientMetric labelled(const Exposition::Labels& labels) {
    ClientMetric metric;
    for (const auto& [name, value] : labels) {
        metric.label.push_back({std::string(name), value});
    }
    return metric;
}

}  // namespace

Exposition::Exposition() : families_(std::make_unique<Families>()) {}
Exposition::~Exposition() = default;

Exposition& Exposition::counter(std::string_view name, std::string_view help) {
    families_->begin(name, help, MetricType::Counter);
    return *this;
}

Exposition& Exposition::gauge(std::string_view name, std::string_view help) {
    families_->begin(name, help, MetricType::Gauge);
    return *this;
}

Exposition& Exposition::histogram(std::string_view name, std::string_view help) {
    families_->begin(name, help, MetricType::Histogram);
    return *this;
}

Exposition& Exposition::value(double value, const Labels& labels) {
    ClientMetric metric = labelled(labels);
    metric.counter.value = value;
    metric.gauge.value = value;
    families_->last().metric.push_back(std::move(metric));
    return *this;
}

/// Buckets of the format count everything up to their end; the last one's end is infinite.
Exposition& Exposition::durations(const Durations::State& state, const Labels& labels) {
    ClientMetric metric = labelled(labels);
    std::uint64_t up_to = 0;
    for (std::size_t i = 0; i < state.counts.size(); ++i) {
        up_to += state.counts.at(i);
        metric.histogram.bucket.push_back({up_to,
                                           i < Durations::bounds_seconds.size()
                                               ? Durations::bounds_seconds.at(i)
                                               : std::numeric_limits<double>::infinity()});
    }
    metric.histogram.sample_count = up_to;
    metric.histogram.sample_sum = state.sum_seconds;
    families_->last().metric.push_back(std::move(metric));
    return *this;
}

std::string Exposition::text() const {
    std::vector<MetricFamily> there;
    for (const MetricFamily& family : families_->list) {
        if (!family.metric.empty()) {
            there.push_back(family);
        }
    }
    return prometheus::TextSerializer().Serialize(there);
}

}  // namespace kokemus::measure
