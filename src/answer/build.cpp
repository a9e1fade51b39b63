#include "answer/build.h"

namespace kokemus::answer {

Value Headline::value(double confidence) const {
    if (const auto* moments = std::get_if<stats::Moments>(&counted)) {
        return metric::experience(*moments, confidence);
    }
    const Part& share = std::get<Part>(counted);
    return metric::share(share.part, share.n, "share 1", confidence);
}

std::size_t rows_of(const question::Question& question) {
    if (question.limit > 0) {
        return question.limit;
    }
    switch (question.kind) {
        case question::Kind::Variants: return 20;
        case question::Kind::Foresight:
        case question::Kind::Episodes: return 50;
        default: return 500;
    }
}

Seconds seconds_of(const stats::LogHistogram& milliseconds, double seconds_sum) {
    Seconds seconds;
    seconds.n = milliseconds.count();
    if (seconds.n > 0) {
        seconds.mean = seconds_sum / static_cast<double>(seconds.n);
        seconds.median = milliseconds.quantile(0.5) / 1000;
        seconds.p90 = milliseconds.quantile(0.9) / 1000;
    }
    return seconds;
}

std::optional<double> share_of_all(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) {
        return std::nullopt;
    }
    return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace kokemus::answer
