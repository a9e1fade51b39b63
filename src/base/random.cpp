#include "base/random.h"

#include <cmath>

#include "base/check.h"
#include "base/hash.h"

namespace kokemus {

namespace {

/// SplitMix64 (Steele, Lea, Flood 2014): spreads a seed over the state of a larger generator.
std::uint64_t split_mix(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31U);
}

constexpr double log_2 = 0.693147180559945309417232121458;

/// The natural logarithm of a positive number. Own, because the last bit of std::log differs
/// between C libraries. x = m * 2^e with m in [sqrt(1/2), sqrt(2)), and log m = 2 atanh((m - 1) /
/// (m + 1)) by its series: the argument is at most 0.172 in size, so 12 terms reach double
/// precision.
double natural_log(double x) {
    int exponent = 0;
    double mantissa = std::frexp(x, &exponent);
    if (mantissa < 0.70710678118654752440) {
        mantissa *= 2;
        --exponent;
    }
    const double ratio = (mantissa - 1) / (mantissa + 1);
    const double square = ratio * ratio;
    double sum = 0;
    for (int term = 23; term >= 1; term -= 2) {
        sum = sum * square + 1.0 / term;
    }
    return 2 * ratio * sum + exponent * log_2;
}

/// log(k!) by Stirling's series, shifted up by the recurrence so that four terms reach 1e-12.
double log_factorial(double k) {
    double shift = 0;
    double x = k + 1;
    while (x < 16) {
        shift += natural_log(x);
        x += 1;
    }
    const double inverse = 1 / x;
    const double square = inverse * inverse;
    const double series =
        inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    constexpr double half_log_two_pi = 0.918938533204672741780329736406;
    return (x - 0.5) * natural_log(x) - x + half_log_two_pi + series - shift;
}

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream) {
    // The stream is mixed before it meets the seed, so that (1, 2) and (2, 1) do not share a state.
    std::uint64_t mixed_stream = stream;
    std::uint64_t state = seed ^ split_mix(mixed_stream);
    for (std::uint64_t& word : state_) {
        word = split_mix(state);
    }
}

Random Random::named(std::uint64_t seed, std::string_view purpose, std::uint64_t index) {
    return Random(seed, hash64(purpose, index));
}

std::uint64_t Random::below(std::uint64_t count) {
    CHECK(count > 0);
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(next()) * count;
    auto low = static_cast<std::uint64_t>(product);
    if (low < count) {
        const std::uint64_t threshold = (0 - count) % count;
        while (low < threshold) {
            product = static_cast<Wide>(next()) * count;
            low = static_cast<std::uint64_t>(product);
        }
    }
    return static_cast<std::uint64_t>(product >> 64U);
}

double Random::normal(double mean, double deviation) {
    CHECK(deviation >= 0);
    // The second value of the pair is thrown away: a kept one would make the object's state harder
    // to reason about.
    while (true) {
        const double x = uniform(-1, 1);
        const double y = uniform(-1, 1);
        const double square = x * x + y * y;
        if (square > 0 && square < 1) {
            return mean + deviation * x * std::sqrt(-2 * natural_log(square) / square);
        }
    }
}

double Random::exponential(double mean) {
    CHECK(mean > 0);
    return -mean * natural_log(1 - uniform());
}

std::uint64_t Random::poisson(double mean) {
    CHECK(mean >= 0 && mean <= 1e9);
    if (mean >= 10) {
        return poisson_by_rejection(mean);
    }
    std::uint64_t arrivals = 0;
    double time = exponential(1);
    while (time < mean) {
        ++arrivals;
        time += exponential(1);
    }
    return arrivals;
}

/// W. Hörmann, The transformed rejection method for generating Poisson random variables (1993),
/// algorithm PTRS.
std::uint64_t Random::poisson_by_rejection(double mean) {
    // Step 0: the constants of the hat function.
    const double log_mean = natural_log(mean);
    const double b = 0.931 + 2.53 * std::sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double v_r = 0.9277 - 3.6224 / (b - 2);
    while (true) {
        // Step 1: a candidate k.
        const double u = uniform() - 0.5;
        const double v = 1 - uniform();
        const double u_s = 0.5 - std::fabs(u);
        const double k = std::floor((2 * a / u_s + b) * u + mean + 0.43);
        // Step 2: accept at once in the squeeze.
        if (u_s >= 0.07 && v <= v_r) {
            return static_cast<std::uint64_t>(k);
        }
        // Step 3: refuse what cannot be.
        if (k < 0 || (u_s < 0.013 && v > u_s)) {
            continue;
        }
        // Step 4: the exact test.
        const double left = natural_log(v * inverse_alpha / (a / (u_s * u_s) + b));
        if (left <= k * log_mean - mean - log_factorial(k)) {
            return static_cast<std::uint64_t>(k);
        }
    }
}

std::uint64_t Random::binomial(std::uint64_t trials, double share) {
    CHECK(trials <= 1'000'000'000 && share >= 0 && share <= 1);
    if (share > 0.5) {
        return trials - binomial(trials, 1 - share);
    }
    const auto n = static_cast<double>(trials);
    if (n * share >= 10) {
        return binomial_by_rejection(n, share);
    }
    // Devroye, Non-Uniform Random Variate Generation (1986), X.4.2: the i-th of n waiting times
    // that are still running ends after exponential(1 / (n - i)).
    const double end = -natural_log(1 - share);
    std::uint64_t successes = 0;
    double time = 0;
    while (successes < trials) {
        time += exponential(1) / static_cast<double>(trials - successes);
        if (time > end) {
            break;
        }
        ++successes;
    }
    return successes;
}

/// W. Hörmann, The generation of binomial random variates (1993), algorithm BTRS.
std::uint64_t Random::binomial_by_rejection(double trials, double share) {
    // Step 0: the constants of the hat function, and the mode.
    const double spread = std::sqrt(trials * share * (1 - share));
    const double b = 1.15 + 2.53 * spread;
    const double a = -0.0873 + 0.0248 * b + 0.01 * share;
    const double centre = trials * share + 0.5;
    const double v_r = 0.92 - 4.2 / b;
    const double alpha = (2.83 + 5.1 / b) * spread;
    const double log_odds = natural_log(share / (1 - share));
    const double mode = std::floor((trials + 1) * share);
    const double height = log_factorial(mode) + log_factorial(trials - mode);
    while (true) {
        // Step 1: a candidate k, accepted at once in the squeeze.
        const double u = uniform() - 0.5;
        const double v = 1 - uniform();
        const double u_s = 0.5 - std::fabs(u);
        const double k = std::floor((2 * a / u_s + b) * u + centre);
        if (u_s >= 0.07 && v <= v_r) {
            return static_cast<std::uint64_t>(k);
        }
        // Step 2: refuse what cannot be (not a number, too, which u_s = 0 gives).
        if (!(k >= 0 && k <= trials)) {
            continue;
        }
        // Step 3: the exact test.
        const double left = natural_log(v * alpha / (a / (u_s * u_s) + b));
        const double right =
            height - log_factorial(k) - log_factorial(trials - k) + (k - mode) * log_odds;
        if (left <= right) {
            return static_cast<std::uint64_t>(k);
        }
    }
}

}  // namespace kokemus
