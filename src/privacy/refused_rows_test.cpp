#include "privacy/refused_rows.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::privacy {
namespace {

TEST(RefusedRows, GoWhollyAndAreCounted) {
    const ledger::TestFolder folder;
    const auto file = folder.path() / "refused.csv";
    EXPECT_EQ(remove_refused_rows(file).value(), 0U);
    ASSERT_TRUE(write_file(file,
                           "file,line,column,value,reason\n"
                           "a.csv,2,score,eleven,is no number\n"
                           "a.csv,3,customer,\"two lines\nof anna@x.fi\",is too long\n"
                           "a.csv,4,text,,\"was \"\"what she said\"\"\"\n"));
    EXPECT_EQ(remove_refused_rows(file).value(), 3U);
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(remove_refused_rows(file).value(), 0U);
}

}  // namespace
}  // namespace kokemus::privacy
