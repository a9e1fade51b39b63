#include "person_look.h"

#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "http_client.h"

namespace kokemus::durability {

namespace {

namespace json = boost::json;

constexpr auto finished_within = std::chrono::seconds(120);

/// As many texts as one search takes.
constexpr std::size_t texts_per_search = 100;

using Faults = std::vector<std::string>;

/// The answer to a request; null when there is none.
json::value answer_of(const std::optional<HttpClient::Answer>& answer) {
    boost::system::error_code fault;
    json::value read = answer && answer->status == 200 ? json::parse(answer->body, fault) : nullptr;
    return fault ? json::value() : read;
}

std::string text_of(const json::value& object, std::string_view name) {
    const json::value* found = object.as_object().if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : "";
}

/// What the server has of one customer, whichever of the names it was asked by.
struct Shown {
    std::set<std::string> names;
    std::string city;
};

/// By their ids.
using Encounters = std::map<std::string, std::vector<json::object>>;

/// What it has of all.
struct Totals {
    std::size_t encounters = 0;
    std::size_t customers = 0;  ///< with an encounter
    std::size_t erased = 0;
};

class Look {
public:
    Look(HttpClient& client, Faults& faults) : client_(client), faults_(faults) {}

    void at(Person& person) {
        if (person.erased == Said::Sent) {
            person.erased = is_gone(person) ? Said::Acknowledged : Said::Nothing;
        }
        person.erased == Said::Acknowledged ? at_erased(person) : at_living(person);
    }

    const Totals& totals() const { return totals_; }

private:
    void fault(const Person& person, const std::string& words) {
        faults_.push_back(fmt::format("person {}: {}", person.number, words));
    }

    std::optional<Shown> shown(const std::string& name) {
        const auto answer = client_.get("/api/customers/" + name);
        if (!answer || (answer->status != 200 && answer->status != 404)) {
            faults_.push_back(fmt::format(
                "GET of {}: {}", name, answer ? answer->body : std::string("no answer")));
        }
        const json::value customer = answer_of(answer);
        if (customer.is_null()) {
            return std::nullopt;
        }
        Shown shown;
        for (const json::value& one : customer.at("identities").as_array()) {
            shown.names.insert(text_of(one, "name"));
        }
        shown.city = text_of(customer.at("traits"), "city");
        return shown;
    }

    Encounters encounters_of(const std::string& name) {
        Encounters encounters;
        const json::value timeline = answer_of(client_.get("/api/customers/" + name + "/timeline"));
        if (!timeline.is_null()) {
            for (const json::value& one : timeline.at("encounters").as_array()) {
                encounters[text_of(one, "id")].push_back(one.as_object());
            }
        }
        return encounters;
    }

    /// By an acknowledged batch, of which there is one: nobody is erased otherwise.
    bool is_gone(const Person& person) {
        for (const Person::Batch& batch : person.batches) {
            if (batch.said == Said::Acknowledged) {
                return !shown(person.name(batch.name));
            }
        }
        return false;
    }

    void at_erased(const Person& person) {
        ++totals_.erased;
        for (std::size_t which = 0; which < Person::names; ++which) {
            if (person.is_used(which) && shown(person.name(which))) {
                fault(person, "was erased, and is there as " + person.name(which));
            }
        }
    }

    void at_living(Person& person) {
        // By name; those that are joined have the same.
        std::map<std::string, std::optional<Shown>> by_name;
        for (std::size_t which = 0; which < Person::names; ++which) {
            by_name[person.name(which)] = shown(person.name(which));
        }
        const auto& of_user = by_name.at(person.name(Person::user));
        look_at_joins(person, of_user, by_name);
        Encounters encounters;
        std::set<std::set<std::string>> seen;
        for (const auto& [name, found] : by_name) {
            if (!found || !seen.insert(found->names).second) {
                continue;
            }
            const Encounters theirs = encounters_of(name);
            totals_.customers += theirs.empty() ? 0 : 1;
            for (const auto& [id, ones] : theirs) {
                encounters[id].insert(encounters[id].end(), ones.begin(), ones.end());
            }
        }
        look_at_batches(person, encounters);
        const bool has_city = of_user && of_user->city == person.city();
        if (person.trait == Said::Acknowledged && !has_city) {
            fault(person, "their trait was acknowledged and is lost");
        }
        person.trait = has_city ? Said::Acknowledged : Said::Nothing;
    }

