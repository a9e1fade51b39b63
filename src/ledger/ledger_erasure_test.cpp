#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/copying.h"
#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::ledger {
namespace {

using encounter::Customer;
using encounter::CustomerName;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* words = "The technician never came and nobody called me back, zanzibar-7";

ErasureOrder order(const std::vector<std::string>& names) {
    ErasureOrder order;
    for (const std::string& name : names) {
        order.customers.emplace_back(name);
    }
    order.by = "u1";
    order.reason = "asked for it";
    order.at = Instant(Milliseconds(1'800'000'000'000));
    return order;
}

Rewriting rewriting() {
    Rewriting rewriting;
    rewriting.remains = R"({"timeline":"made anew"})";
    return rewriting;
}

/// The names of the files in the folder, all of them read, whose bytes hold the text.
std::vector<std::string> files_with(const std::filesystem::path& folder, std::string_view text) {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) {
            continue;
        }
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        if (bytes.find(text) != std::string::npos) {
            found.push_back(entry.path().filename().string());
        }
    }
    return found;
}

encounter::Encounter said(const std::string& customer, const std::string& id,
                          std::int64_t milliseconds, const std::string& text) {
    encounter::Encounter one = make(customer, id, milliseconds);
    one.text = text;
    one.properties = R"({"order":"of )" + customer + R"("})";
    return one;
}

void fill(Ledger& ledger) {
    append(ledger,
           {said("zanzibar@example.com", "1", 0, words),
            said("bert@example.com", "2", 10, "Fine, thank you"),
            said("zanzibar@example.com", "3", 20, "Again, zanzibar-7")});
    ASSERT_TRUE(ledger.put_customers(std::vector<Customer>{
        {CustomerName("zanzibar@example.com"), {{"phone", "+358 zanzibar-7"}}},
        {CustomerName("bert@example.com"), {{"plan", "gold"}}}}));
}

std::vector<std::string> ids(const Ledger& ledger) {
    std::vector<std::string> out;
    for (const auto& one : bodies(all(ledger))) {
        out.push_back(one.id.value());
    }
    return out;
}

TEST(LedgerErasure, TakesAPersonOutOfEveryAnswerAtOnce) {
    const TestFolder folder;
    const auto ledger = folder.open();
    fill(*ledger);
    const auto receipt = erasing_of(*ledger).erase(order({"zanzibar@example.com"}));
    ASSERT_TRUE(receipt) << receipt.error().message;
    EXPECT_EQ(receipt->number, 1U);
    EXPECT_EQ(receipt->encounters, 2U);
    EXPECT_EQ(receipt->texts, 2U);
    EXPECT_EQ(receipt->traits, 1U);
    EXPECT_FALSE(receipt->finished_at);
    EXPECT_THAT(ids(*ledger), ElementsAre("2"));
    const CustomerName gone("zanzibar@example.com");
    EXPECT_THAT(*ledger->read_customer(gone), IsEmpty());
    EXPECT_FALSE(*ledger->customer(gone));
    EXPECT_THAT(*ledger->find_customers("zanzibar", 10), IsEmpty());
    EXPECT_THAT(*ledger->find_customers("", 10), testing::SizeIs(1));
    std::size_t changed = 0;
    ASSERT_TRUE(ledger->scan_customers_since(0, [&](std::span<const Customer> some) -> Status {
        changed += some.size();
        return {};
    }));
    EXPECT_EQ(changed, 1U);
    const Totals totals = *ledger->totals();
    EXPECT_EQ(totals.encounters, 1U);
    EXPECT_EQ(totals.customers, 1U);
    EXPECT_EQ(totals.last_number, 3U) << "numbers are not given twice";
    EXPECT_EQ(totals.latest, make("", "", 10).time);
}

