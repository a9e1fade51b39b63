#include "improve/registration_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "improve/bounds.h"
#include "improve/observe.h"
#include "metric/definition.h"
#include "question/field.h"
#include "question/format.h"
#include "question/parse.h"

namespace kokemus::improve {

namespace {

class Faults {
public:
    void add(std::string_view member, std::string_view what) {
        text_ += fmt::format("{}{}: {}", text_.empty() ? "" : "\n", member, what);
    }

    void check(bool holds, std::string_view member, std::string_view what) {
        if (!holds) {
            add(member, what);
        }
    }

    Status status() const { return text_.empty() ? Status() : invalid_input(text_); }

private:
    std::string text_;
};

void check_text(Faults& faults, std::string_view member, const std::string& text,
                std::size_t bytes_max) {
    faults.check(text.size() <= bytes_max, member, fmt::format("at most {} bytes", bytes_max));
    faults.check(is_valid_utf8(text), member, "is not UTF-8");
}

void check_texts(Faults& faults, const Registration& is) {
    faults.check(!trim(is.name).empty(), "name", "say what it is called");
    faults.check(!trim(is.change).empty(), "change", "say what is changed");
    faults.check(!is.metric.empty(), "metric", "say which metric shall move");
    check_text(faults, "name", is.name, bounds::name_bytes_max);
    check_text(faults, "owner", is.owner, bounds::name_bytes_max);
    check_text(faults, "change", is.change, bounds::text_bytes_max);
    check_text(faults, "hypothesis", is.hypothesis, bounds::text_bytes_max);
    check_text(faults, "population", is.population, bounds::filter_bytes_max);
    check_text(faults, "comparison", is.comparison, bounds::filter_bytes_max);
    if (is.from_driver) {
        check_text(faults, "from_driver", is.from_driver->question, bounds::text_bytes_max);
        check_text(faults, "from_driver", is.from_driver->factor, bounds::text_bytes_max);
    }
}

void check_numbers(Faults& faults, const Registration& is) {
    faults.check(std::isfinite(is.expected) && is.expected != 0,
                 "expected",
                 "say by how much the metric shall move, in its unit, with a sign");
    faults.check(std::isfinite(is.worthwhile) && is.worthwhile * is.expected >= 0 &&
                     std::abs(is.worthwhile) <= std::abs(is.expected),
                 "worthwhile",
                 "the least change that is worth it lies between 0 and what is expected");
    faults.check(is.alpha >= 0.001 && is.alpha <= 0.2, "alpha", "from 0.001 to 0.2");
    faults.check(is.power >= 0.5 && is.power <= 0.99, "power", "from 0.5 to 0.99");
    faults.check(is.share >= 0.05 && is.share <= 0.95, "share", "from 0.05 to 0.95");
}

void check_times(Faults& faults, const Registration& is) {
    faults.check(is.start != Instant{}, "start", "say when it starts");
    faults.check(is.until >= is.start + std::chrono::days(1),
                 "until",
                 "say until when it is looked at: a day after the start or later");
    faults.check(is.until - is.start <= std::chrono::weeks(bounds::weeks_after_max),
                 "until",
                 fmt::format("at most {} weeks after the start", bounds::weeks_after_max));
}

void check_units(Faults& faults, const Registration& is, const blueprint::Blueprint& blueprint) {
    if (is.units.empty()) {
        faults.check(is.starts.empty(), "starts", "need `units`, the field whose values they name");
        return;
    }
    const auto field = question::find_field(is.units, blueprint);
    faults.check(
        field && !question::is_number(*field) && is.units != "customer" && is.units != "thread",
        "units",
        "name a field of words that are few: channel, department, employee, a dimension");
    faults.check(is.starts.size() <= bounds::units_max,
                 "starts",
                 fmt::format("at most {} units", bounds::units_max));
    const auto twice = std::adjacent_find(
        is.starts.begin(), is.starts.end(), [](const UnitStart& a, const UnitStart& b) {
            return a.unit == b.unit;
        });
    faults.check(twice == is.starts.end(), "starts", "a unit starts once");
}

/// Whether a filter names single customers or their threads anywhere.
struct NamesCustomers {
    bool in(const question::ConditionPtr& condition) const {
        return condition != nullptr && std::visit(*this, condition->is);
    }
    bool operator()(const question::TextCondition& is) const {
        return is.field.name == "customer" || is.field.name == "thread";
    }
    bool operator()(const question::Has& is) const { return in(is.inner); }
    bool operator()(const question::Not& is) const { return in(is.part); }
    bool operator()(const question::And& is) const { return any(is.parts); }
    bool operator()(const question::Or& is) const { return any(is.parts); }
    template <typename Other>
    bool operator()(const Other& /*is*/) const {
        return false;
    }

private:
    bool any(const std::vector<question::ConditionPtr>& parts) const {
        return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return in(part); });
    }
};

