#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/command.h"
#include "app/organisation.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::app {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(CheckCommand, LeavesOutWhoHasRefusedToBeAnalysed) {
    const ledger::TestFolder area;
    CommandSettings settings;
    settings.data = area.path();
    {
        const auto organisation =
            Organisation::open(area.path(), std::nullopt, Organisation::Open::OrNew);
        ASSERT_TRUE(organisation) << organisation.error().message;
        encounter::Encounter one = ledger::make("anna", "1");
        one.touchpoint = "Only hers";
        encounter::Encounter other = ledger::make("bert", "2");
        other.touchpoint = "Only his";
        ledger::append((*organisation)->ledger(), {one, other});
        ASSERT_TRUE((*organisation)
                        ->ledger()
                        .put_customers(std::vector<encounter::Customer>{
                            {encounter::CustomerName("anna"), {{"consent.analysis", "refused"}}}}));
        ASSERT_TRUE((*organisation)
                        ->keep_blueprint_text("name = \"Shop\"\n[touchpoint.call]\n"
                                              "[dimension.may_analyse]\nsource = \"traits\"\n"
                                              "key = \"consent.analysis\"\n",
                                              "shop"));
    }
    CheckCommand as_json;
    as_json.json = true;
    testing::internal::CaptureStdout();
    const auto checked = check(settings, as_json);
    const std::string said = testing::internal::GetCapturedStdout();
    ASSERT_TRUE(checked) << checked.error().message;
    EXPECT_THAT(said, HasSubstr("Only his"));
    EXPECT_THAT(said, Not(HasSubstr("Only hers")));
}

}  // namespace
}  // namespace kokemus::app
