#include <gtest/gtest.h>

#include "app/command.h"

namespace kokemus::app {
namespace {

std::string text_of(std::vector<std::string> words) {
    AskOptions options;
    options.words = std::move(words);
    return question_text(options);
}

TEST(QuestionText, one_word_is_the_question_as_it_stands) {
    EXPECT_EQ(text_of({"funnel 'a b' then 'c'"}), "funnel 'a b' then 'c'");
    EXPECT_EQ(text_of({"flow"}), "flow");
}

TEST(QuestionText, quotes_that_the_shell_took_come_back) {
    EXPECT_EQ(text_of({"funnel", "order placed", "then", "order delivered"}),
              "funnel 'order placed' then 'order delivered'");
}

TEST(QuestionText, a_clause_in_one_word_is_no_name) {
    EXPECT_EQ(text_of({"flow", "where", "score <= 2 and plan = 'gold'"}),
              "flow where score <= 2 and plan = 'gold'");
    EXPECT_EQ(text_of({"episodes", "where", "lasts > 3d"}), "episodes where lasts > 3d");
}

TEST(QuestionText, options_become_clauses_and_the_filter_comes_last) {
    AskOptions options;
    options.words = {"flow"};
    options.per = "getting connected";
    options.where = "channel = 'phone'";
    options.from = "2026-01-01";
    EXPECT_EQ(question_text(options),
              "flow per 'getting connected' from 2026-01-01 where channel = 'phone'");
    options.per = "it's late";
    EXPECT_EQ(question_text(options),
              "flow per 'it''s late' from 2026-01-01 where channel = 'phone'");
    options.per = "thread";
    EXPECT_EQ(question_text(options), "flow per thread from 2026-01-01 where channel = 'phone'");
}

}  // namespace
}  // namespace kokemus::app
