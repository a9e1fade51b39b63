#include "account/person_cache.h"

#include <gtest/gtest.h>

#include "account/bounds.h"

namespace kokemus::account {
namespace {

const Instant noon{std::chrono::hours(24 * 20'000 + 12)};

Person anna() {
    Person person;
    person.user = "anna";
    return person;
}

TEST(PersonCache, KnowsForAMomentAndNotLonger) {
    PersonCache cache;
    EXPECT_FALSE(cache.find("d", noon));
    cache.keep("d", anna(), noon, cache.changes());
    EXPECT_EQ(cache.find("d", noon)->user, "anna");
    EXPECT_FALSE(cache.find("other", noon));
    EXPECT_TRUE(cache.find("d", noon + bounds::person_known_for - Milliseconds(1)));
    EXPECT_FALSE(cache.find("d", noon + bounds::person_known_for));
    EXPECT_FALSE(cache.find("d", noon - Milliseconds(1))) << "a clock set back";
}

TEST(PersonCache, ForgetsAllAtAChangeAlsoWhatWasReadBeforeIt) {
    PersonCache cache;
    const std::uint64_t before = cache.changes();
    cache.keep("d", anna(), noon, before);
    cache.forget();
    EXPECT_FALSE(cache.find("d", noon));
    cache.keep("d", anna(), noon, before);
    EXPECT_FALSE(cache.find("d", noon)) << "it was read before the change";
    cache.keep("d", anna(), noon, cache.changes());
    EXPECT_TRUE(cache.find("d", noon));
}

TEST(PersonCache, IsBounded) {
    PersonCache cache;
    for (std::size_t i = 0; i <= bounds::persons_known_max; ++i) {
        cache.keep(std::to_string(i), anna(), noon, cache.changes());
    }
    EXPECT_FALSE(cache.find("0", noon));
    EXPECT_TRUE(cache.find(std::to_string(bounds::persons_known_max), noon));
}

}  // namespace
}  // namespace kokemus::account