TEST(LedgerErasure, RefusesWhatComesAfterwardsAndRemembersItOverAStart) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        fill(*ledger);
        auto late = ledger->begin();
        ASSERT_TRUE(late->add(std::vector{said("zanzibar@example.com", "6", 32, "laid out before"),
                                          said("carl@example.com", "7", 33, "also")}));
        ASSERT_TRUE(erasing_of(*ledger).erase(order({"zanzibar@example.com"})));
        const auto receipt = ledger->commit(std::move(late));
        ASSERT_TRUE(receipt) << receipt.error().message;
        EXPECT_EQ(receipt->accepted, 1U);
        EXPECT_EQ(receipt->erased, 1U);
        ASSERT_TRUE(ledger->put_customers(
            std::vector<Customer>{{CustomerName("zanzibar@example.com"), {{"phone", "1"}}}}));
        EXPECT_EQ(append(*ledger, {said("zanzibar@example.com", "1", 0, words)}).erased, 1U);
        EXPECT_THAT(ids(*ledger), ElementsAre("2", "7"));
    }
    const auto ledger = folder.open();
    const Receipt again = append(*ledger,
                                 {said("zanzibar@example.com", "1", 0, words),
                                  said("bert@example.com", "2", 10, "Fine, thank you")});
    EXPECT_EQ(again.erased, 1U);
    EXPECT_EQ(again.duplicates, 1U);
    EXPECT_TRUE(erasing_of(*ledger).is_erased(CustomerName("zanzibar@example.com")));
    EXPECT_FALSE(erasing_of(*ledger).is_erased(CustomerName("bert@example.com")));
    EXPECT_EQ(ledger->totals()->last_number, 4U);
}

TEST(LedgerErasure, ReadmitsWhoComesBack) {
    const TestFolder folder;
    const auto ledger = folder.open();
    fill(*ledger);
    const CustomerName name("zanzibar@example.com");
    EXPECT_EQ(erasing_of(*ledger).readmit(name).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(erasing_of(*ledger).erase(order({"zanzibar@example.com"})));
    ASSERT_TRUE(erasing_of(*ledger).readmit(name));
    EXPECT_EQ(append(*ledger, {said("zanzibar@example.com", "9", 40, "hello again")}).accepted, 1U);
    EXPECT_THAT(ids(*ledger), ElementsAre("2", "9"));
    EXPECT_TRUE(*ledger->customer(name));
}

TEST(LedgerErasure, LeavesNoByteOnceTheFileIsWrittenAnew) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        fill(*ledger);
    }
    {
        const auto ledger = folder.open();
        EXPECT_THAT(files_with(folder.path(), "zanzibar"), testing::Not(IsEmpty()));
        ASSERT_TRUE(erasing_of(*ledger).erase(order({"zanzibar@example.com"})));
        EXPECT_THAT(files_with(folder.path(), "zanzibar"), testing::Not(IsEmpty()))
            << "else this test proves nothing";
        EXPECT_THAT(*erasing_of(*ledger).unfinished(),
                    ElementsAre(CustomerName("zanzibar@example.com")));
        const auto done = erasing_of(*ledger).rewrite(rewriting(), {});
        ASSERT_TRUE(done) << done.error().message;
        ASSERT_EQ(done->finished.size(), 1U);
        EXPECT_EQ(done->encounters, 1U);
        EXPECT_THAT(files_with(folder.path(), "zanzibar"), IsEmpty());
        EXPECT_THAT(*erasing_of(*ledger).find_text("zanzibar"), IsEmpty());
        EXPECT_THAT(*erasing_of(*ledger).unfinished(), IsEmpty());
        // It goes on as if nothing had been.
        append(*ledger, {said("dora@example.com", "8", 50, "new")});
        EXPECT_THAT(ids(*ledger), ElementsAre("2", "8"));
        ASSERT_TRUE(ledger->put_customers(
            std::vector<Customer>{{CustomerName("emil@example.com"), {{"plan", "fibre"}}}}));
    }
    EXPECT_THAT(files_with(folder.path(), "zanzibar"), IsEmpty());
    const auto ledger = folder.open();
    EXPECT_THAT(ids(*ledger), ElementsAre("2", "8"));
    EXPECT_EQ(ledger->totals()->customers, 3U);
    EXPECT_EQ(append(*ledger, {said("zanzibar@example.com", "1", 0, words)}).erased, 1U);
    EXPECT_THAT(files_with(folder.path(), "zanzibar"), IsEmpty())
        << "what was refused was written all the same";
}

