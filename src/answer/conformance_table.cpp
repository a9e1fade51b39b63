#include <fmt/format.h>

#include "answer/body_writers.h"
#include "answer/number_text.h"
#include "answer/safe_text.h"
#include "base/text.h"

namespace kokemus::answer {
namespace {

std::string words_of(question::Deviation deviation) {
    switch (deviation) {
        case question::Deviation::LeftOut: return "left out";
        case question::Deviation::PutIn: return "put in";
        case question::Deviation::Moved: return "at another place";
        case question::Deviation::Any: break;
    }
    return "";
}

}  // namespace

std::string table_of(const Conformance& conformance, Colour colour) {
    std::string path;
    for (const std::string& touchpoint : conformance.path) {
        path += (path.empty() ? "" : " \u2192 ") + touchpoint;
    }
    std::string text = fmt::format("designed: {}\nfitness: {}\non the path: {}\n",
                                   safe_line(path),
                                   value_text(conformance.fitness),
                                   value_text(conformance.on_path));
    text += fmt::format("experience on the path: {}; off it: {}\n",
                        value_text(conformance.experience_on_path),
                        value_text(conformance.experience_off_path));
    if (conformance.open > 0) {
        text += fmt::format("not held against it: {} still open\n",
                            count_of(conformance.open, "episode", "episodes"));
    }
    if (conformance.rare > 0) {
        text += fmt::format("not looked at: {} of the rarest courses\n",
                            count_of(conformance.rare, "episode", "episodes"));
    }
    Grid grid{{{"deviation"},
               {"touchpoint"},
               {"episodes", Align::Right},
               {"share"},
               {"experience"},
               {"of the others"},
               {"difference"},
               {""}},
              {}};
    for (const DeviationRow& row : conformance.deviations) {
        grid.rows.push_back({words_of(row.deviation),
                             row.touchpoint,
                             count_text(row.episodes),
                             value_text(row.share),
                             value_text(row.experience),
                             value_text(row.others),
                             row.difference ? change_text(*row.difference) : "",
                             row.beyond_chance() ? "beyond chance" : ""});
    }
    text += "\n" + draw(grid, colour);
    if (conformance.other_deviations > 0) {
        text += fmt::format("and {} rarer deviations\n", count_text(conformance.other_deviations));
    }
    return text;
}

}  // namespace kokemus::answer
