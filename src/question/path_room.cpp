#include "question/path_room.h"

#include <algorithm>
#include <cstdint>

namespace kokemus::question {

std::size_t bytes_for_each(std::vector<std::size_t> wanted, std::size_t bytes_max) {
    std::ranges::sort(wanted);
    std::size_t left = bytes_max;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::size_t share = left / (wanted.size() - i);
        if (wanted[i] > share) {
            return share;
        }
        left -= wanted[i];
    }
    return SIZE_MAX;
}

}  // namespace kokemus::question