std::string per_of(const question::Question& question) {
    switch (question.per.kind) {
        case question::UnitKind::Customer: return "customer";
        case question::UnitKind::Thread: return "thread";
        case question::UnitKind::Journey: return question.per.journey;
    }
    return {};
}

/// Reads both filters and spells them; what cannot be read is a fault.
void resolve(Faults& faults, Registration& is, const blueprint::Blueprint& blueprint) {
    auto parsed = metric_question(is, "", blueprint);
    if (!parsed) {
        faults.add("metric", parsed.error().message);
        return;
    }
    is.per = per_of(*parsed);
    const metric::Definition definition = metric::define(*blueprint.metric(is.metric), blueprint);
    is.metric_version = definition.version;
    faults.check(
        (is.expected > 0) == definition.high_is_good(),
        "expected",
        fmt::format("{} is better when it is {}",
                    is.metric,
                    definition.high_is_good() ? "high: expect a rise" : "low: expect a fall"));
    for (auto [member, filter] :
         {std::pair{"population", &is.population}, std::pair{"comparison", &is.comparison}}) {
        auto condition = question::parse_condition(*filter, blueprint);
        auto whole = metric_question(is, *filter, blueprint);
        if (!condition || !whole) {
            faults.add(member, condition ? whole.error().message : condition.error().message);
        } else {
            faults.check(!NamesCustomers().in(*condition),
                         member,
                         "names single customers; the record is kept for good, so that nobody "
                         "named in it could be erased");
            *filter = question::format(*condition);
        }
    }
    faults.check(is.comparison.empty() || is.comparison != is.population,
                 "comparison",
                 "is the population itself");
}

}  // namespace

Result<Registration> checked(Registration is, const blueprint::Blueprint& blueprint) {
    std::sort(is.starts.begin(), is.starts.end(), [](const UnitStart& a, const UnitStart& b) {
        return a.unit < b.unit;
    });
    for (const UnitStart& unit : is.starts) {
        is.start = is.start == Instant{} ? unit.from : std::min(is.start, unit.from);
    }
    if (std::isfinite(is.worthwhile) && is.worthwhile > 0) {
        is.worthwhile *= is.direction();
    }
    Faults faults;
    check_texts(faults, is);
    check_numbers(faults, is);
    check_times(faults, is);
    check_units(faults, is, blueprint);
    if (!is.metric.empty()) {
        resolve(faults, is, blueprint);
    }
    TRY(faults.status());
    return is;
}

std::vector<std::string> differences(const Registration& before, const Registration& after) {
    std::vector<std::string> names;
    const auto look = [&](const char* name, const auto& member) {
        if (before.*member != after.*member) {
            names.emplace_back(name);
        }
    };
    look("name", &Registration::name);
    look("change", &Registration::change);
    look("hypothesis", &Registration::hypothesis);
    look("owner", &Registration::owner);
    look("metric", &Registration::metric);
    look("metric_version", &Registration::metric_version);
    look("per", &Registration::per);
    look("population", &Registration::population);
    look("comparison", &Registration::comparison);
    look("assignment", &Registration::assignment);
    look("share", &Registration::share);
    look("were_worst", &Registration::were_worst);
    look("units", &Registration::units);
    look("starts", &Registration::starts);
    look("start", &Registration::start);
    look("until", &Registration::until);
    look("expected", &Registration::expected);
    look("worthwhile", &Registration::worthwhile);
    look("proof", &Registration::proof);
    look("alpha", &Registration::alpha);
    look("power", &Registration::power);
    look("seed", &Registration::seed);
    look("design", &Registration::design);
    look("from_driver", &Registration::from_driver);
    return names;
}

bool may_change_after_start(const std::string& member) {
    static constexpr std::array<std::string_view, 3> may{"name", "owner", "until"};
    return std::find(may.begin(), may.end(), member) != may.end();
}

}  // namespace kokemus::improve