TEST(LedgerErasure, FindsATextWhateverSignsItHas) {
    const TestFolder folder;
    const auto ledger = folder.open();
    const std::vector<std::string> texts = {"Liisa O'Quixano",
                                            R"(C:\\Users\liisa)",
                                            R"(the "blue" one)",
                                            "a,b",
                                            "a=b",
                                            "{x: [1]}",
                                            " ",
                                            "NULL",
                                            "line\nbreak",
                                            "P\xc3\xa4ivi"};
    std::map<std::string, std::string> traits;
    for (const std::string& text : texts) {
        traits["trait " + std::to_string(traits.size())] = "before " + text + " behind";
    }
    traits["o'key"] = "v";
    ASSERT_TRUE(ledger->put_customers(std::vector<Customer>{{CustomerName("anna"), traits}}));
    append(*ledger, {said("anna", "1", 0, "she'd said")});
    const auto places = [&](const std::string& text) {
        std::vector<std::string> found;
        const auto all = erasing_of(*ledger).find_text(text);
        EXPECT_TRUE(all);
        for (const TextFound& one : *all) {
            found.push_back(one.place + " " + std::to_string(one.rows));
        }
        return found;
    };
    for (const std::string& text : texts) {
        EXPECT_THAT(places("before " + text + " behind"),
                    ElementsAre("trait.traits 1", "trait_change.traits 1"))
            << text;
    }
    EXPECT_THAT(places("o'key"), ElementsAre("trait.traits 1", "trait_change.traits 1"));
    EXPECT_THAT(places("she'd"), ElementsAre("encounter.text 1"));
    EXPECT_THAT(places("='before"), IsEmpty()) << "signs that nobody wrote";
}

TEST(LedgerErasure, LeavesOpenWhatWasOrderedAfterOtherFilesWereCleaned) {
    const TestFolder folder;
    const auto ledger = folder.open();
    fill(*ledger);
    Erasing& erasing = erasing_of(*ledger);
    const auto cleaned = erasing.erase(order({"zanzibar@example.com"}));
    ASSERT_TRUE(cleaned);
    ASSERT_TRUE(erasing.erase(order({"bert@example.com"})));
    Rewriting wanted = rewriting();
    wanted.up_to = cleaned->number;
    const auto done = erasing.rewrite(wanted, {});
    ASSERT_TRUE(done);
    ASSERT_EQ(done->finished.size(), 1U);
    EXPECT_EQ(done->finished[0].number, cleaned->number);
    EXPECT_EQ(erasing.unfinished()->size(), 1U);
    ASSERT_TRUE(erasing.rewrite(rewriting(), {}));
    EXPECT_TRUE(erasing.unfinished()->empty());
}

