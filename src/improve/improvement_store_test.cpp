#include "improve/improvement_store.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "improve/improvement_json.h"
#include "records/both_stores.h"

namespace kokemus::improve {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

constexpr Instant noon = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2);

Registration a_call(std::string name = "Welcome call") {
    Registration is;
    is.name = std::move(name);
    is.change = "ring after a week";
    is.metric = "nps";
    is.metric_version = "nps 1";
    is.per = "customer";
    is.population = "plan = 'gold'";
    is.units = "region";
    is.starts = {{"north", noon}, {"south", noon + std::chrono::weeks(2)}};
    is.start = noon;
    is.until = noon + std::chrono::weeks(12);
    is.expected = 8;
    is.worthwhile = 4.5;
    is.seed = 77;
    is.design = Design::Staggered;
    is.from_driver = FromDriver{"drivers of nps", "wait before visit"};
    return is;
}

std::string registered(const Registration& is, bool late = false) {
    Power power;
    power.design = Design::Staggered;
    power.grade = Grade::Good;
    power.planned_n = 300;
    return json::serialize(json::object{{"registration", to_json(is)},
                                        {"power", to_json(power)},
                                        {"late", late},
                                        {"underpowered", false}});
}

std::string looked(double estimate) {
    Look look;
    look.looks = 1;
    look.until = noon + std::chrono::weeks(3);
    look.effect.enough = true;
    look.effect.estimate = estimate;
    look.effect.standard_error = .25;
    look.effect.n = 40;
    look.verdict = stats::Verdict::Confirmed;
    return json::serialize(to_json(look));
}

class ImprovementStore : public records::OnBothStores {
protected:
    ImprovementStore() : OnBothStores({improvement_schema()}) {}

    Store store() { return {records_, clock_}; }

    std::int64_t add(const std::string& name) {
        return store().add(EntryKind::Registered, "anna", registered(a_call(name))).value().number;
    }

    Status overwrite(const std::string& statement, const records::Values& values = {}) {
        return records_->change([&](records::Session& session) -> Status {
            TRY(session.run(statement, values));
            return {};
        });
    }

    Status set(const std::string& column, const std::string& text) {
        return overwrite("UPDATE improvement_entry SET " + column + " = :text WHERE number = 2",
                         {text});
    }

    FixedClock clock_{noon};
};

TEST_P(ImprovementStore, KeepsWhatWasRegisteredToTheLastDigit) {
    const std::int64_t id = add("Welcome call");
    const Improvement is = store().find(id).value();
    EXPECT_EQ(is.registration, a_call());
    EXPECT_EQ(is.plan, (Plan{Design::Staggered, Grade::Good, 300}));
    EXPECT_EQ(is.registered_by, "anna");
    EXPECT_EQ(is.registered_at, noon);
    EXPECT_EQ(is.version, id);
    EXPECT_FALSE(is.late);
    EXPECT_EQ(is.verdict(), stats::Verdict::NotYetKnown);
    EXPECT_EQ(store().find(99).error().code, ErrorCode::NotFound);
}

TEST_P(ImprovementStore, GoesOnUponWhatWasSeen) {
    const std::int64_t id = add("a");
    const std::int64_t other = add("b");
    Store kept = store();
    const Entry look = kept.go_on(id, id, EntryKind::Looked, "bert", looked(.75)).value();
    EXPECT_EQ(look.number, other + 1);
    const auto stale = kept.go_on(id, id, EntryKind::Looked, "bert", looked(.8));
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().code, ErrorCode::Conflict);
    const Improvement is = kept.find(id).value();
    ASSERT_EQ(is.looks.size(), 1U);
    EXPECT_EQ(is.looks.front().estimate, .75);
    EXPECT_EQ(is.looks.front().verdict, stats::Verdict::Confirmed);
    EXPECT_EQ(is.version, look.number);
    ASSERT_TRUE(kept.go_on(id,
                           look.number,
                           EntryKind::Withdrawn,
                           "bert",
                           json::serialize(json::object{{"reason", "too dear"}})));
    EXPECT_EQ(kept.find(id).value().why_withdrawn, "too dear");
    EXPECT_EQ(kept.go_on(id, look.number + 1, EntryKind::Looked, "bert", looked(1)).error().code,
              ErrorCode::Conflict);
}

TEST_P(ImprovementStore, ListsTheNewestFirstInParts) {
    const std::int64_t first = add("first");
    const std::int64_t second = add("second");
    ASSERT_TRUE(store().go_on(first, first, EntryKind::Looked, "bert", looked(.75)));
    const auto all = store().list(0, 10).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all.front().id, second);
    EXPECT_EQ(all.back().looks.size(), 1U);
    EXPECT_EQ(store().list(second, 10).value().size(), 1U);
    EXPECT_EQ(store().list(0, 1).value().size(), 1U);
    EXPECT_TRUE(store().list(first, 10).value().empty());
    EXPECT_EQ(store().entries(first, 0, 10).value().size(), 2U);
    EXPECT_EQ(store().entries(first, first, 10).value().size(), 1U);
}

TEST_P(ImprovementStore, WhatIsChangedInTheTableIsFound) {
    EXPECT_EQ(store().verify().value().entries, 0);
    const std::int64_t id = add("first");
    add("second");
    ASSERT_TRUE(store().go_on(id, id, EntryKind::Looked, "bert", looked(.75)));
    const RecordState sound = store().verify().value();
    EXPECT_EQ(sound.entries, 3);
    EXPECT_FALSE(sound.first_broken);
    for (const std::string name : {"body", "actor", "kind", "digest"}) {
        const auto old = records_->read([&](records::Session& session) {
            return session.row<std::string>("SELECT " + name +
                                            " FROM improvement_entry WHERE number = 2");
        });
        ASSERT_TRUE(old);
        const std::string was = std::get<0>(old->value());
        ASSERT_TRUE(set(name, name == "kind" ? "amended" : was + " "));
        EXPECT_EQ(store().verify().value().first_broken, 2) << name;
        ASSERT_TRUE(set(name, was));
        EXPECT_FALSE(store().verify().value().first_broken) << name;
    }
    ASSERT_TRUE(overwrite("UPDATE improvement_entry SET at = at - 1 WHERE number = 1"));
    EXPECT_EQ(store().verify().value().first_broken, 1);
    ASSERT_TRUE(overwrite("UPDATE improvement_entry SET at = at + 1 WHERE number = 1"));
    ASSERT_TRUE(overwrite("DELETE FROM improvement_entry WHERE number = 2"));
    EXPECT_EQ(store().verify().value().first_broken, 2);
}

TEST_P(ImprovementStore, WhatIsNoRecordIsCorrupt) {
    const auto added = store().add(EntryKind::Registered, "anna", "{}");
    ASSERT_TRUE(added);
    const auto found = store().find(added->number);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::Corrupt);
    EXPECT_THAT(found.error().message, HasSubstr("registration"));
}

INSTANTIATE_TEST_SUITE_P(Stores, ImprovementStore, records::both_dialects(), records::store_name);

}  // namespace
}  // namespace kokemus::improve
