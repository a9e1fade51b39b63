#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

/// Columns that lead outside their memory are noticed before they are used, each by its name.
namespace kokemus::timeline {
namespace {

/// A part with something in every column: both kinds of dimension, scores, values, threads,
/// promises kept and not, a customer who is gone.
Part rich_part() {
    tiny::Ledger ledger;
    for (int i = 0; i < 40; ++i) {
        auto& one = ledger.add("c" + std::to_string(i % 5),
                               i * 7,
                               "t" + std::to_string(i % 3),
                               i % 4 == 0 ? "" : "order " + std::to_string(i % 6));
        one.channel = i % 2 == 0 ? "web" : "phone";
        one.department = "Billing";
        one.employee = "Ann";
        one.value = i % 3 == 0 ? std::optional(i / 4.0) : std::nullopt;
        one.duration_seconds = i % 5 == 0 ? std::optional(i / 3.0) : std::nullopt;
        one.properties = i % 2 == 0 ? R"({"plan":"gold"})" : "";
        if (i % 4 == 1) {
            one.score = i % 11;
            one.scale = "nps";
            one.due["delivery"] = tiny::at(i * 7 + 20);
        }
    }
    ledger.customers = {{encounter::CustomerName("c3"), {{"segment", "new"}}}};
    auto blueprint = tiny::four_channels();
    blueprint.dimensions = {{"plan", blueprint::DimensionSource::Properties, "plan"},
                            {"segment", blueprint::DimensionSource::Traits, "segment"}};
    blueprint::Promise promise;
    promise.name = "delivery";
    promise.kept = {"t1", "t2"};
    blueprint.promises = {promise};
    Part part = ledger.build(std::move(blueprint))->parts[0];
    RowSetBuilder gone(part.customer_count());
    gone.insert(2);
    part.gone = gone.seal();
    return part;
}

/// Changes the item at `place` among all that visit_columns visits.
class Damage {
public:
    enum class Kind { Shorter, Longer, HighestFirst, HighestLast };

    Damage(std::size_t place, Kind kind) : place_(place), kind_(kind) {}

    template <typename T>
    void operator()(Array<T>& array) {
        if (next_++ != place_) {
            return;
        }
        std::vector<T> values(array.begin(), array.end());
        if (kind_ == Kind::Longer) {
            values.push_back(T{});
        } else if (values.empty()) {
            return;
        } else if (kind_ == Kind::Shorter) {
            values.pop_back();
        } else {
            T& value = kind_ == Kind::HighestFirst ? values.front() : values.back();
            std::memset(&value, 0xFF, sizeof value);
        }
        array = Array<T>(std::move(values));
        done_ = true;
    }

    template <typename T>
    requires std::is_arithmetic_v<T>
    void operator()(T& number) {
        if (next_++ == place_ && kind_ == Kind::HighestFirst) {
            number = std::numeric_limits<T>::max();
            done_ = true;
        }
    }

    std::size_t items() const { return next_; }

    /// Whether there was something to damage in that way.
    bool done() const { return done_; }

private:
    std::size_t place_;
    Kind kind_;
    std::size_t next_ = 0;
    bool done_ = false;
};

/// "column/item in it" of all that visit_columns visits, in its order.
std::vector<std::string> items_of(Part& part) {
    std::vector<std::string> items;
    const auto add = [&](const std::string& column, auto&& visit_it) {
        Damage count(SIZE_MAX, Damage::Kind::Longer);
        visit_it(count);
        for (std::size_t item = 0; item < count.items(); ++item) {
            items.push_back(column + "/" + std::to_string(item));
        }
    };
    const auto column = [&](const std::string& name, auto& one) {
        add(name, [&](Damage& count) { one.visit_columns(count); });
    };
    column("customers", part.customers);
    column("threads", part.threads);
    add("customer_offsets", [&](Damage& count) { count(part.customer_offsets); });
    column("time", part.time);
    column("touchpoint", part.touchpoint);
    column("channel", part.channel);
    column("department", part.department);
    column("employee", part.employee);
    column("thread", part.thread);
    column("answer", part.answer);
    column("value", part.value);
    column("duration", part.duration_seconds);
    column("plan", part.dimension[0]);
    column("segment", part.dimension[1]);
    column("ledger_number", part.ledger_number);
    column("thread_index", part.thread_index);
    column("promises", part.promises);
    column("gone", part.gone);
    return items;
}

std::string column_of(const std::string& item) {
    return item.substr(0, item.find('/'));
}

/// The column named when one item is damaged; nothing when there was nothing to damage.
std::optional<std::string> named(std::size_t place, Damage::Kind kind) {
    Part part = rich_part();
    Damage damage(place, kind);
    part.visit_columns(damage);
    if (!damage.done()) {
        return std::nullopt;
    }
    return std::string(part.unsound_column());
}

class Soundness : public ::testing::Test {
protected:
    void SetUp() override {
        Part part = rich_part();
        ASSERT_EQ(part.unsound_column(), "");
        items = items_of(part);
        Damage count(SIZE_MAX, Damage::Kind::Longer);
        part.visit_columns(count);
        ASSERT_EQ(count.items(), items.size()) << "a column is missing in this test";
    }

