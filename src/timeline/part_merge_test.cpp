#include "timeline/part_merge.h"

#include <algorithm>
#include <functional>
#include <optional>

#include <gtest/gtest.h>

#include "base/random.h"
#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using encounter::CustomerName;
using tiny::Ledger;

blueprint::Blueprint rich_blueprint() {
    auto blueprint = tiny::four_channels();
    blueprint.dimensions = {{"plan", blueprint::DimensionSource::Properties, "plan"},
                            {"segment", blueprint::DimensionSource::Traits, "segment"}};
    blueprint::Promise promise;
    promise.name = "delivery";
    promise.kept = {"t1"};
    blueprint.promises = {promise};
    return blueprint;
}

/// Parts of one ledger under one space of codes, each of the entries that are told.
class Parts {
public:
    explicit Parts(const Ledger& ledger)
        : ledger_(ledger),
          space_(std::make_shared<const blueprint::Blueprint>(rich_blueprint())) {}

    BuiltPart of(const std::function<bool(const ledger::Entry&)>& is_in,
                 const std::vector<encounter::Customer>& customers = {}) {
        PartBuilder builder(space_);
        for (const auto& entry : ledger_.entries) {
            if (is_in(entry)) {
                EXPECT_TRUE(builder.add(entry));
            }
        }
        for (const auto& customer : customers) {
            builder.add_customer(customer);
        }
        return *builder.finish(space_.shared(), nullptr, ledger_.reads());
    }

    Part merged(const std::vector<MergeSource>& sources) {
        // Codes given out for a later part are to be known to earlier ones.
        auto part = merge_parts(sources, space_.shared(), counted_reads());
        EXPECT_TRUE(part) << part.error().message;
        EXPECT_EQ(part->unsound_column(), "");
        return std::move(*part);
    }

    ReadNumbers counted_reads() {
        return [this](std::span<const std::uint64_t> numbers, const auto& take) -> Status {
            asked.insert(asked.end(), numbers.begin(), numbers.end());
            return ledger_.reads()(numbers, take);
        };
    }

    std::vector<std::uint64_t> asked;  ///< what was read to tell equal times apart

private:
    const Ledger& ledger_;
    CodeSpace space_;
};

std::vector<std::uint64_t> numbers_of(const Part& part) {
    std::vector<std::uint64_t> numbers;
    for (Row row = 0; row < part.rows(); ++row) {
        numbers.push_back(part.number_of(row));
    }
    return numbers;
}

using Numbers = std::vector<std::uint64_t>;

TEST(PartMerge, OfNothingIsAnEmptyPart) {
    const Ledger ledger;
    Parts parts(ledger);
    const Part none = parts.merged({});
    EXPECT_EQ(none.rows(), 0U);
    EXPECT_EQ(none.customer_count(), 1U);
    const BuiltPart empty = parts.of([](const auto&) { return true; });
    EXPECT_EQ(parts.merged({living_of(empty.part), living_of(empty.part)}).rows(), 0U);
}

TEST(PartMerge, PutsCustomersByNameAndTheirRowsByTime) {
    Ledger ledger;
    ledger.add("ben", 5, "x");
    ledger.add("anna", 9, "y");
    ledger.add("ben", 1, "z");
    ledger.add("anna", 2, "x");
    ledger.add("anna", 5, "x");
    Parts parts(ledger);
    const BuiltPart odd = parts.of([](const auto& entry) { return entry.number % 2 == 1; });
    const BuiltPart even = parts.of([](const auto& entry) { return entry.number % 2 == 0; });
    const Part merged = parts.merged({living_of(odd.part), living_of(even.part)});
    EXPECT_EQ(merged.customers.text(1), "anna");
    EXPECT_EQ(merged.customers.text(2), "ben");
    EXPECT_EQ(numbers_of(merged), (Numbers{4, 5, 2, 3, 1}));
    EXPECT_TRUE(parts.asked.empty()) << "no times are equal";
}

TEST(PartMerge, AsksForEqualTimesOfSeveralSourcesOnlyAndTakesSequenceThenId) {
    Ledger ledger;
    ledger.add("anna", 5, "x").sequence = 9;                       // 1
    ledger.add("anna", 5, "x").sequence = 3;                       // 2
    ledger.add("anna", 5, "x").sequence = 3;                       // 3
    ledger.add("anna", 8, "x");                                    // 4
    ledger.add("anna", 8, "x");                                    // 5, with 4 in one source
    ledger.add("ben", 5, "x");                                     // 6
    ledger.entries[2].encounter.id = encounter::EncounterId("a");  // before e1002
    Parts parts(ledger);
    const BuiltPart odd =
        parts.of([](const auto& entry) { return entry.number % 2 == 1 && entry.number < 5; });
    const BuiltPart rest =
        parts.of([](const auto& entry) { return entry.number % 2 == 0 || entry.number >= 5; });
    const Part merged = parts.merged({living_of(odd.part), living_of(rest.part)});
    EXPECT_EQ(numbers_of(merged), (Numbers{3, 2, 1, 4, 5, 6}));
    std::ranges::sort(parts.asked);
    EXPECT_EQ(parts.asked, (Numbers{1, 2, 3}));
}

