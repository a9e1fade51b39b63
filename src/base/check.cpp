#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace kokemus {

void check_failed(std::string_view condition, const char* file, int line) {
    std::fprintf(stderr,
                 "kokemus: internal fault: %.*s does not hold at %s:%d\n",
                 static_cast<int>(condition.size()),
                 condition.data(),
                 file,
                 line);
    std::abort();
}

}  // namespace kokemus
