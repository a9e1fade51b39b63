#include "stats/effective_answers.h"

#include <limits>

namespace kokemus::stats {

double effective_answers(double answered, double correlation) {
    if (!(answered > 0)) {
        return 0;
    }
    if (answered >= 1 || correlation == 0) {
        return std::numeric_limits<double>::infinity();
    }
    return answered / (1 - answered) / (correlation * correlation);
}

}  // namespace kokemus::stats
