#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "question/path_room.h"
#include "timeline/dictionary.h"

namespace kokemus::timeline {

/// The paths of an answer's rows, as much of them as it shows (question/path_room.h).
class ShownPaths {
public:
    /// Of the next row: the touchpoint of each of `steps` steps, `code_of(i)`. The dictionary must
    /// outlive this.
    template <typename CodeOf>
    void add(const Dictionary& touchpoints, std::size_t steps, const CodeOf& code_of) {
        Path path{&touchpoints, {}};
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < std::min(steps, question::path_steps_max); ++i) {
            path.steps.push_back(code_of(i));
            bytes += question::step_bytes(touchpoints.text(path.steps.back()));
        }
        bytes_.push_back(bytes);
        paths_.push_back(std::move(path));
    }

    /// The names of each row's first steps, in the order of the rows.
    std::vector<std::vector<std::string>> names() const {
        const std::size_t each = question::bytes_for_each(bytes_);
        std::vector<std::vector<std::string>> names(paths_.size());
        for (std::size_t i = 0; i < paths_.size(); ++i) {
            std::size_t left = each;
            for (const Code step : paths_[i].steps) {
                const std::string_view name = paths_[i].touchpoints->text(step);
                if (question::step_bytes(name) > left) {
                    break;
                }
                left -= question::step_bytes(name);
                names[i].emplace_back(name);
            }
        }
        return names;
    }

private:
    struct Path {
        const Dictionary* touchpoints;
        std::vector<Code> steps;
    };

    std::vector<Path> paths_;
    std::vector<std::size_t> bytes_;
};

}  // namespace kokemus::timeline
