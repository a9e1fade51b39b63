#include "timeline/unit_table.h"

#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/parallel.h"
#include "question/parse.h"
#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::Factor;
using question::FactorOf;
using question::TableWish;
using question::UnitTable;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsNan;
using tiny::day;
using tiny::hour;
using tiny::Ledger;

/// Four channels, a promise "answer" made at asking and kept by a letter, a dimension of numbers.
blueprint::Blueprint blueprint() {
    auto blueprint = tiny::four_channels();
    blueprint::Promise answer;
    answer.name = "answer";
    answer.made = {"ask"};
    answer.kept = {"letter"};
    answer.within = std::chrono::hours(24);
    blueprint.promises = {answer};
    blueprint.dimensions = {{"speed", blueprint::DimensionSource::Properties, "speed"},
                            {"age", blueprint::DimensionSource::Traits, "age"}};
    blueprint::Metric nps;
    nps.name = "nps";
    nps.kind = blueprint::MetricKind::Nps;
    nps.scale = "nps";
    blueprint::Metric kept;
    kept.name = "kept";
    kept.kind = blueprint::MetricKind::Kept;
    blueprint::Metric contacts;
    contacts.name = "contacts";
    contacts.kind = blueprint::MetricKind::ContactRate;
    blueprint.metrics = {nps, kept, contacts};
    return blueprint;
}

/// The factors of a question, as somebody writes them.
std::vector<Factor> factors(const std::string& list) {
    const auto parsed = question::parse_factors(list, blueprint());
    EXPECT_TRUE(parsed.has_value()) << (parsed ? "" : parsed.error().message);
    return parsed ? *parsed : std::vector<Factor>{};
}

UnitTable table_of(const Ledger& ledger, const TableWish& wish, question::Unit per = {},
                   std::size_t parts = 1) {
    question::Question question;
    question.per = std::move(per);
    auto table = make_unit_table(*ledger.build(blueprint(), parts), question, wish);
    EXPECT_TRUE(table.has_value()) << (table ? "" : table.error().message);
    return table ? *table : UnitTable{};
}

/// What one customer's only unit is in each column.
std::vector<double> measured(const Ledger& ledger, const std::string& list) {
    const UnitTable table = table_of(ledger, TableWish{.columns = factors(list)});
    EXPECT_EQ(table.rows(), 1U);
    std::vector<double> row;
    for (const auto& column : table.columns) {
        row.push_back(column.numbers.empty() ? -1 : column.numbers.front());
    }
    return row;
}

TEST(UnitTable, OfNothingHasNoRows) {
    const UnitTable table = table_of(Ledger{}, TableWish{.columns = factors("encounters")});
    EXPECT_EQ(table.rows(), 0U);
    EXPECT_EQ(table.columns.size(), 1U);
    EXPECT_EQ(table.one_of, 1U);
}

TEST(UnitTable, CountsAndTimes) {
    Ledger ledger;
    ledger.add("a", 0, "look").duration_seconds = 90;
    ledger.add("a", 1 * hour, "ask").value = 2.5;
    ledger.add("a", 2 * hour, "call").duration_seconds = 30;
    ledger.add("a", 2 * day, "call").value = -1;
    EXPECT_THAT(measured(ledger,
                         "encounters, lasts, count 'call', count 'look' | 'ask', count 'nowhere', "
                         "duration, value"),
                ElementsAre(4, 48, 2, 2, 0, 2, 1.5));
    EXPECT_THAT(measured(ledger,
                         "wait 'look' -> 'call', wait 'call' -> 'call', wait 'call' -> 'look', "
                         "wait 'ask' | 'look' -> 'ask'"),
                ElementsAre(2, 46, IsNan(), 1));
    EXPECT_THAT(measured(ledger, "if (touches 'call'), if (encounters > 4), if (lasts >= 2d)"),
                ElementsAre(1, 0, 1));
}

TEST(UnitTable, SwitchesRepeatsAndWhoWasMet) {
    Ledger ledger;
    ledger.add("a", 0, "look");         // web
    ledger.add("a", 1 * hour, "call");  // phone, forced
    ledger.add("a", 2 * hour, "ask");   // bot: a switch, and contact about the bill again
    ledger.add("a", 2 * day, "call");   // a switch, not forced after so long; again
    ledger.add("a", 12 * day, "call");  // no switch, and too late to be again
    ledger.add("a", 12 * day, "move").employee = "Eve";  // another topic
    EXPECT_THAT(measured(ledger,
                         "switches, switches forced, repeats, repeats within 90m, repeats within "
                         "14d, distinct channel, distinct department, distinct employee"),
                ElementsAre(3, 1, 2, 1, 3, 3, 1, 1));
}

