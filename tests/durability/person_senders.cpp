#include "person_senders.h"

#include <chrono>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/random.h"
#include "http_client.h"

namespace kokemus::durability {

namespace {

namespace json = boost::json;

constexpr std::size_t batch_size_max = 8;

/// A timeline is looked at as one part of the list.
constexpr std::size_t encounters_per_person_max = 300;

/// Of one client, in one folder.
constexpr std::size_t persons_max = 32;

/// The thread that finishes erasures is at low priority: it must get its turn.
constexpr auto between_acts = std::chrono::milliseconds(1);

constexpr auto work_at_most = std::chrono::seconds(10);

/// Nothing was taken of what was sent.
bool is_not_now(int status) {
    return status == 429 || status == 503 || status == 507;
}

/// A count in an answer; 0 when it is not there.
std::size_t count_in(const std::string& body, std::string_view name) {
    boost::system::error_code fault;
    const json::value answer = json::parse(body, fault);
    const json::value* count =
        !fault && answer.is_object() ? answer.as_object().if_contains(name) : nullptr;
    return count == nullptr ? 0 : count->to_number<std::size_t>();
}

/// What became of the one item that /v1 was sent, by the words of its strict mode.
std::string became(const std::string& body) {
    boost::system::error_code fault;
    const json::value answer = json::parse(body, fault);
    const json::value* results =
        !fault && answer.is_object() ? answer.as_object().if_contains("results") : nullptr;
    if (results == nullptr || results->as_array().size() != 1) {
        return "nothing is said of it";
    }
    return std::string(results->as_array().front().at("result").as_string());
}

}  // namespace

/// One of them. Each act gives false when the server is gone.
class PersonSenders::Client {
public:
    Client(PersonSenders& senders, std::uint16_t port, const std::string& own_key,
           std::vector<Person>& persons, Acts acts, Random random)
        : senders_(senders),
          open_(port),
          own_(port, Spoken::Plain, own_key),
          persons_(persons),
          acts_(acts),
          random_(random) {}

    bool connected() const { return open_.connected() && own_.connected(); }

    bool act(std::uint64_t number_of_the_next) {
        const std::uint64_t chance = random_.below(100);
        if (persons_.empty() || (chance < 15 && persons_.size() < persons_max)) {
            persons_.emplace_back(number_of_the_next);
            return send_batch(persons_.back(), Person::user);
        }
        Person& person = persons_[random_.below(persons_.size())];
        const std::size_t cookie = 1 + random_.below(Person::names - 1);
        if (person.erased != Said::Nothing) {
            return send_late(person, cookie);
        }
        if (chance < 50) {
            return send_batch(person, random_.below(Person::names));
        }
        if (chance < 60) {
            return send_again(person);
        }
        if (chance < 72) {
            return send_track(person, cookie);
        }
        return chance < 94 || acts_ == Acts::NoErasures ? say_who(person, cookie) : erase(person);
    }

private:
    bool acknowledged() {
        ++senders_.acknowledgements_;
        return true;
    }

    void fault(const Person& person, const HttpClient::Answer& answer) {
        const std::scoped_lock lock(senders_.mutex_);
        senders_.faults_.push_back(
            fmt::format("person {}: {} {}", person.number, answer.status, answer.body));
    }

    bool wait() {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return true;
    }

    bool send_batch(Person& person, std::size_t name) {
        if (person.acknowledged() + batch_size_max > encounters_per_person_max) {
            return wait();
        }
        Person::Batch& batch =
            person.add(name, 1 + random_.below(batch_size_max), Person::Form::Plain);
        const auto answer = open_.post("/api/encounters", person.body(batch));
        if (!answer) {
            return false;
        }
        if (is_not_now(answer->status)) {
            person.batches.pop_back();
            return wait();
        }
        if (answer->status != 200 || count_in(answer->body, "accepted") != batch.size) {
            fault(person, *answer);
        }
        batch.said = Said::Acknowledged;
        return acknowledged();
    }

    /// The same once more has no effect.
    bool send_again(const Person& person) {
        if (person.batches.empty()) {
            return wait();
        }
        const Person::Batch& batch = person.batches[random_.below(person.batches.size())];
        if (batch.form != Person::Form::Plain || batch.said != Said::Acknowledged) {
            return wait();
        }
        const auto answer = open_.post("/api/encounters", person.body(batch));
        if (answer && answer->status == 200 && count_in(answer->body, "duplicates") != batch.size) {
            fault(person, *answer);
        }
        return answer.has_value();
    }

    /// An encounter, and that the cookie is the user: both when it is answered, else either.
    bool send_track(Person& person, std::size_t cookie) {
        if (person.acknowledged() + batch_size_max > encounters_per_person_max) {
            return wait();
        }
        const bool is_news = person.joined[cookie] == Said::Nothing;
        Person::Batch& batch = person.add(Person::user, 1, Person::Form::Tracked);
        person.joined[cookie] = is_news ? Said::Sent : person.joined[cookie];
        const auto answer = open_.post("/v1/track?strict=1", person.track(batch, cookie));
        if (!answer) {
            return false;
        }
        if (is_not_now(answer->status)) {
            return wait();
        }
        if (answer->status != 200 || became(answer->body) != "kept") {
            fault(person, *answer);
        }
        batch.said = Said::Acknowledged;
        person.joined[cookie] = Said::Acknowledged;
        return acknowledged();
    }

