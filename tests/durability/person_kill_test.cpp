#include <array>
#include <fstream>
#include <functional>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "aim.h"
#include "http_client.h"
#include "person_look.h"
#include "person_senders.h"
#include "rounds.h"
#include "server_child.h"

/// What the server promises of persons when it is killed at any moment: who is who follows from all
/// that was acknowledged, and who was erased is nowhere, from the receipt on.
namespace kokemus::durability {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using testing::IsEmpty;

constexpr std::size_t chains = 2;
constexpr std::size_t clients = 3;

/// The work of a round, at most.
constexpr std::uint64_t acknowledgements_max = 120;
constexpr std::uint64_t acknowledgements_before_aim = 40;

/// A new folder now and then, so that the books stay short.
constexpr std::uint64_t rounds_per_folder = 8;

/// Of a hundred kills, those while the server still starts, when it may be finishing what another
/// kill left open, and those that wait for one of `targets`.
constexpr std::uint64_t kills_while_starting_percent = 15;
constexpr std::uint64_t kills_aimed_percent = 65;

/// Of a hundred starts, those that wait until all is finished and look at every byte, besides the
/// last of a folder.
constexpr std::uint64_t whole_look_percent = 20;

const std::array<Target, 6> targets = {{
    {"ordering an erasure", "erasure", 3'000, {}},
    {"folding the log", "commit", 8'000, {"KOKEMUS_TEST_CHECKPOINT_BYTES", "1"}},
    {"cleaning files of the erased", "finishing of erasures", 40'000, {}},
    {"rewriting the ledger", "rewriting of the ledger", 3'000, {}},
    {"swapping the ledger", "swap of the ledger", 12'000, {}},
    {"writing a snapshot", "snapshot", 12'000, {}},
}};

struct Chain {
    std::uint64_t rounds = 0;
    std::uint64_t acknowledgements = 0;
    std::uint64_t persons = 0;
    std::uint64_t erased = 0;
    std::uint64_t kills_while_starting = 0;
    std::array<std::uint64_t, targets.size()> kills_in{};
    std::vector<std::string> faults;

    void add(const std::vector<std::string>& words) {
        for (const std::string& one : words) {
            faults.push_back(fmt::format("round {}: {}", rounds, one));
        }
    }
};

ServerChild::Variables variables_of(const std::filesystem::path& marks) {
    auto variables = frequent_work();
    variables.emplace_back("KOKEMUS_TEST_MOMENTS", marks);
    variables.emplace_back("KOKEMUS_TEST_ERASURES_GATHERED_MS", "1");
    variables.emplace_back("KOKEMUS_TEST_SNAPSHOT_ENCOUNTERS", "30");
    variables.emplace_back("KOKEMUS_SERVER_WRITE_KEY", write_key);
    return variables;
}

/// One start, a look at what is there, some work, one kill.
void one_round(const std::filesystem::path& folder, PersonSenders::Books& books, Random& random,
               Chain& chain) {
    const std::filesystem::path marks = folder.parent_path() / "moments";
    const TestMoments moments(marks);
    const std::uint64_t chance = random.below(100);
    const bool is_aimed = chance < kills_aimed_percent;
    const std::size_t aim_at = random.below(targets.size());
    auto variables = variables_of(marks);
    if (is_aimed && !targets[aim_at].variable.first.empty()) {
        variables.push_back(targets[aim_at].variable);
    }
    ServerChild server(folder, variables);
    if (!is_aimed && chance < kills_aimed_percent + kills_while_starting_percent) {
        std::this_thread::sleep_for(microseconds(random.below(400'000)));
        ++chain.kills_while_starting;
        server.kill();
        return;
    }
    const auto port = server.port(milliseconds(60'000));
    if (!port) {
        chain.add({"the server did not start: " + server.last_words()});
        return;
    }
    const std::string own_key = own_key_of(folder);
    chain.add(look_at_persons(*port, own_key, books));
    if (random.below(100) < whole_look_percent) {
        chain.add(look_for_bytes(*port, own_key, folder, books));
    }
    const bool is_snapshot = is_aimed && std::string_view(targets[aim_at].moment) == "snapshot";
    const auto acts = is_snapshot ? PersonSenders::Acts::NoErasures : PersonSenders::Acts::All;
    PersonSenders senders(*port, own_key, books, acts, random.below(1U << 30U));
    senders.work(random.below(is_aimed ? acknowledgements_before_aim : acknowledgements_max));
    if (is_aimed) {
        aim(moments, targets[aim_at], random);
    } else {
        std::this_thread::sleep_for(microseconds(random.below(15'000)));
    }
    server.kill();
    chain.kills_in[aim_at] += is_aimed && moments.is_active(targets[aim_at].moment) ? 1 : 0;
    senders.end();
    chain.acknowledgements += senders.acknowledgements();
    chain.add(senders.faults());
}

/// What the last kill of a folder left, started once more and ended as it should be.
void last_look(const std::filesystem::path& folder, PersonSenders::Books& books, Chain& chain) {
    {
        ServerChild server(folder, variables_of(folder.parent_path() / "moments"));
        const auto port = server.port(milliseconds(60'000));
        if (!port) {
            chain.add({"the server did not start: " + server.last_words()});
            return;
        }
        const std::string own_key = own_key_of(folder);
        chain.add(look_at_persons(*port, own_key, books));
        chain.add(look_for_bytes(*port, own_key, folder, books));
        if (server.end() != 0) {
            chain.add({"the server did not end well: " + server.last_words()});
        }
    }
    chain.add(damage_in(folder));
    for (const std::vector<Person>& persons : books) {
        for (const Person& person : persons) {
            ++chain.persons;
            chain.erased += person.erased == Said::Acknowledged ? 1 : 0;
        }
    }
}

/// Rounds one after the other on folders of their own.
Chain run_chain(std::uint64_t rounds, std::uint64_t seed) {
    Chain chain;
    Random random(seed);
    while (chain.rounds < rounds && chain.faults.empty()) {
        const Scratch scratch("persons");
        const std::filesystem::path folder = scratch.path() / "data";
        std::filesystem::create_directories(folder);
        PersonSenders::Books books(clients);
        for (std::uint64_t i = 0;
             i < rounds_per_folder && chain.rounds < rounds && chain.faults.empty();
             ++i) {
            ++chain.rounds;
            one_round(folder, books, random, chain);
            if (random.below(100) < whole_look_percent) {
                chain.add(damage_in(folder));
            }
        }
        last_look(folder, books, chain);
    }
    return chain;
}

TEST(PersonKill, JoinsFollowWhatWasAcknowledgedAndNobodyWhoWasErasedComesBack) {
    const Rounds rounds = rounds_of("PERSON_KILL", 32);
    std::array<Chain, chains> done;
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < chains; ++i) {
            threads.emplace_back(
                [&, i] { done[i] = run_chain((rounds.count + i) / chains, rounds.seed + i); });
        }
    }
    Chain all;
    for (const Chain& chain : done) {
        for (std::size_t i = 0; i < targets.size(); ++i) {
            all.kills_in[i] += chain.kills_in[i];
        }
        all.acknowledgements += chain.acknowledgements;
        all.persons += chain.persons;
        all.erased += chain.erased;
        all.kills_while_starting += chain.kills_while_starting;
        for (const std::string& fault : chain.faults) {
            ADD_FAILURE() << fault;
        }
    }
    fmt::print("{} acts acknowledged of {} persons, {} of them erased; {} kills while starting\n",
               all.acknowledgements,
               all.persons,
               all.erased,
               all.kills_while_starting);
    std::uint64_t met = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        met += all.kills_in[i];
        fmt::print("{} kills while {}\n", all.kills_in[i], targets[i].name);
        // A few kills may miss what is short.
        EXPECT_TRUE(all.kills_in[i] > 0 || rounds.count < 100) << "no kill met " << targets[i].name;
    }
    EXPECT_GT(met, rounds.count / 8) << "hardly a kill met what it was aimed at";
    EXPECT_GT(all.acknowledgements, 4 * rounds.count) << "hardly anything was sent";
    EXPECT_GT(all.erased, rounds.count / 4) << "hardly anybody was erased";
}

/// The look must notice what it is there for.
TEST(PersonKill, TheLookNoticesWhatIsNotAsItWasAcknowledged) {
    const Scratch scratch("books");
    const std::filesystem::path folder = scratch.path() / "data";
    ServerChild server(folder, variables_of(scratch.path() / "moments"));
    const auto port = server.port(milliseconds(60'000));
    ASSERT_TRUE(port) << server.last_words();
    const std::string own_key = own_key_of(folder);
    HttpClient client(*port);
    PersonSenders::Books books(1);
    Person& person = books[0].emplace_back(1);
    Person::Batch& sent = person.add(Person::user, 3, Person::Form::Plain);
    ASSERT_EQ(client.post("/api/encounters", person.body(sent))->status, 200);
    ASSERT_EQ(client.post("/v1/alias", person.alias(2))->status, 200);
    person.joined[2] = Said::Sent;
    EXPECT_THAT(look_at_persons(*port, own_key, books), IsEmpty());
    EXPECT_EQ(person.joined[2], Said::Acknowledged) << "it came to pass, and is booked";
    EXPECT_EQ(person.acknowledged(), 3);

    const auto wrong = [&](const std::function<void(Person&)>& change) {
        PersonSenders::Books other = books;
        change(other[0][0]);
        return look_at_persons(*port, own_key, other).size();
    };
    EXPECT_EQ(wrong([](Person& one) { one.joined[3] = Said::Acknowledged; }), 1) << "a lost join";
    EXPECT_EQ(wrong([](Person& one) { one.joined[2] = Said::Nothing; }), 1) << "a join of its own";
    EXPECT_EQ(wrong([](Person& one) { one.trait = Said::Acknowledged; }), 1) << "a lost trait";
    EXPECT_EQ(wrong([](Person& one) { one.batches[0].size = 4; }), 1) << "half a batch";
    EXPECT_EQ(wrong([](Person& one) { one.batches.clear(); }), 4) << "three unsent, and the total";
    EXPECT_EQ(wrong([](Person& one) {
                  one.add(Person::user, 2, Person::Form::Plain).said = Said::Acknowledged;
              }),
              1)
        << "a lost batch";
    // Two names of the person, the totals, and a receipt that there is not.
    EXPECT_EQ(wrong([](Person& one) { one.erased = Said::Acknowledged; }), 4) << "not erased";

    HttpClient own(*port, Spoken::Plain, own_key);
    ASSERT_EQ(own.post("/api/erasures", Person::erasure({person.name(2)}))->status, 200);
    EXPECT_EQ(wrong([](Person&) {}), 2) << "the batch, and a receipt too many";
    person.erased = Said::Sent;
    EXPECT_THAT(look_at_persons(*port, own_key, books), IsEmpty());
    EXPECT_EQ(person.erased, Said::Acknowledged);
    EXPECT_THAT(look_for_bytes(*port, own_key, folder, books), IsEmpty());
    person.erased = Said::Acknowledged;
    std::ofstream(folder / "left") << "somewhere " << person.name(Person::user);
    EXPECT_EQ(look_for_bytes(*port, own_key, folder, books).size(), 2) << "we and the server";
}

}  // namespace
}  // namespace kokemus::durability