    void look_at_joins(Person& person, const std::optional<Shown>& of_user,
                       const std::map<std::string, std::optional<Shown>>& by_name) {
        std::set<std::string> expected{person.name(Person::user)};
        for (std::size_t which = 1; which < Person::names; ++which) {
            const std::string cookie = person.name(which);
            if (!of_user && !by_name.at(cookie)) {
                continue;  // a customer of whom nothing but names is known is not shown
            }
            const bool is_joined = of_user && of_user->names.contains(cookie);
            Said& joined = person.joined[which];
            if ((joined == Said::Acknowledged && !is_joined) ||
                (joined == Said::Nothing && is_joined)) {
                fault(person,
                      fmt::format("{} is {}the user; the user has {} names, and the cookie {}",
                                  cookie,
                                  is_joined ? "taken for " : "not ",
                                  of_user ? of_user->names.size() : 0,
                                  by_name.at(cookie) ? by_name.at(cookie)->names.size() : 0));
            }
            joined = is_joined ? Said::Acknowledged : Said::Nothing;
            if (is_joined) {
                expected.insert(cookie);
            }
        }
        for (const auto& [name, found] : by_name) {
            const std::set<std::string> whose =
                expected.contains(name) ? expected : std::set<std::string>{name};
            if (found && found->names != whose) {
                fault(person,
                      fmt::format("{} is a customer of {} names", name, found->names.size()));
            }
        }
    }

    void look_at_batches(Person& person, Encounters& encounters) {
        for (Person::Batch& batch : person.batches) {
            std::size_t there = 0;
            for (std::uint64_t i = batch.first; i < batch.first + batch.size; ++i) {
                const auto found = encounters.extract(person.id(i));
                if (found.empty()) {
                    continue;
                }
                ++there;
                if (found.mapped().size() != 1) {
                    fault(person, person.id(i) + " is there twice");
                }
                const json::value one = found.mapped().front();
                const bool is_plain = batch.form == Person::Form::Plain;
                if (text_of(one, "sent_as") != person.name(batch.name) ||
                    text_of(one, "text") != (is_plain ? person.text(i) : "")) {
                    fault(person, person.id(i) + " has another body");
                }
            }
            if ((there != 0 && there != batch.size) ||
                (there == 0 && batch.said == Said::Acknowledged)) {
                fault(person,
                      fmt::format("{} of {} that were {} from {} on are there",
                                  there,
                                  batch.size,
                                  batch.said == Said::Acknowledged ? "acknowledged" : "sent",
                                  batch.first));
            }
            batch.said = there > 0 ? Said::Acknowledged : Said::Nothing;
            totals_.encounters += there;
        }
        for (const auto& stranger : encounters) {
            fault(person, stranger.first + " was never sent, or had no effect");
        }
    }

