#include "shape/deviation.h"

#include <algorithm>
#include <map>

namespace kokemus::shape {

std::vector<Deviation> deviations(const EditDistance& design, std::span<const Step> done) {
    if (design.deviations(done) == 0) {
        return {};
    }
    struct Times {
        std::size_t designed = 0, done = 0, in_place = 0;
    };
    std::map<Step, Times> of_steps;
    for (const Step step : design.designed()) {
        ++of_steps[step].designed;
    }
    // What is not designed is in nobody's place: the comparison can do without it.
    std::vector<Step> comparable;
    for (const Step step : done) {
        Times& times = of_steps[step];
        ++times.done;
        if (times.designed > 0) {
            comparable.push_back(step);
        }
    }
    for (const Move& move : design.moves(comparable)) {
        of_steps[move.step].in_place += move.kind == Move::Kind::Both ? 1 : 0;
    }
    std::vector<Deviation> found;
    for (const auto& [step, times] : of_steps) {
        if (times.done < times.designed) {
            found.push_back(Deviation{Deviation::Kind::LeftOut, step});
        }
        if (times.done > times.designed) {
            found.push_back(Deviation{Deviation::Kind::PutIn, step});
        }
        if (times.in_place < std::min(times.designed, times.done)) {
            found.push_back(Deviation{Deviation::Kind::Moved, step});
        }
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace kokemus::shape