TEST(UnitTable, PromisesLateAndEarlyApart) {
    Ledger late;
    late.add("a", 0, "ask");
    late.add("a", 36 * hour, "letter");
    EXPECT_THAT(measured(late, "late 'answer', early 'answer', 'kept'"), ElementsAre(0.5, 0, 0));
    Ledger early;
    early.add("a", 0, "ask");
    early.add("a", 6 * hour, "letter");
    EXPECT_THAT(measured(early, "late 'answer', early 'answer', 'kept'"), ElementsAre(0, 0.75, 1));
    Ledger both;
    both.add("a", 0, "ask");
    both.add("a", 36 * hour, "letter");
    both.add("a", 40 * hour, "ask");
    both.add("a", 52 * hour, "letter");
    EXPECT_THAT(measured(both, "late 'answer', early 'answer', 'kept'"),
                ElementsAre(0.25, 0.25, 0.5));
    Ledger broken;
    broken.add("a", 0, "ask");
    broken.add("a", 9 * day, "look");
    EXPECT_THAT(measured(broken, "late 'answer', 'kept', if (promise 'answer' is broken)"),
                ElementsAre(IsNan(), 0, 1));
    Ledger open;
    open.add("a", 0, "ask");
    EXPECT_THAT(measured(open, "late 'answer', 'kept'"), ElementsAre(IsNan(), IsNan()));
}

TEST(UnitTable, AnswersAndNumbersInTexts) {
    Ledger ledger;
    const auto answer = [&](const std::string& touchpoint, double score, const char* scale) {
        auto& encounter = ledger.add("a", static_cast<std::int64_t>(score), touchpoint);
        encounter.score = score;
        encounter.scale = scale;
        return &encounter;
    };
    answer("look", 10, "nps")->properties = R"({"speed":"3"})";
    answer("call", 5, "nps")->properties = R"({"speed":"0"})";
    answer("call", 7, "ces7")->properties = R"({"speed":"fast"})";
    ledger.customers = {{encounter::CustomerName("a"), {{"age", "40"}}}};
    EXPECT_THAT(measured(ledger,
                         "mean nps, mean nps at 'call', mean nps at 'letter', mean ces7, "
                         "experience, number speed, number speed 0 missing, number age"),
                ElementsAre(7.5,
                            5,
                            IsNan(),
                            7,
                            DoubleNear(0, 1e-8),  // 3, 0 and -3
                            1.5,
                            3,
                            40));
}

TEST(UnitTable, CategoriesAreTextsInOrder) {
    Ledger ledger;
    ledger.add("a", 0, "look");
    ledger.add("a", 1, "call");
    ledger.add("b", 0, "call");
    ledger.add("c", 0, "nowhere");
    const UnitTable table = table_of(ledger, TableWish{.columns = factors("channel")});
    ASSERT_EQ(table.rows(), 3U);
    EXPECT_THAT(table.columns[0].texts, ElementsAre("", "phone", "web"));
    std::map<std::uint64_t, std::string> of_customer;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        of_customer[table.customers[row]] = table.columns[0].texts[table.columns[0].codes[row]];
    }
    EXPECT_EQ(of_customer[hash64("a")], "web") << "as the first encounter has it";
    EXPECT_EQ(of_customer[hash64("b")], "phone");
    EXPECT_EQ(of_customer[hash64("c")], "");
}

TEST(UnitTable, TheOutcomeEndsWhatIsMeasured) {
    Ledger ledger;
    ledger.add("a", 0, "look");
    auto& answered = ledger.add("a", 1 * hour, "call");
    answered.score = 3;
    answered.scale = "nps";
    ledger.add("a", 2 * hour, "call");
    ledger.add("a", 3 * hour, "letter");
    ledger.add("b", 0, "call");  // never answered: no row
    TableWish wish{.columns = factors("count 'call', encounters, lasts, if (touches 'letter')")};
    wish.columns.push_back(question::parse_outcome("nps", blueprint()).value());
    wish.outcome = 4;
    const UnitTable table = table_of(ledger, wish);
    ASSERT_EQ(table.rows(), 1U);
    EXPECT_EQ(table.customers[0], hash64("a"));
    EXPECT_EQ(table.with_outcome, 1U);
    EXPECT_EQ(table.population.units, 2U) << "of all units, answered or not";
    EXPECT_EQ(table.columns[0].numbers[0], 1) << "the call after the answer is no cause of it";
    EXPECT_EQ(table.columns[1].numbers[0], 2);
    EXPECT_EQ(table.columns[2].numbers[0], 1);
    EXPECT_EQ(table.columns[3].numbers[0], 0);
    EXPECT_EQ(table.columns[4].numbers[0], 3);
}

