#include "courier/letter.h"

#include <gmock/gmock.h>

#include "courier/letter_texts.h"

namespace kokemus::courier {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const Instant moment{std::chrono::seconds(1'790'000'000)};

TEST(Letter, AddressesArePlain) {
    for (const char* text : {"anna@example.com", "a.b+c@x.fi", "a@b"}) {
        EXPECT_TRUE(is_mail_address(text)) << text;
    }
    for (const char* text : {"",
                             "@",
                             "a@",
                             "@b",
                             "a",
                             "a b@c",
                             "a@b\r\nBcc: c@d",
                             "<a@b>",
                             "a@b,c@d",
                             "\"a\"@b",
                             "a@b@c",
                             "\xc3\xa4@b",
                             "a@b;",
                             "a@b\x7f"}) {
        EXPECT_FALSE(is_mail_address(text)) << text;
    }
    EXPECT_FALSE(is_mail_address(std::string(250, 'a') + "@b.fi"));
}

TEST(Letter, SendersHaveANameOrNone) {
    EXPECT_EQ(read_sender("Kahvila <cx@example.com>")->name, "Kahvila");
    EXPECT_EQ(read_sender("Kahvila <cx@example.com>")->address, "cx@example.com");
    EXPECT_EQ(read_sender(" cx@example.com ")->address, "cx@example.com");
    EXPECT_EQ(read_sender("<cx@example.com>")->name, "");
    for (const char* text :
         {"", "Kahvila", "Kahvila <cx>", "a\nb <cx@example.com>", "\xff <a@b>"}) {
        EXPECT_FALSE(read_sender(text)) << text;
    }
}

TEST(Letter, DatesAreThoseOfRfc5322) {
    EXPECT_EQ(mail_date(moment), "Mon, 21 Sep 2026 14:13:20 +0000");
    EXPECT_EQ(mail_date(Instant{}), "Thu, 01 Jan 1970 00:00:00 +0000");
}

TEST(Letter, HeadersAreEncodedWordsWhereTheyAreNotPlain) {
    EXPECT_EQ(header_text("Hello"), "Hello");
    EXPECT_EQ(header_text("H\xc3\xa4lyt"), "=?UTF-8?B?SMOkbHl0?=");
    EXPECT_EQ(header_text("=?x?="), "=?UTF-8?B?PT94Pz0=?=");
    // A line end becomes a blank, within the word.
    EXPECT_EQ(header_text("a\r\nb"), "=?UTF-8?B?YSAgYg==?=");
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "\xc3\xa4";
    }
    std::string words = header_text(text);
    std::size_t lines = 0;
    while (!words.empty()) {
        const std::size_t end = words.find("\r\n ");
        EXPECT_LE(words.substr(0, end).size(), 75U);
        words = end == std::string::npos ? "" : words.substr(end + 3);
        ++lines;
    }
    EXPECT_EQ(lines, 5U);  // 22 letters of two bytes each
}

TEST(Letter, NothingInAValueEndsAHeader) {
    const Letter letter{"anna@example.com", "Tili\r\nBcc: eve@example.com", "", ""};
    const auto lines = header_lines(letter, {"a \"b\" \\", "cx@example.com"}, "m1", moment).value();
    for (const std::string& line : lines) {
        for (std::size_t at = line.find('\n'); at != std::string::npos;
             at = line.find('\n', at + 1)) {
            EXPECT_EQ(line.substr(at + 1, 1), " ") << line;
        }
        EXPECT_THAT(line, Not(HasSubstr("\nBcc")));
    }
    EXPECT_THAT(lines, Contains("From: \"a \\\"b\\\" \\\\\" <cx@example.com>"));
    EXPECT_THAT(lines, Contains("Message-ID: <m1@example.com>"));
    EXPECT_FALSE(header_lines({"a@b\r\nBcc: c@d", "", "", ""}, {"", "a@b"}, "m1", moment));
    EXPECT_FALSE(header_lines({"a@b", std::string(1000, 'x'), "", ""}, {"", "a@b"}, "m1", moment));
}

TEST(LetterTexts, ValuesAreTextWhateverTheyHold) {
    const LetterValues values{
        "Kahvila & {name}", "<b>\"Eve\"</b>\n\nSend money", "https://x.example/?a=1&b='2'"};
    for (const char* language : {"en", "fi", "xx"}) {
        const Letter letter =
            write_letter(Occasion::Invitation, language, "anna@example.com", values);
        EXPECT_THAT(letter.html, HasSubstr("Kahvila &amp; {name}"));
        EXPECT_THAT(letter.html, HasSubstr("&lt;b&gt;&quot;Eve&quot;&lt;/b&gt;  Send money"));
        EXPECT_THAT(letter.html, HasSubstr("href=\"https://x.example/?a=1&amp;b=&#39;2&#39;\""));
        EXPECT_THAT(letter.html, Not(HasSubstr("<b>")));
        EXPECT_THAT(letter.text, HasSubstr("<b>\"Eve\"</b>  Send money"));
        EXPECT_THAT(letter.text, HasSubstr("\nhttps://x.example/?a=1&b='2'\n"));
    }
}

TEST(LetterTexts, EveryOccasionIsWrittenInEveryLanguage) {
    const LetterValues values{"Kahvila", "Anna", "https://x.example/"};
    for (const Occasion occasion : {Occasion::Invitation,
                                    Occasion::PasswordChanged,
                                    Occasion::FactorAdded,
                                    Occasion::FactorRemoved,
                                    Occasion::Test}) {
        const Letter english = write_letter(occasion, "en", "a@b", values);
        const Letter finnish = write_letter(occasion, "fi", "a@b", values);
        EXPECT_NE(english.subject, finnish.subject);
        EXPECT_NE(english.text, finnish.text);
        for (const Letter& letter : {english, finnish}) {
            EXPECT_FALSE(letter.subject.empty());
            EXPECT_THAT(letter.text, HasSubstr("Kahvila"));
            for (const std::string& part : {letter.subject, letter.text, letter.html}) {
                EXPECT_THAT(part, Not(HasSubstr("{"))) << occasion_name(occasion);
            }
            EXPECT_EQ(letter.text.find("https://") != std::string::npos,
                      occasion == Occasion::Invitation);
        }
    }
    EXPECT_TRUE(speaks("fi"));
    EXPECT_FALSE(speaks("sv"));
}

}  // namespace
}  // namespace kokemus::courier