TEST(LedgerErasure, SealsReceiptsOntoEachOther) {
    const TestFolder folder;
    const auto ledger = folder.open();
    fill(*ledger);
    Erasing& erasing = erasing_of(*ledger);
    EXPECT_EQ(erasing.erase(order({})).error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(erasing.erase(order({"zanzibar@example.com", "nobody@example.com"})));
    ASSERT_TRUE(erasing.rewrite(rewriting(), {}));
    ASSERT_TRUE(erasing.erase(order({"bert@example.com"})));
    ASSERT_TRUE(erasing.rewrite(rewriting(), {}));
    ASSERT_TRUE(erasing.erase(order({"carl@example.com"})));
    auto receipts = *erasing.erasures();
    ASSERT_EQ(receipts.size(), 3U);
    EXPECT_EQ(receipts[0].digests.size(), 2U);
    EXPECT_EQ(receipts[1].previous, receipts[0].seal);
    EXPECT_EQ(receipts[2].seal, "");
    EXPECT_THAT(receipts[1].digests,
                ElementsAre(erasing.digest_of(CustomerName("bert@example.com"))));
    EXPECT_EQ(first_broken(receipts), std::nullopt);
    auto changed = receipts;
    changed[0].encounters = 1;
    EXPECT_EQ(first_broken(changed), 1U);
    changed = receipts;
    changed.erase(changed.begin());
    EXPECT_EQ(first_broken(changed), 1U);
    changed = receipts;
    changed[0].seal.clear();
    changed[0].finished_at.reset();
    EXPECT_EQ(first_broken(changed), 2U) << "a finished one stands behind an open one";
}

TEST(LedgerErasure, AReaderWhoBeganBeforeEndsWithoutThePerson) {
    const TestFolder folder;
    const auto ledger = folder.open();
    std::vector<encounter::Encounter> many;
    for (int i = 0; i < 20'000; ++i) {
        many.push_back(make(i % 2 == 0 ? "anna" : "bert", std::to_string(i), i));
    }
    append(*ledger, many);
    bool erased = false;
    std::size_t of_anna_later = 0;
    std::size_t of_bert = 0;
    const Status read = ledger->scan_since(0, [&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            of_anna_later += erased && entry.encounter.customer.value() == "anna" ? 1 : 0;
            of_bert += entry.encounter.customer.value() == "bert" ? 1 : 0;
        }
        if (!erased) {
            TRY(erasing_of(*ledger).erase(order({"anna"})));
            TRY(erasing_of(*ledger).rewrite(rewriting(), {}));
            erased = true;
        }
        return {};
    });
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(of_anna_later, 0U);
    EXPECT_EQ(of_bert, 10'000U) << "the old file is read to its end";
    append(*ledger, {make("carl", "1")});
    const auto copy = folder.path() / "copy";
    std::filesystem::create_directories(copy);
    ASSERT_TRUE(copy_ledger(*ledger, copy));
    EXPECT_EQ(ledger->totals()->encounters, 10'001U);
}

TEST(LedgerErasure, WritesMoreThanOnePieceAnewAndStopsWhenTold) {
    const TestFolder folder;
    const auto ledger = folder.open();
    for (int part = 0; part < 3; ++part) {
        std::vector<encounter::Encounter> many;
        for (std::size_t i = 0; i < bulk_batch_rows; ++i) {
            many.push_back(make("c" + std::to_string(i % 1000),
                                std::to_string(part) + "-" + std::to_string(i),
                                static_cast<std::int64_t>(i)));
        }
        append(*ledger, many);
    }
    const std::uint64_t before = ledger->totals()->encounters;
    ASSERT_TRUE(erasing_of(*ledger).erase(order({"c17"})));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(erasing_of(*ledger).rewrite(rewriting(), stop.get_token()).error().code,
              ErrorCode::Cancelled);
    EXPECT_THAT(*erasing_of(*ledger).unfinished(), testing::SizeIs(1));
    const auto done = erasing_of(*ledger).rewrite(rewriting(), {});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->encounters, ledger->totals()->encounters);
    EXPECT_LT(done->encounters, before);
    std::uint64_t last = 0;
    std::uint64_t read = 0;
    ASSERT_TRUE(ledger->scan_since(0, [&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            EXPECT_GT(entry.number, last);
            last = entry.number;
            ++read;
        }
        return {};
    }));
    EXPECT_EQ(read, done->encounters);
}

