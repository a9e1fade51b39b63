#include "app/answer_form.h"

#include <cstdio>
#include <fstream>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Forms : public Rights {
protected:
    /// What a reader that is not ours finds in the first column of a workbook, line by line.
    std::string first_column(const std::string& workbook) const {
        const std::filesystem::path file = area_.path() / "answer.xlsx";
        std::ofstream(file, std::ios::binary) << workbook;
        const std::string command = fmt::format(
            "printf 'import openpyxl, sys\\nfor r in openpyxl.load_workbook(sys.argv[1])"
            "[\"Answer\"].iter_rows(values_only=True): print(r[0])\\n' | /usr/bin/python3 - {} "
            "2>&1",
            file.string());
        std::FILE* pipe = ::popen(command.c_str(), "r");
        std::string said;
        char part[4096];
        while (std::fgets(part, sizeof part, pipe) != nullptr) {
            said += part;
        }
        EXPECT_EQ(::pclose(pipe), 0) << said;
        return said;
    }

    Heard episodes(const std::string& who, const std::string& form) {
        return ask(who, "GET /api/ask?q=episodes%20per%20customer&format=" + form);
    }
};

TEST_F(Forms, EveryFormShowsEveryoneWhatTheyMaySeeAndNoMore) {
    const std::string names = first_column(episodes("experience-lead", "xlsx").body);
    EXPECT_EQ(names, "customer\nanna@x.fi\nbert@x.fi\n");
    EXPECT_THAT(episodes("experience-lead", "csv").body, HasSubstr("anna@x.fi"));
    EXPECT_THAT(first_column(episodes("analyst", "xlsx").body),
                AllOf(StartsWith("customer\ncustomer "), Not(HasSubstr("@x.fi"))));
    EXPECT_THAT(episodes("analyst", "csv").body, Not(HasSubstr("@x.fi")));
    const Heard parquet = episodes("analyst", "parquet");
    EXPECT_THAT(parquet.body, AllOf(StartsWith("PAR1"), Not(HasSubstr("@x.fi"))));
    for (const char* form : {"json", "csv", "xlsx", "parquet"}) {
        EXPECT_EQ(episodes("viewer", form).status, 403) << form;
        EXPECT_EQ(episodes("agent", form).status, 403) << form;
    }
    EXPECT_EQ(first_column(episodes("manager", "xlsx").body), "customer\nanna@x.fi\n")
        << "Bert was never at Sales";
}

TEST_F(Forms, TheFormIsTheOneThatIsNamedElseTheOneThatIsLikedBest) {
    const auto begins = [&](const std::string& more, const std::string& accept) {
        return asked(server_->port(),
                     "GET /api/ask?q=flow" + more,
                     proof_.at("admin") + "Accept: " + accept + "\r\n")
            .body.substr(0, 4);
    };
    EXPECT_EQ(begins("", "*/*"), "{\"ki");
    EXPECT_EQ(begins("", "text/csv"), "from");
    EXPECT_EQ(begins("", "text/csv;q=0.1, application/json"), "{\"ki");
    EXPECT_EQ(begins("", std::string(content_type(Form::Xlsx))), "PK\x03\x04");
    EXPECT_EQ(begins("", "application/vnd.apache.parquet"), "PAR1");
    EXPECT_EQ(begins("&format=csv", "application/json"), "from");
    const Heard unknown = ask("admin", "GET /api/ask?q=flow&format=doc");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_THAT(unknown.body, HasSubstr("write json, csv, xlsx or parquet"));
}

}  // namespace
}  // namespace kokemus::app