    HttpClient& client_;
    Faults& faults_;
    Totals totals_;
};

/// Receipts of the server, or null when their chain is broken or there is no answer.
json::value receipts(HttpClient& own) {
    const json::value list = answer_of(own.get("/api/erasures?limit=500"));
    return !list.is_null() && list.at("is_whole").as_bool() ? list.at("erasures") : json::value();
}

std::size_t unfinished(const json::value& receipts) {
    std::size_t count = 0;
    for (const json::value& receipt : receipts.as_array()) {
        count += receipt.at("finished_at").is_null() ? 1 : 0;
    }
    return count;
}

/// What stands there, to see what it belongs to.
std::string words_around(const std::string& bytes, std::size_t at) {
    constexpr std::size_t wide = 40;
    std::string words = bytes.substr(at - std::min(at, wide), 2 * wide);
    for (char& letter : words) {
        letter = letter < ' ' || letter > '~' ? '?' : letter;
    }
    return words;
}

/// The files whose bytes or names hold a text.
Faults files_with(const std::filesystem::path& folder, const std::vector<std::string>& texts) {
    Faults found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        std::string bytes = entry.path().string();
        if (entry.is_regular_file()) {
            bytes.append(std::istreambuf_iterator<char>(file), {});
        }
        for (const std::string& text : texts) {
            if (bytes.find(text) != std::string::npos) {
                found.push_back(fmt::format("{} is in {}, as {}",
                                            text,
                                            entry.path().filename().string(),
                                            words_around(bytes, bytes.find(text))));
            }
        }
    }
    return found;
}

/// What the server's own search finds, in its words.
Faults found_by(HttpClient& own, std::span<const std::string> texts) {
    json::array list(texts.begin(), texts.end());
    const json::value searched = answer_of(own.post(
        "/api/erasures/search", json::serialize(json::object{{"texts", std::move(list)}})));
    if (searched.is_null()) {
        return {"the server does not search"};
    }
    Faults found;
    for (const json::value& one : searched.at("found").as_array()) {
        found.push_back("the server finds " + json::serialize(one));
    }
    return found;
}

}  // namespace

std::vector<std::string> look_at_persons(std::uint16_t port, const std::string& own_key,
                                         PersonSenders::Books& books) {
    Faults faults;
    HttpClient client(port);
    HttpClient own(port, Spoken::Plain, own_key);
    Look look(client, faults);
    for (std::vector<Person>& persons : books) {
        for (Person& person : persons) {
            look.at(person);
        }
    }
    const Totals& totals = look.totals();
    const json::value flow = answer_of(client.get("/api/ask?q=flow%20counts"));
    const auto counted = [&](std::string_view what) {
        return flow.is_null() ? 0 : flow.at("population").at(what).to_number<std::size_t>();
    };
    if (counted("encounters") != totals.encounters || counted("customers") != totals.customers) {
        faults.push_back(
            fmt::format("answers are about {} encounters of {} customers, not {} of {}",
                        counted("encounters"),
                        counted("customers"),
                        totals.encounters,
                        totals.customers));
    }
    const json::value list = receipts(own);
    if (list.is_null() || list.as_array().size() != totals.erased) {
        faults.push_back(list.is_null() ? "there is no whole chain of receipts"
                                        : fmt::format("{} receipts, and {} were erased",
                                                      list.as_array().size(),
                                                      totals.erased));
    }
    return faults;
}

std::vector<std::string> look_for_bytes(std::uint16_t port, const std::string& own_key,
                                        const std::filesystem::path& folder,
                                        const PersonSenders::Books& books) {
    HttpClient own(port, Spoken::Plain, own_key);
    const auto until = std::chrono::steady_clock::now() + finished_within;
    json::value list = receipts(own);
    while (!list.is_null() && unfinished(list) > 0 && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        list = receipts(own);
    }
    if (list.is_null() || unfinished(list) > 0) {
        return {"erasures are never finished"};
    }
    std::vector<std::string> erased;
    std::vector<std::string> living;
    for (const std::vector<Person>& persons : books) {
        for (const Person& person : persons) {
            if (person.erased == Said::Acknowledged) {
                erased.push_back(person.mark());
            } else if (person.acknowledged() > 0) {
                living.push_back(person.mark());
            }
        }
    }
    Faults faults = files_with(folder, erased);
    for (std::size_t from = 0; from < erased.size(); from += texts_per_search) {
        const auto some = std::span(erased).subspan(from);
        const auto part = some.first(std::min(some.size(), texts_per_search));
        const Faults found = found_by(own, part);
        faults.insert(faults.end(), found.begin(), found.end());
    }
    // Else the search proves nothing.
    if (!living.empty() && found_by(own, std::span(living).first(1)).empty()) {
        faults.push_back("somebody who was not erased is not found by the server's search");
    }
    return faults;
}

}  // namespace kokemus::durability
