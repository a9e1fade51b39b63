#include "answer/path_text.h"

#include <algorithm>

#include "base/text.h"

namespace kokemus::answer {

std::uint64_t left_out_of(const question::EpisodeRow& row) {
    return row.encounters - std::min<std::uint64_t>(row.encounters, row.path.size());
}

std::string path_text(const std::vector<std::string>& path, std::uint64_t left_out,
                      std::string_view between) {
    std::string text;
    for (const std::string& step : path) {
        text += text.empty() ? "" : between;
        text += step;
    }
    if (left_out > 0) {
        text += text.empty() ? "" : between;
        text += "(" + thousands(static_cast<std::int64_t>(left_out)) + " more)";
    }
    return text;
}

}  // namespace kokemus::answer
