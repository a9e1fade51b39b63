#include "question/question_suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "blueprint/blueprint_read.h"
#include "question/parse.h"

namespace kokemus::question {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const blueprint::Blueprint& shop() {
    static const blueprint::Blueprint read = blueprint::read_blueprint(R"(stages = ["order", "use"]
[channel.phone]
kind = "human"
[channel."on site"]
kind = "human"
[touchpoint."call: billing"]
owner = "Billing"
topic = "billing"
[touchpoint.order]
stage = "order"
owner = "Sales"
[journey.buying]
starts = ["order"]
path = ["order"]
[promise.delivery]
kept = ["order"]
[dimension.plan]
source = "traits"
)")
                                                 .blueprint;
    return read;
}

Suggestions at_end(std::string_view text) {
    return suggest_filter(text, text.size(), shop());
}

std::vector<std::string> texts(std::string_view text) {
    std::vector<std::string> found;
    const Suggestions suggestions = at_end(text);
    for (const Suggestion& suggestion : suggestions.list) {
        found.push_back(suggestion.text);
    }
    return found;
}

TEST(Suggest, AnEmptyFilterOffersFieldsFirst) {
    const Suggestions suggestions = at_end("");
    ASSERT_FALSE(suggestions.list.empty());
    EXPECT_EQ(suggestions.list.front(), (Suggestion{"touchpoint", "field"}));
    EXPECT_THAT(suggestions.list,
                AllOf(Contains(Suggestion{"plan", "field"}),
                      Contains(Suggestion{"touches", "condition"}),
                      Contains(Suggestion{"not", "keyword"})));
}

TEST(Suggest, AWordBegunNarrowsAndIsReplaced) {
    const Suggestions suggestions = at_end("plan = gold ch");
    EXPECT_EQ(suggestions.begin, 12U);
    EXPECT_EQ(suggestions.prefix, "ch");
    EXPECT_EQ(suggestions.list.front(), (Suggestion{"channel", "field"}));
    // What only holds the letters stands behind what begins with them.
    EXPECT_EQ(suggestions.list.back(), (Suggestion{"switches", "condition"}));
}

TEST(Suggest, AFieldIsFollowedByItsOperators) {
    EXPECT_THAT(texts("channel "), ElementsAre(":", "!:", "=", "!=", "in (", "not in ("));
    EXPECT_THAT(texts("score "), ElementsAre("<", "<=", "=", ">=", ">", "!="));
    EXPECT_THAT(texts("lasts "), Contains(">"));
}

TEST(Suggest, AnOperatorIsFollowedByValues) {
    EXPECT_THAT(texts("channel:"), ElementsAre("phone", "'on site'"));
    EXPECT_THAT(texts("channel:phone,"), ElementsAre("phone", "'on site'"));
    EXPECT_THAT(texts("channel in (phone, 'on "), ElementsAre("'on site'"));
    EXPECT_THAT(texts("channel not in ("), ElementsAre("phone", "'on site'"));
    EXPECT_THAT(texts("department = "), ElementsAre("Billing", "Sales"));
    EXPECT_THAT(texts("stage = "), ElementsAre("order", "use"));
    EXPECT_THAT(texts("kind:"), ElementsAre("self-service", "human", "bot", "message"));
    EXPECT_EQ(at_end("plan = ").field, "plan");
    EXPECT_THAT(texts("plan = "), IsEmpty());
    EXPECT_EQ(at_end("channel = phone ").field, "");
    EXPECT_EQ(at_end("score < ").field, "");
}

TEST(Suggest, ConditionsOnTheUnitOfferWhatBelongsToThem) {
    EXPECT_THAT(texts("touches "), ElementsAre("'call: billing'", "order"));
    EXPECT_THAT(texts("goes "), Contains("START"));
    EXPECT_EQ(texts("goes order ").front(), "->");
    EXPECT_THAT(texts("goes order -> "), AllOf(Contains("END"), Not(Contains("START"))));
    EXPECT_THAT(texts("promise "), ElementsAre("delivery", "is"));
    EXPECT_EQ(texts("promise delivery ").front(), "is");
    EXPECT_THAT(texts("promise delivery is "),
                ElementsAre("kept", "late", "broken", "open", "at risk"));
    EXPECT_THAT(texts("status = "), ElementsAre("completed", "abandoned", "open"));
    EXPECT_THAT(texts("switches phone -> "), AllOf(Contains("any"), Contains("'on site'")));
    EXPECT_THAT(texts("reaches (order, 'call: billing') "), Contains("within"));
    EXPECT_THAT(texts("has ("), Contains("channel"));
}

TEST(Suggest, DeviatesNamesItsJourneyThenTheWay) {
    EXPECT_THAT(texts("deviates "), Contains("from"));
    EXPECT_THAT(texts("deviates from "), Contains("buying"));
    EXPECT_THAT(texts("deviates from buying "), AllOf(Contains("without"), Contains("and")));
    EXPECT_THAT(texts("deviates from buying without "), Contains("'call: billing'"));
    EXPECT_THAT(texts("deviates from buying without order "), Not(Contains("moving")));
}

TEST(Suggest, AfterAConditionComeJoiningWordsAndTheNext) {
    const auto found = texts("channel = phone ");
    EXPECT_EQ(found[0], "and");
    EXPECT_EQ(found[1], "or");
    EXPECT_THAT(found, Contains("score"));
    EXPECT_THAT(texts("channel = phone and "), Contains("plan"));
    EXPECT_EQ(texts("channel = phone and ").front(), "touchpoint");
}

TEST(Suggest, TheCursorCountsCharactersAndHidesWhatFollows) {
    const Suggestions suggestions = suggest_filter("plan = 'ä' sco and more", 14, shop());
    EXPECT_EQ(suggestions.begin, 11U);
    EXPECT_EQ(suggestions.prefix, "sco");
    EXPECT_EQ(suggestions.list.front().text, "score");
    EXPECT_FALSE(suggest_filter("", 1000, shop()).list.empty());
}

TEST(Suggest, AFaultBeforeTheCursorOffersNothing) {
    EXPECT_THAT(texts("channel == "), IsEmpty());
}

TEST(Suggest, AnyTextIsTakenAndWhatIsOfferedFits) {
    const bool held = rc::check("any text", [] {
        const auto words =
            *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>("channel",
                                                                                        "=",
                                                                                        ":",
                                                                                        "phone",
                                                                                        ",",
                                                                                        "(",
                                                                                        ")",
                                                                                        "and",
                                                                                        "touches",
                                                                                        "goes",
                                                                                        "->",
                                                                                        "'",
                                                                                        "\"",
                                                                                        " ",
                                                                                        "ä",
                                                                                        "score",
                                                                                        "<",
                                                                                        "5",
                                                                                        "not",
                                                                                        "in",
                                                                                        "promise",
                                                                                        "is",
                                                                                        "at",
                                                                                        "risk",
                                                                                        "\xff",
                                                                                        "switches",
                                                                                        "has",
                                                                                        "within"));
        std::string text;
        for (const std::string& word : words) {
            text += word + (*rc::gen::arbitrary<bool>() ? " " : "");
        }
        const auto cursor = *rc::gen::inRange<std::size_t>(0, text.size() + 2);
        const Suggestions suggestions = suggest_filter(text, cursor, shop());
        RC_ASSERT(suggestions.begin <= cursor);
        RC_ASSERT(suggestions.list.size() <= 50U);
    });
    EXPECT_TRUE(held);
}

}  // namespace
}  // namespace kokemus::question
