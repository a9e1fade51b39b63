#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "measure/durations.h"

namespace kokemus::measure {

/// Measures on their way to Prometheus: families, each begun with its name and what it says, and
/// their values. Names and labels are ours to choose: base units (seconds, bytes), `_total` for
/// what only rises, and labels of which there are few values, never anything of a customer.
class Exposition {
public:
    using Labels = std::vector<std::pair<std::string_view, std::string>>;

    Exposition();
    ~Exposition();
    Exposition(const Exposition&) = delete;
    Exposition& operator=(const Exposition&) = delete;

    /// Each begins a family; its values follow.
    Exposition& counter(std::string_view name, std::string_view help);
    Exposition& gauge(std::string_view name, std::string_view help);
    Exposition& histogram(std::string_view name, std::string_view help);

    /// A value of the counter or gauge begun last.
    Exposition& value(double value, const Labels& labels = {});

    /// One of the histogram begun last.
    Exposition& durations(const Durations::State& state, const Labels& labels = {});

    /// The text format of Prometheus, version 0.0.4. A family without values is left out.
    std::string text() const;

    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace kokemus::measure
