#include "ledger/start_seed.h"

#include <unistd.h>

namespace kokemus::ledger {

std::uint64_t start_seed() {
    static const std::uint64_t seed = [] {
        std::uint64_t made = 0;
        // Without entropy it is 0: texts could be made to collide, which costs time, nothing worse.
        return ::getentropy(&made, sizeof(made)) == 0 ? made : std::uint64_t{0};
    }();
    return seed;
}

}  // namespace kokemus::ledger