TEST(LedgerErasure, TakesWhatIsTooOldByTheSameWay) {
    const TestFolder folder;
    const auto file_holds = [&](std::string_view text) {
        return !files_with(folder.path(), text).empty();
    };
    {
        const auto ledger = folder.open();
        const auto day = [](int days) { return days * 86'400'000LL; };
        append(*ledger,
               {said("old@x.fi", "1", day(0), "gone-encounter"),
                said("bert@x.fi", "2", day(10), "gone-words"),
                said("bert@x.fi", "3", day(20), "gone-words too"),
                said("bert@x.fi", "4", day(30), "kept-words")});
        // The newest number of all belongs to the oldest time.
        append(*ledger, {said("old@x.fi", "5", day(1), "gone-encounter")});
        ASSERT_TRUE(ledger->put_customers(
            std::vector<Customer>{{CustomerName("old@x.fi"), {{"phone", "gone-phone"}}},
                                  {CustomerName("bert@x.fi"), {{"phone", "kept-phone"}}},
                                  {CustomerName("new@x.fi"), {{"phone", "kept too"}}}}));
        const auto at = [&](int days) { return make("", "", day(days)).time; };
        Rewriting wanted = rewriting();
        wanted.retention = {.texts_before = at(25),
                            .properties_before = at(15),
                            .encounters_before = at(5),
                            .traits_before = at(5)};
        const auto old = erasing_of(*ledger).too_old(wanted.retention);
        ASSERT_TRUE(old) << old.error().message;
        EXPECT_EQ(old->texts, 2U);
        EXPECT_EQ(old->properties, 1U);
        EXPECT_EQ(old->encounters, 2U);
        EXPECT_EQ(old->traits, 1U);
        EXPECT_EQ(erasing_of(*ledger).too_old({})->all(), 0U);
        Retention together = wanted.retention;
        together.joined = {{CustomerName("old@x.fi"), CustomerName("anna")},
                           {CustomerName("bert@x.fi"), CustomerName("anna")}};
        EXPECT_EQ(erasing_of(*ledger).too_old(together)->traits, 0U)
            << "another name of the customer has newer encounters";
        const auto done = erasing_of(*ledger).rewrite(wanted, {});
        ASSERT_TRUE(done) << done.error().message;
        EXPECT_THAT(
            done->changed,
            testing::UnorderedElementsAre(CustomerName("old@x.fi"), CustomerName("bert@x.fi")));
        EXPECT_EQ(erasing_of(*ledger).too_old(wanted.retention)->all(), 0U);
        EXPECT_THAT(ids(*ledger), ElementsAre("2", "3", "4"));
        EXPECT_EQ(ledger->totals()->first, at(10));
        EXPECT_EQ(ledger->totals()->last_number, 5U);
        const std::vector<CustomerName> names{CustomerName("bert@x.fi"), CustomerName("nobody")};
        const auto of_bert = ledger->read_customers(names);
        const auto traits = ledger->customers(names);
        ASSERT_TRUE(of_bert);
        ASSERT_TRUE(traits);
        ASSERT_EQ(traits->size(), 1U);
        EXPECT_EQ(traits->front().traits.at("phone"), "kept-phone");
        ASSERT_EQ(of_bert->size(), 3U);
        EXPECT_EQ((*of_bert)[0].encounter.text, "");
        EXPECT_EQ((*of_bert)[0].encounter.properties, "");
        EXPECT_EQ((*of_bert)[1].encounter.text, "");
        EXPECT_NE((*of_bert)[1].encounter.properties, "");
        EXPECT_EQ((*of_bert)[2].encounter.text, "kept-words");
    }
    for (const char* gone : {"gone-encounter", "gone-words", "gone-phone"}) {
        EXPECT_FALSE(file_holds(gone)) << gone;
    }
    EXPECT_TRUE(file_holds("kept-words"));
    const auto ledger = folder.open();
    EXPECT_EQ(ledger->totals()->last_number, 5U) << "numbers are not given twice";
    EXPECT_EQ(append(*ledger, {make("bert@x.fi", "9")}).accepted, 1U);
    EXPECT_EQ(ledger->totals()->last_number, 6U);
}

TEST(LedgerErasure, EndsAtAStartWhatAKillInterruptedInTheSwap) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        fill(*ledger);
        ASSERT_TRUE(erasing_of(*ledger).erase(order({"zanzibar@example.com"})));
    }
    const auto file = folder.path() / "ledger" / "encounters.duckdb";
    const TestFolder other;
    std::filesystem::copy(folder.path(), other.path(), std::filesystem::copy_options::recursive);
    {
        const auto ledger = other.open();
        ASSERT_TRUE(erasing_of(*ledger).rewrite(rewriting(), {}));
    }
    // As it stands when the new file has its second name, and the old one its log.
    std::filesystem::copy_file(other.path() / "ledger" / "encounters.duckdb",
                               file.string() + ".next");
    std::ofstream(file.string() + ".wal") << "of the old file";
    std::ofstream(file.string() + ".fresh") << "half of a file";
    const auto ledger = folder.open();
    ASSERT_NE(ledger, nullptr);
    EXPECT_THAT(*erasing_of(*ledger).unfinished(), IsEmpty());
    EXPECT_THAT(ids(*ledger), ElementsAre("2"));
    EXPECT_FALSE(std::filesystem::exists(file.string() + ".fresh"));
    EXPECT_THAT(files_with(folder.path(), "zanzibar"), IsEmpty());
}

}  // namespace
}  // namespace kokemus::ledger
