// Holds docs/questions.md against the parser: what the page shows must be true.
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/project_file.h"
#include "base/text.h"
#include "blueprint/blueprint_read.h"
#include "question/condition_words.h"
#include "question/factor.h"
#include "question/field.h"
#include "question/format.h"
#include "question/parse.h"
#include "question/question_words.h"
#include "question/token_reader.h"

namespace kokemus::question {
namespace {

std::string read_page(const std::string& name) {
    std::ifstream file(project_file("docs/" + name));
    EXPECT_TRUE(file) << name << " is missing";
    std::stringstream page;
    page << file.rdbuf();
    return page.str();
}

/// What stands in the fenced blocks of a language.
std::vector<std::string> blocks(const std::string& page, const std::string& language) {
    std::vector<std::string> found;
    const std::string fence = "```" + language + "\n";
    for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
        at += fence.size();
        found.push_back(page.substr(at, page.find("```", at) - at));
    }
    return found;
}

std::vector<std::string> lines_of(const std::vector<std::string>& blocks) {
    std::vector<std::string> lines;
    for (const std::string& block : blocks) {
        std::stringstream text(block);
        for (std::string line; std::getline(text, line);) {
            lines.push_back(line);
        }
    }
    return lines;
}

/// The blueprint that the examples of both pages share.
const blueprint::Blueprint& example() {
    static const blueprint::Blueprint read =
        blueprint::read_blueprint(blocks(read_page("blueprint.md"), "toml").at(0)).blueprint;
    return read;
}

TEST(QuestionsPage, EveryQuestionReads) {
    const auto questions = lines_of(blocks(read_page("questions.md"), "question"));
    EXPECT_GE(questions.size(), 14U);
    for (const std::string& text : questions) {
        const auto question = parse_question(text, example());
        ASSERT_TRUE(question) << text << "\n" << question.error().message;
        EXPECT_EQ(*parse_question(format(*question), example()), *question) << text;
    }
}

TEST(QuestionsPage, EveryFilterReads) {
    const auto filters = lines_of(blocks(read_page("questions.md"), "filter"));
    EXPECT_GE(filters.size(), 10U);
    for (const std::string& text : filters) {
        const auto condition = parse_condition(text, example());
        ASSERT_TRUE(condition) << text << "\n" << condition.error().message;
        EXPECT_TRUE(equal(*parse_condition(format(*condition), example()), *condition)) << text;
    }
}

TEST(QuestionsPage, EveryFactorReadsAndEachHasARow) {
    const std::string page = read_page("questions.md");
    std::string rows = page.substr(page.find("## Factors"));
    rows = rows.substr(0, rows.find("```factor"));
    for (const auto& word : factor_words()) {
        EXPECT_THAT(rows, testing::HasSubstr("`" + std::string(word.text)));
    }
    const auto lists = lines_of(blocks(page, "factor"));
    EXPECT_GE(lists.size(), 3U);
    for (const std::string& list : lists) {
        const auto factors = parse_factors(list, example());
        ASSERT_TRUE(factors) << list << "\n" << factors.error().message;
        for (const Factor& factor : *factors) {
            EXPECT_EQ(*parse_factors(format(factor), example()), std::vector<Factor>{factor});
        }
    }
}

TEST(QuestionsPage, EveryFaultIsSaidAsThePageSays) {
    const auto faults = blocks(read_page("questions.md"), "fault");
    EXPECT_GE(faults.size(), 6U);
    for (const std::string& fault : faults) {
        const std::string text = fault.substr(0, fault.find('\n'));
        const auto question = parse_question(text, example());
        ASSERT_FALSE(question) << text;
        const Error& error = question.error();
        EXPECT_EQ(caret_lines(text, error.column) + "\n" + error.message + "\n", fault);
    }
}

TEST(QuestionsPage, NamesEveryFieldKindAndCondition) {
    const std::string page = read_page("questions.md");
    for (const std::string_view field : field_names({})) {
        EXPECT_THAT(page, testing::HasSubstr("`" + std::string(field) + "`"));
    }
    for (const KindRule& rule : kind_rules()) {
        EXPECT_THAT(page, testing::HasSubstr("\n| `" + std::string(rule.text)));
    }
    for (const std::string_view word : unit_condition_words()) {
        EXPECT_THAT(page, testing::HasSubstr("| `" + std::string(word)));
    }
    for (const std::string_view word : clause_words()) {
        EXPECT_THAT(page, testing::HasSubstr("`" + std::string(word)));
    }
}

}  // namespace
}  // namespace kokemus::question
