#include "timeline/customer_course.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/demo.h"
#include "app/organisation.h"
#include "ledger/ledger_test_folder.h"
#include "promise/outcome.h"

namespace kokemus::app {
namespace {

/// What the columns say of every customer of a sample organisation, beside the plain rules applied
/// to what the ledger has.
TEST(CustomerCourse, SaysWhatTheRulesSayOfTheLedger) {
    const ledger::TestFolder folder;
    CommandSettings settings;
    settings.data = folder.path() / "sample";
    const auto demo = open_demo(settings, DemoCommand{300, 7, {}, false});
    ASSERT_TRUE(demo) << demo.error().message;
    Organisation& organisation = *demo->organisation;
    const auto snapshot = *organisation.refresh();
    std::size_t promises = 0;
    std::size_t answers = 0;
    for (int number = 1; number <= 300; ++number) {
        const encounter::CustomerName name(fmt::format("c{:07}", number));
        const auto entries = *organisation.ledger().read_customer(name);
        std::vector<const encounter::Encounter*> encounters;
        const encounter::Encounter* last = nullptr;
        for (const ledger::Entry& entry : entries) {
            encounters.push_back(&entry.encounter);
            last = entry.encounter.score ? &entry.encounter : last;
        }
        const auto judged = promise::judge(encounters, *snapshot->blueprint, snapshot->latest);
        const auto course = timeline::course_of(*snapshot->timeline, name.value());
        EXPECT_EQ(course.encounters, entries.size());
        ASSERT_EQ(course.promises.size(), judged.size()) << name.value();
        for (std::size_t i = 0; i < judged.size(); ++i) {
            EXPECT_EQ(course.promises[i].made_by, entries[judged[i].made_at].number);
            EXPECT_EQ(course.promises[i].promise, judged[i].promise);
            EXPECT_EQ(course.promises[i].due, judged[i].due);
            EXPECT_EQ(course.promises[i].outcome, judged[i].outcome);
            EXPECT_EQ(course.promises[i].kept_at, judged[i].kept_at);
        }
        ASSERT_EQ(course.last_answer.has_value(), last != nullptr);
        if (last != nullptr) {
            EXPECT_EQ(course.last_answer->score, *last->score);
            EXPECT_EQ(course.last_answer->scale, last->scale);
            EXPECT_EQ(course.last_answer->touchpoint, last->touchpoint);
            EXPECT_EQ(course.last_answer->time, last->time);
        }
        promises += judged.size();
        answers += last != nullptr ? 1 : 0;
    }
    EXPECT_GT(promises, 100U);
    EXPECT_GT(answers, 50U);
    EXPECT_EQ(timeline::course_of(*snapshot->timeline, "nobody").encounters, 0U);
}

}  // namespace
}  // namespace kokemus::app