    /// Nothing but that the cookie is the user.
    bool say_who(Person& person, std::size_t cookie) {
        const bool identifies = random_.below(2) == 0;
        const bool is_news = person.joined[cookie] == Said::Nothing;
        person.joined[cookie] = is_news ? Said::Sent : person.joined[cookie];
        if (identifies && person.trait == Said::Nothing) {
            person.trait = Said::Sent;
        }
        const auto answer = identifies
                                ? open_.post("/v1/identify?strict=1", person.identify(cookie))
                                : open_.post("/v1/alias?strict=1", person.alias(cookie));
        if (!answer) {
            return false;
        }
        if (is_not_now(answer->status)) {
            return wait();
        }
        if (answer->status != 200 || became(answer->body) != "kept") {
            fault(person, *answer);
        }
        person.joined[cookie] = Said::Acknowledged;
        person.trait = identifies ? Said::Acknowledged : person.trait;
        return acknowledged();
    }

    /// Of somebody who was erased nothing is kept, whoever sends it and in whatever form.
    bool send_late(const Person& person, std::size_t cookie) {
        if (person.erased != Said::Acknowledged || !person.is_used(cookie) ||
            !person.is_used(Person::user)) {
            return wait();
        }
        Person late(person.number);
        const Person::Batch& batch = late.add(cookie, 2, Person::Form::Plain);
        const bool is_plain = random_.below(2) == 0;
        const auto answer = is_plain ? open_.post("/api/encounters", late.body(batch))
                                     : open_.post("/v1/track?strict=1", late.track(batch, cookie));
        if (!answer) {
            return false;
        }
        const bool is_refused = is_plain ? count_in(answer->body, "erased") == batch.size
                                         : became(answer->body) == "erased";
        if (!is_not_now(answer->status) && (answer->status != 200 || !is_refused)) {
            fault(person, *answer);
        }
        return true;
    }

    /// By one of the names that are joined and by each that is not; by all where an answer is
    /// missing.
    std::vector<std::string> names_for_erasing(const Person& person) {
        std::vector<std::size_t> joined;
        std::vector<std::string> names;
        for (std::size_t which = 0; which < Person::names; ++which) {
            const bool goes_along =
                which == Person::user || person.joined[which] == Said::Acknowledged;
            if (!person.is_used(which)) {
                continue;
            }
            if (goes_along && !person.has_open_ends()) {
                joined.push_back(which);
            } else {
                names.push_back(person.name(which));
            }
        }
        if (!joined.empty()) {
            names.push_back(person.name(joined[random_.below(joined.size())]));
        }
        return names;
    }

    bool erase(Person& person) {
        if (person.acknowledged() == 0) {
            return wait();
        }
        std::size_t used = 0;
        for (std::size_t which = 0; which < Person::names; ++which) {
            used += person.is_used(which) ? 1 : 0;
        }
        person.erased = Said::Sent;
        const auto answer = own_.post("/api/erasures", Person::erasure(names_for_erasing(person)));
        if (!answer) {
            return false;
        }
        if (is_not_now(answer->status)) {
            person.erased = Said::Nothing;
            return wait();
        }
        boost::system::error_code fault_of_text;
        const json::value receipt = json::parse(answer->body, fault_of_text);
        if (answer->status != 200 || receipt.at("digests").as_array().size() != used ||
            (!person.has_open_ends() &&
             count_in(answer->body, "encounters") != person.acknowledged())) {
            fault(person, *answer);
        }
        person.erased = Said::Acknowledged;
        return acknowledged();
    }

    PersonSenders& senders_;
    HttpClient open_;
    HttpClient own_;  ///< shows the server's own key
    std::vector<Person>& persons_;
    const Acts acts_;
    Random random_;
};

PersonSenders::PersonSenders(std::uint16_t port, const std::string& own_key, Books& books,
                             Acts acts, std::uint64_t seed) {
    for (std::size_t i = 0; i < books.size(); ++i) {
        ++at_work_;
        threads_.emplace_back([this, port, own_key, &books, acts, seed, i] {
            Client client(*this, port, own_key, books[i], acts, Random(seed, i));
            // No two clients have a person of the same number.
            while (client.connected() && !is_ending_ &&
                   client.act(books[i].size() * books.size() + i)) {
                std::this_thread::sleep_for(between_acts);
            }
            --at_work_;
        });
    }
}

PersonSenders::~PersonSenders() {
    end();
}

void PersonSenders::work(std::uint64_t acknowledgements) const {
    const auto until = std::chrono::steady_clock::now() + work_at_most;
    while (acknowledgements_ < acknowledgements && at_work_ > 0 &&
           std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
}

void PersonSenders::end() {
    is_ending_ = true;
    for (std::thread& thread : threads_) {
        thread.join();
    }
    threads_.clear();
}

}  // namespace kokemus::durability
