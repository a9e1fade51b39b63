#include "answer/overview_finding.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "answer/overview.h"

namespace kokemus::answer {

namespace {

double gap(const JourneyStanding& standing) {
    return *standing.intended - standing.experience.is.estimate;
}

/// Journeys that fall short, the widest gap first.
std::vector<const JourneyStanding*> short_of_design(const Overview& overview) {
    std::vector<const JourneyStanding*> journeys;
    for (const JourneyStanding& standing : overview.journeys) {
        if (standing.falls_short()) {
            journeys.push_back(&standing);
        }
    }
    std::stable_sort(journeys.begin(), journeys.end(), [](const auto* a, const auto* b) {
        return gap(*a) > gap(*b);
    });
    return journeys;
}

std::size_t with_intention(const Overview& overview) {
    return static_cast<std::size_t>(std::count_if(
        overview.journeys.begin(), overview.journeys.end(), [](const JourneyStanding& standing) {
            return standing.intended && standing.experience.enough();
        }));
}

std::string in_words(std::uint64_t number) {
    constexpr std::string_view words[] = {
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    return number < std::size(words) ? std::string(words[number]) : std::to_string(number);
}

/// "Four of seven journeys fall", "Both journeys fall", "All six journeys fall"
std::string who_falls(std::uint64_t journeys, std::uint64_t of) {
    if (journeys == of) {
        return of == 2 ? "Both journeys fall" : fmt::format("All {} journeys fall", in_words(of));
    }
    std::string words = fmt::format(
        "{} of {} journeys {}", in_words(journeys), in_words(of), journeys == 1 ? "falls" : "fall");
    words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    return words;
}

Finding falls_short(const std::vector<const JourneyStanding*>& journeys, std::uint64_t of) {
    const JourneyStanding& worst = *journeys.front();
    Finding finding;
    finding.id = "overview.falls_short";
    finding.values = {{"journeys", std::uint64_t{journeys.size()}},
                      {"of", of},
                      {"worst", worst.journey->name},
                      {"gap", gap(worst)}};
    const std::string size =
        fmt::format("{} is furthest from it, {:.1f} below", worst.journey->name, gap(worst));
    finding.text =
        fmt::format("{} short of what was designed; {}.", who_falls(journeys.size(), of), size);
    if (of == 1) {
        finding.text = fmt::format(
            "{} falls short of what was designed, by {:.1f}.", worst.journey->name, gap(worst));
    }
    return finding;
}

Finding promises_break(const Overview& overview) {
    const PromiseRow* worst = nullptr;
    for (const PromiseRow& row : overview.promises.rows) {
        const bool short_of_target = row.kept_rate.enough() && row.standing.target &&
                                     row.kept_rate.is.interval.high < *row.standing.target;
        if (short_of_target &&
            (worst == nullptr || row.kept_rate.is.estimate < worst->kept_rate.is.estimate)) {
            worst = &row;
        }
    }
    Finding finding;
    if (worst == nullptr) {
        finding.id = "overview.as_designed";
        finding.text = "Nothing falls short of what was designed beyond chance.";
        return finding;
    }
    finding.id = "overview.promise_breaks";
    finding.values = {{"promise", worst->standing.promise},
                      {"kept", worst->kept_rate.is.estimate},
                      {"target", *worst->standing.target}};
    finding.text =
        fmt::format("The promise {} is kept {:.0f} times in a hundred; {:.0f} were intended.",
                    worst->standing.promise,
                    100 * worst->kept_rate.is.estimate,
                    100 * *worst->standing.target);
    return finding;
}

}  // namespace

Finding find(const Overview& overview) {
    if (overview.population.encounters == 0) {
        return Finding{"nothing", {}, "No encounter matches."};
    }
    const auto journeys = short_of_design(overview);
    return journeys.empty() ? promises_break(overview)
                            : falls_short(journeys, std::uint64_t{with_intention(overview)});
}

}  // namespace kokemus::answer