TEST(PartMerge, FailsAsTheLedgerDoesThatTellsTiesApart) {
    Ledger ledger;
    ledger.add("anna", 5, "x");
    ledger.add("anna", 5, "y");
    Parts parts(ledger);
    const BuiltPart first = parts.of([](const auto& entry) { return entry.number == 1; });
    const BuiltPart second = parts.of([](const auto& entry) { return entry.number == 2; });
    const std::vector<MergeSource> sources = {living_of(first.part), living_of(second.part)};
    const auto merged = merge_parts(sources, second.part, [](const auto&, const auto&) -> Status {
        return Error{ErrorCode::Unavailable, "the ledger cannot be read"};
    });
    ASSERT_FALSE(merged);
    EXPECT_EQ(merged.error().message, "the ledger cannot be read");
}

TEST(PartMerge, TakesTheCustomersItIsToldAndThoseWhoLive) {
    Ledger ledger;
    ledger.add("anna", 1, "x", "order 1");
    ledger.add("ben", 2, "y", "order 2");
    ledger.add("carl", 3, "z", "order 3");
    Parts parts(ledger);
    BuiltPart all = parts.of([](const auto&) { return true; });
    const Part two = parts.merged({MergeSource{&all.part, {1, 3}, {}}});
    EXPECT_EQ(numbers_of(two), (Numbers{1, 3}));
    EXPECT_FALSE(two.threads.find("order 2")) << "what nobody uses is not carried along";
    RowSetBuilder gone(all.part.customer_count());
    gone.insert(1);
    all.part.gone = gone.seal();
    const Part living = parts.merged({living_of(all.part)});
    EXPECT_EQ(numbers_of(living), (Numbers{2, 3}));
    EXPECT_FALSE(living.customers.find("anna"));
    EXPECT_TRUE(living.gone.empty());
}

TEST(PartMerge, TraitsAreThoseOfTheLastSourceThatKnowsThem) {
    Ledger ledger;
    ledger.add("anna", 1, "x");
    ledger.add("anna", 2, "x");
    ledger.add("anna", 3, "x");
    Parts parts(ledger);
    const BuiltPart old = parts.of([](const auto& entry) { return entry.number == 1; },
                                   {{CustomerName("anna"), {{"segment", "new"}}}});
    const BuiltPart now = parts.of([](const auto& entry) { return entry.number == 2; },
                                   {{CustomerName("anna"), {{"segment", "old"}}}});
    const BuiltPart unknowing = parts.of([](const auto& entry) { return entry.number == 3; });
    const auto segment_of = [](const Part& part) {
        return part.dimensions[1].texts.string(part.dimension[1][1]);
    };
    const auto source = [](const BuiltPart& built) {
        return MergeSource{&built.part, {1}, built.traits_known};
    };
    EXPECT_EQ(segment_of(parts.merged({source(old), source(now), source(unknowing)})), "old");
    EXPECT_EQ(segment_of(parts.merged({source(now), source(old)})), "new");
    EXPECT_EQ(segment_of(parts.merged({source(unknowing)})), "");
}

/// Everything a row may carry.
Ledger random_ledger(Random& random) {
    Ledger ledger;
    const std::uint64_t count = random.below(60);
    for (std::uint64_t i = 0; i < count; ++i) {
        auto& one =
            ledger.add("c" + std::to_string(random.below(6)),
                       static_cast<std::int64_t>(random.below(30)),
                       "t" + std::to_string(random.below(4)),
                       random.chance(0.5) ? "order " + std::to_string(random.below(5)) : "");
        one.sequence = random.below(3);
        one.channel = random.chance(0.5) ? "phone" : "";
        one.employee = random.chance(0.3) ? "Ann" : "";
        one.value = random.chance(0.3) ? std::optional(static_cast<double>(random.below(100)) / 4)
                                       : std::nullopt;
        one.duration_seconds = random.chance(0.3) ? std::optional(1.0 / 3) : std::nullopt;
        one.properties = random.chance(0.5) ? R"({"plan":"gold"})" : "";
        if (random.chance(0.4)) {
            one.score = static_cast<double>(random.below(11));
            one.scale = "nps";
            one.due["delivery"] = tiny::at(static_cast<std::int64_t>(random.below(60)));
        }
    }
    return ledger;
}

/// However rows were spread over parts, and merged in whatever steps.
TEST(PartMerge, GivesTheColumnsOfAPartMadeAtOnce) {
    Random random(5);
    for (int round = 0; round < 300; ++round) {
        const Ledger ledger = random_ledger(random);
        Parts parts(ledger);
        // First, so that codes are given out in one order.
        const BuiltPart whole = parts.of([](const auto&) { return true; });
        const std::uint64_t ways = 1 + random.below(4);
        std::vector<std::uint64_t> way_of;
        for (std::size_t i = 0; i < ledger.entries.size(); ++i) {
            way_of.push_back(random.below(ways));
        }
        std::vector<BuiltPart> pieces;
        for (std::uint64_t way = 0; way < ways; ++way) {
            pieces.push_back(
                parts.of([&](const auto& entry) { return way_of[entry.number - 1] == way; }));
        }
        std::vector<MergeSource> sources;
        for (const BuiltPart& piece : pieces) {
            sources.push_back(living_of(piece.part));
        }
        EXPECT_TRUE(parts.merged(sources).same_columns(whole.part)) << "round " << round;
        Part step = parts.merged({});
        for (const BuiltPart& piece : pieces) {
            const Part before = step;
            step = parts.merged({living_of(piece.part), living_of(before)});
        }
        EXPECT_TRUE(step.same_columns(whole.part)) << "in steps, round " << round;
    }
}

}  // namespace
}  // namespace kokemus::timeline
