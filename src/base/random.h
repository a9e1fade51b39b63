#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace kokemus {

/// Random numbers that are equal for a seed on every machine, compiler and library: xoshiro256++
/// (Blackman and Vigna 2019) and sampling of our own with only the exactly rounded operations + - *
/// / sqrt.
///
/// Thread safety: none; give each thread or customer a stream of its own (`Random(seed, stream)`).
class Random {
public:
    using result_type = std::uint64_t;

    /// Streams of one seed are independent of each other.
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

    /// The stream of a purpose ("bootstrap", 17): what one purpose draws changes nothing for
    /// another, whatever is added later.
    static Random named(std::uint64_t seed, std::string_view purpose, std::uint64_t index = 0);

    /// 64 even bits. With min() and max() this is a UniformRandomBitGenerator, but `std::shuffle`
    /// and the distributions of std differ between libraries: prefer the members below.
    std::uint64_t next() {
        const std::uint64_t result = rotate(state_[0] + state_[3], 23) + state_[0];
        const std::uint64_t shifted = state_[1] << 17U;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = rotate(state_[3], 45);
        return result;
    }

    std::uint64_t operator()() { return next(); }
    static constexpr std::uint64_t min() { return 0; }
    static constexpr std::uint64_t max() { return UINT64_MAX; }

    /// Even in [0, 1), a multiple of 2^-53.
    double uniform() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

    /// Even in [from, to).
    double uniform(double from, double to) { return from + (to - from) * uniform(); }

    /// Even among 0 .. count-1, without bias (Lemire 2019). `count` > 0.
    std::uint64_t below(std::uint64_t count);

    /// True with probability `share`.
    bool chance(double share) { return uniform() < share; }

    /// By Marsaglia's polar method. `deviation` >= 0.
    double normal(double mean = 0, double deviation = 1);

    /// With the given mean > 0.
    double exponential(double mean);

    /// Exactly distributed for any mean from 0 to 1e9: by waiting times below 10, by Hörmann's PTRS
    /// (1993) above.
    std::uint64_t poisson(double mean);

    /// How many of `trials` (up to 1e9) succeed when each does with probability `share` in [0, 1].
    /// Exactly distributed: by waiting times when few succeed or few fail, else by Hörmann's BTRS
    /// (1993).
    std::uint64_t binomial(std::uint64_t trials, double share);

private:
    static std::uint64_t rotate(std::uint64_t bits, unsigned by) {
        return (bits << by) | (bits >> (64U - by));
    }

    std::uint64_t poisson_by_rejection(double mean);
    std::uint64_t binomial_by_rejection(double trials, double share);

    std::array<std::uint64_t, 4> state_{};
};

}  // namespace kokemus
