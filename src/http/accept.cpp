#include "http/accept.h"

#include <charconv>
#include <string>

#include "base/text.h"

namespace kokemus::http {

namespace {

/// Cuts off what stands before `mark`, and the mark.
std::string_view cut(std::string_view& text, char mark) {
    const std::size_t end = text.find(mark);
    const std::string_view part = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return trim(part);
}

/// 0..1; what is no number is 0, so that a broken header gets the plain answer.
double quality_of(std::string_view parameters) {
    while (!parameters.empty()) {
        std::string_view parameter = cut(parameters, ';');
        const std::string name = lower(cut(parameter, '='));
        if (name == "q") {
            double quality = 0;
            std::from_chars(parameter.data(), parameter.data() + parameter.size(), quality);
            return quality > 0 && quality <= 1 ? quality : 0;
        }
    }
    return 1;
}

/// How well the range fits: 0 not at all, 3 exactly.
int fit(std::string_view range, std::string_view offered) {
    if (range == offered) {
        return 3;
    }
    const std::size_t slash = range.find('/');
    if (range == "*" || range == "*/*") {
        return 1;
    }
    return slash != std::string_view::npos && range.substr(slash) == "/*" &&
                   offered.substr(0, slash + 1) == range.substr(0, slash + 1)
               ? 2
               : 0;
}

double quality_of(std::string_view header, std::string_view offered) {
    offered = offered.substr(0, offered.find(';'));
    int best_fit = 0;
    double quality = 0;
    while (!header.empty()) {
        std::string_view entry = cut(header, ',');
        const std::string range = lower(cut(entry, ';'));
        if (const int fits = fit(range, offered); fits > best_fit) {
            best_fit = fits;
            quality = quality_of(entry);
        }
    }
    return quality;
}

}  // namespace

std::optional<std::size_t> best_of(std::string_view header,
                                   std::span<const std::string_view> offered) {
    std::optional<std::size_t> best;
    double best_quality = 0;
    for (std::size_t i = 0; i < offered.size(); ++i) {
        if (const double quality = quality_of(header, offered[i]); quality > best_quality) {
            best_quality = quality;
            best = i;
        }
    }
    return best;
}

}  // namespace kokemus::http
