#include "privacy/refused_rows.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::privacy {
namespace {

TEST(RefusedRows, GoWithTheirPerson) {
    const ledger::TestFolder folder;
    const auto file = folder.path() / "refused.csv";
    const std::vector<std::string> anna{"anna@x.fi"};
    EXPECT_EQ(remove_rows_with(file, anna).value(), 0U);
    ASSERT_TRUE(write_file(file,
                           "file,line,column,value,reason\n"
                           "a.csv,2,score,eleven,is no number\n"
                           "a.csv,3,customer,\"two lines\nof anna@x.fi\",is too long\n"
                           "a.csv,4,text,\"said \"\"anna@x.fi\"\"\",is no time\n"
                           "a.csv,5,text,bert@x.fi,is no time"));
    EXPECT_EQ(remove_rows_with(file, anna).value(), 2U);
    EXPECT_EQ(read_file(file, 1000).value(),
              "file,line,column,value,reason\n"
              "a.csv,2,score,eleven,is no number\n"
              "a.csv,5,text,bert@x.fi,is no time");
    EXPECT_EQ(remove_rows_with(file, anna).value(), 0U);
}

}  // namespace
}  // namespace kokemus::privacy
