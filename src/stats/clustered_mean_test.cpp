#include "stats/clustered_mean.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"
#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

constexpr Range scale{0, 10, 11};

struct Answers {
    Moments all;
    RatioSums by_customer;

    void add(const std::vector<double>& of_customer) {
        double sum = 0;
        for (const double each : of_customer) {
            all.add(each);
            sum += each;
        }
        by_customer.add(sum, static_cast<double>(of_customer.size()));
    }

    Estimate mean() const { return clustered_mean(all, by_customer, scale); }
};

TEST(ClusteredMean, NoneAndOneCustomerSayNothing) {
    EXPECT_FALSE(Answers().mean().enough);
    EXPECT_EQ(effective_answers_by_customer(Moments(), RatioSums()), 0.0);
    Answers one;
    one.add({3, 4, 5, 9});
    EXPECT_FALSE(one.mean().enough);
    EXPECT_EQ(one.mean().interval.high, 10.0);
}

TEST(ClusteredMean, AllAlikeIsNotCertain) {
    Answers same;
    same.add({10, 10, 10});
    same.add({10, 10, 10, 10});
    same.add({10});
    const Estimate estimate = same.mean();
    EXPECT_TRUE(estimate.enough);
    EXPECT_EQ(estimate.n, 8U);
    EXPECT_EQ(estimate.interval.high, 10.0);
    // As three answers, not as eight.
    Moments three;
    for (int i = 0; i < 3; ++i) {
        three.add(10);
    }
    EXPECT_NEAR(estimate.interval.low, mean_estimate(three, scale).interval.low, 1e-9);
}

TEST(ClusteredMean, OneAnswerEachIsThePlainMean) {
    Answers each;
    for (int i = 0; i < 40; ++i) {
        each.add({3.0 + i % 3});
    }
    const Interval plain = mean_estimate(each.all, scale).interval;
    EXPECT_NEAR(each.mean().interval.low, plain.low, 1e-9);
    EXPECT_NEAR(each.mean().interval.high, plain.high, 1e-9);
    EXPECT_EQ(each.mean().method, "t-customers");
}

/// Customer i of 40 answers 1 + i mod 5 times; see the script.
template <typename Answer>
Answers of_forty(Answer answer) {
    Answers answers;
    for (int i = 0; i < 40; ++i) {
        std::vector<double> of_customer;
        for (int j = 0; j <= i % 5; ++j) {
            of_customer.push_back(answer(i, j));
        }
        answers.add(of_customer);
    }
    return answers;
}

double error_of(const Answers& answers) {
    const Interval interval = answers.mean().interval;
    return (interval.high - interval.low) / 2 / two_sided_t(.95, 39);
}

TEST(ClusteredMean, AgreesWithR) {
    const Oracle oracle("drivers.csv");
    const Answers answers = of_forty([](int i, int j) { return (i * 7 + j * j) % 11; });
    EXPECT_NEAR(answers.mean().estimate, oracle["often.mean"], 1e-9);
    EXPECT_NEAR(error_of(answers), oracle["often.error"], 1e-9);
    // They differ within a customer more than between customers, and still are 120 answers only.
    EXPECT_GT(oracle["often.effective"], 120);
    EXPECT_EQ(effective_answers_by_customer(answers.all, answers.by_customer), 120.0);
}

TEST(ClusteredMean, AgreesWithRWhereEachCustomerHasAMood) {
    const Oracle oracle("drivers.csv");
    const Answers answers = of_forty([](int i, int j) { return i * 7 % 9 + j % 3; });
    EXPECT_NEAR(error_of(answers), oracle["mood.error"], 1e-9);
    EXPECT_NEAR(effective_answers_by_customer(answers.all, answers.by_customer),
                oracle["mood.effective"],
                1e-7);
}

TEST(ClusteredMean, HoldsTheTruthWhereThePlainMeanClaimsTooMuch) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        Random random(seed);
        int held = 0;
        int plain_held = 0;
        constexpr int rounds = 1500;
        for (int round = 0; round < rounds; ++round) {
            Answers answers;
            for (int customer = 0; customer < 60; ++customer) {
                const double mood = random.normal(5, 1);
                std::vector<double> of_customer;
                for (std::uint64_t left = 1 + random.below(8); left > 0; --left) {
                    of_customer.push_back(random.normal(mood, .7));
                }
                answers.add(of_customer);
            }
            const Interval interval = answers.mean().interval;
            const Interval plain = mean_estimate(answers.all, scale).interval;
            held += interval.low <= 5 && 5 <= interval.high ? 1 : 0;
            plain_held += plain.low <= 5 && 5 <= plain.high ? 1 : 0;
        }
        EXPECT_NEAR(static_cast<double>(held) / rounds, .95, .022) << seed;
        EXPECT_LT(static_cast<double>(plain_held) / rounds, .90) << seed;
    }
}

}  // namespace
}  // namespace kokemus::stats
