#include <sys/stat.h>

#include "app/command.h"

namespace {

/// What this program writes is of people: it is for its user alone, unless a service's own mask
/// keeps all others out already and lets a group in.
void keep_others_out() {
    constexpr mode_t others = 07;
    const mode_t asked = ::umask(077);
    if ((asked & others) == others) {
        ::umask(asked);
    }
}

}  // namespace

int main(int argc, char** argv) {
    keep_others_out();
    return kokemus::app::run(argc, argv);
}