    std::vector<std::string> items;
};

/// The number of rows is that of the times, so one more or less of those shows in what is held
/// against it first.
std::string column_by_length(const std::string& item) {
    return item == "time/2" || item == "time/4" ? "customer_offsets" : column_of(item);
}

TEST_F(Soundness, AnArrayThatIsTooShortOrTooLongNamesItsColumn) {
    // The order in which a dictionary finds its texts may know fewer or more of them.
    const std::set<std::string> free = {"customers/4", "customers/5", "threads/4", "threads/5"};
    std::size_t tried = 0;
    for (std::size_t place = 0; place < items.size(); ++place) {
        for (const auto kind : {Damage::Kind::Shorter, Damage::Kind::Longer}) {
            const auto column = named(place, kind);
            if (column) {
                EXPECT_EQ(*column,
                          free.contains(items[place]) ? "" : column_by_length(items[place]))
                    << items[place] << (kind == Damage::Kind::Longer ? " longer" : " shorter");
                ++tried;
            }
        }
    }
    EXPECT_GT(tried, 80U);
}

TEST_F(Soundness, AValueThatLeadsOutsideNamesItsColumn) {
    // What these hold leads nowhere: bytes of texts, times, amounts, numbers of the ledger.
    const std::set<std::string> free = {"customers/1",
                                        "threads/1",
                                        "time/2",
                                        "time/3",
                                        "time/4",
                                        "time/5",
                                        "time/6",
                                        "value/3",
                                        "value/4",
                                        "duration/3",
                                        "duration/4",
                                        "ledger_number/0",
                                        "ledger_number/1"};
    // Numbers that say how the rest is to be read: any truth is one, and dues are times.
    const std::set<std::string> read_any_way = {"customers/0", "threads/0"};
    std::size_t tried = 0;
    for (std::size_t place = 0; place < items.size(); ++place) {
        for (const auto kind : {Damage::Kind::HighestFirst, Damage::Kind::HighestLast}) {
            const auto column = named(place, kind);
            if (!column || read_any_way.contains(items[place]) ||
                column_of(items[place]) == "promises") {
                continue;
            }
            EXPECT_EQ(*column, free.contains(items[place]) ? "" : column_of(items[place]))
                << items[place];
            ++tried;
        }
    }
    EXPECT_GT(tried, 40U);
}

TEST_F(Soundness, OfPromisesWhatLeadsOutsideIsNamed) {
    // rows, offsets, promise, due, kept, actual: all but the times of the last three.
    std::size_t first = 0;
    while (items[first] != "promises/0") {
        ++first;
    }
    for (const std::size_t item : {0U, 1U, 2U, 3U, 4U}) {
        EXPECT_EQ(named(first + item, Damage::Kind::HighestFirst), "promises") << item;
    }
    EXPECT_EQ(named(first + 12, Damage::Kind::HighestFirst), "promises") << "places of kept ones";
}

TEST_F(Soundness, DimensionsOtherThanDeclaredAreNamed) {
    Part part = rich_part();
    part.dimension.pop_back();
    EXPECT_EQ(part.unsound_column(), "dimension");
}

TEST(SharedSoundness, NamesTheDictionaryOrTheAnswers) {
    const Shared good = rich_part();
    EXPECT_EQ(good.unsound_column(), "");
    const std::vector<std::pair<std::string, std::function<Dictionary&(Shared&)>>> dictionaries = {
        {"touchpoints", [](Shared& shared) -> Dictionary& { return shared.touchpoints; }},
        {"channels", [](Shared& shared) -> Dictionary& { return shared.channels; }},
        {"departments", [](Shared& shared) -> Dictionary& { return shared.departments; }},
        {"employees", [](Shared& shared) -> Dictionary& { return shared.employees; }},
        {"scales", [](Shared& shared) -> Dictionary& { return shared.scales; }},
        {"plan", [](Shared& shared) -> Dictionary& { return shared.dimensions[0].texts; }},
        {"segment", [](Shared& shared) -> Dictionary& { return shared.dimensions[1].texts; }}};
    for (const auto& [name, of] : dictionaries) {
        Shared damaged = good;
        Damage shorter(1, Damage::Kind::Shorter);  // its bytes
        of(damaged).visit_columns(shorter);
        ASSERT_TRUE(shorter.done()) << name;
        EXPECT_EQ(damaged.unsound_column(), name);
    }
    for (const Answer wrong : {Answer{good.scales.size() == 1 ? 1U : 99U, 1, false, 0},
                               Answer{0, std::numeric_limits<double>::quiet_NaN(), false, 0}}) {
        Shared damaged = good;
        damaged.answers = Array(std::vector<Answer>{wrong});
        EXPECT_EQ(damaged.unsound_column(), "answers");
    }
}

}  // namespace
}  // namespace kokemus::timeline