TEST(UnitTable, AnOutcomeOfTheWholeUnitEndsNothing) {
    Ledger ledger;
    ledger.add("a", 0, "call");
    ledger.add("a", 1 * hour, "letter");
    TableWish wish{.columns = factors("if (touches 'call'), encounters")};
    wish.outcome = 0;
    EXPECT_EQ(table_of(ledger, wish).columns[1].numbers, std::vector<double>{2});
}

/// Three threads each of many customers, of as many encounters as the customer has a number.
Ledger many(int customers) {
    Ledger ledger;
    for (int customer = 0; customer < customers; ++customer) {
        for (const char* thread : {"1", "2", "3"}) {
            const std::string name = "c" + std::to_string(customer);
            for (int i = 0; i <= customer % 3; ++i) {
                ledger.add(name, i * hour, "call", name + "/" + thread);
            }
        }
    }
    return ledger;
}

bool same(const UnitTable& a, const UnitTable& b) {
    return a.customers == b.customers && a.starts == b.starts &&
           a.columns.at(0).numbers == b.columns.at(0).numbers && a.one_of == b.one_of;
}

TEST(UnitTable, IsTheSameInAnyNumberOfPartsAndThreads) {
    const Ledger ledger = many(3000);
    const question::Unit per{question::UnitKind::Thread, ""};
    TableWish wish{.columns = factors("encounters")};
    const UnitTable whole = table_of(ledger, wish, per);
    ASSERT_EQ(whole.rows(), 9000U);
    EXPECT_TRUE(std::is_sorted(whole.customers.begin(), whole.customers.end()));
    EXPECT_TRUE(same(whole, table_of(ledger, wish, per, 5)));
    set_worker_count(1);
    EXPECT_TRUE(same(whole, table_of(ledger, wish, per, 3)));
    set_worker_count(0);
}

TEST(UnitTable, DrawsWholeCustomersWhenThereAreTooManyRows) {
    const Ledger ledger = many(3000);
    const question::Unit per{question::UnitKind::Thread, ""};
    TableWish wish{.columns = factors("encounters"), .outcome = {}, .rows_max = 2000};
    const UnitTable drawn = table_of(ledger, wish, per);
    EXPECT_EQ(drawn.with_outcome, 9000U);
    EXPECT_LE(drawn.rows(), 2000U);
    EXPECT_EQ(drawn.one_of, 8U);
    std::map<std::uint64_t, int> rows_of;
    for (const std::uint64_t customer : drawn.customers) {
        EXPECT_EQ(customer % drawn.one_of, 0U);
        ++rows_of[customer];
    }
    for (const auto& [customer, rows] : rows_of) {
        EXPECT_EQ(rows, 3) << customer;
    }
    EXPECT_TRUE(same(drawn, table_of(ledger, wish, per, 4)));
    wish.rows_max = 1;
    EXPECT_EQ(table_of(ledger, wish, per).rows(), 0U) << "no customer has a single unit";
}

TEST(UnitTable, SaysWhatThereIsNot) {
    Ledger ledger;
    ledger.add("a", 0, "call");
    const auto timeline = ledger.build(blueprint());
    Factor promise;
    promise.of = FactorOf::Late;
    promise.name = "none such";
    Factor metric;
    metric.of = FactorOf::Metric;
    metric.name = "none such";
    Factor customer;
    customer.of = FactorOf::Category;
    customer.field = question::Field{question::FieldOf::Customer, "customer"};
    for (const Factor& factor : {promise, metric, customer}) {
        const auto table = make_unit_table(*timeline, {}, TableWish{.columns = {factor}});
        EXPECT_FALSE(table.has_value());
    }
}

}  // namespace
}  // namespace kokemus::timeline
