#pragma once

#include "base/test_setting.h"

namespace kokemus::timeline {

#if defined(__x86_64__)
/// What every x86-64 server since 2022 and many before have: vectors of 512 bits, and words of bits
/// counted, searched and packed by one instruction. KOKEMUS_TEST_NARROW_VECTORS=1 does as if this
/// machine had not, so that what runs elsewhere is tested here.
#define KOKEMUS_FULL_WIDTH \
    "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,popcnt"

inline bool has_full_width() {
    static const bool has =
        test_setting("NARROW_VECTORS", 0) == 0 && __builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi") &&
        __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    return has;
}

template <typename Work>
[[gnu::target(KOKEMUS_FULL_WIDTH), gnu::flatten, gnu::noinline]] void run_at_full_width(
    const Work& work) {
    work();
}
#endif

/// Does `work()`, a plain loop in a function that calls little else, with all that this processor
/// can: the compiler makes one more of it, for those with vectors of 512 bits. Equal results with
/// and without; without, a flow costs a sixth more. The call costs 2 ns.
template <typename Work>
void at_full_width(const Work& work) {
#if defined(__x86_64__)
    if (has_full_width()) {
        run_at_full_width(work);
        return;
    }
#endif
    work();
}

}  // namespace kokemus::timeline
