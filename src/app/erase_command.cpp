#include <limits>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/erasure_json.h"
#include "app/first_answers.h"
#include "app/note_here.h"
#include "app/organisation.h"
#include "app/progress_line.h"
#include "app/refused_list.h"
#include "app/secrets.h"
#include "app/server_asking.h"
#include "base/text.h"
#include "ledger/erasing.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using encounter::CustomerName;

std::string_view text_at(const json::value& object, std::string_view name) {
    const json::value& value = object.at(name);
    return value.is_string() ? std::string_view(value.as_string()) : std::string_view();
}

std::uint64_t number_at(const json::value& object, std::string_view name) {
    return object.at(name).to_number<std::uint64_t>();
}

json::array list_of(const std::vector<std::string>& texts) {
    json::array list;
    for (const std::string& text : texts) {
        list.emplace_back(text);
    }
    return list;
}

std::string finished_words(const json::value& receipt) {
    const std::string_view at = text_at(receipt, "finished_at");
    return at.empty() ? "not finished: the person is out of every answer, the bytes go with the "
                        "next rewriting"
                      : fmt::format("finished {}", at);
}

void print_receipt(const json::value& receipt) {
    fmt::print("erasure {} of {} by {}: {}, {} with words, {} with traits; {}\n",
               number_at(receipt, "number"),
               text_at(receipt, "ordered_at"),
               text_at(receipt, "ordered_by"),
               count_of(number_at(receipt, "encounters"), "encounter", "encounters"),
               number_at(receipt, "texts"),
               count_of(number_at(receipt, "traits"), "name", "names"),
               finished_words(receipt));
    if (const json::object* elsewhere = receipt.at("elsewhere").if_object()) {
        for (const json::value& held : elsewhere->at("still_held_by").as_array()) {
            fmt::print("  still held by {}\n", std::string_view(held.as_string()));
        }
    }
    if (const std::string_view seal = text_at(receipt, "seal"); !seal.empty()) {
        fmt::print("  seal {}\n", seal);
    }
}

/// Everything is done when this returns: no server would finish it.
Result<std::string> erase_here(Organisation& organisation, const CommandSettings& settings,
                               const EraseCommand& options) {
    ledger::ErasureOrder order;
    for (const std::string& name : options.customers) {
        order.customers.emplace_back(name);
    }
    order.by = "command line";
    order.reason = options.reason;
    order.at = SystemClock().now();
    const auto receipt = TRY(organisation.erase(order));
    tell_here(settings,
              "customer.erased",
              json::serialize(json::object{{"receipt", receipt.number}, {"by", order.by}}));
    const auto done = TRY(organisation.finish_erasures({}));
    for (const ledger::Erasure& finished : done.finished) {
        if (finished.number == receipt.number) {
            return erasure_json(finished);
        }
    }
    return erasure_json(receipt);
}

Result<std::string> readmit_here(Organisation& organisation, const EraseCommand& options) {
    for (const std::string& name : options.customers) {
        TRY(organisation.readmit(CustomerName(name)));
    }
    return json::serialize(json::object{{"readmitted", options.customers.size()}});
}

Result<std::string> search_here(Organisation& organisation, const CommandSettings& settings,
                                const EraseCommand& options) {
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    return search_json(organisation, options.customers, files_of_secrets(settings, configuration));
}

/// Here, or by the server that holds the folder.
Result<std::string> make(const CommandSettings& settings, const EraseCommand& options) {
    const HereOrThere place = TRY(here_or_there(settings));
    if (place.here) {
        TRY(forget_refused_also(*place.here, settings));
        TRY(forget_first_answers_also(*place.here, settings));
        TRY(note_here(settings,
                      options.prove     ? "customer.search"
                      : options.readmit ? "customer.readmit"
                                        : "customer.erase",
                      options.customers));
    }
    if (options.prove) {
        return place.here
                   ? search_here(*place.here, settings, options)
                   : place.ask(
                         http::Method::Post,
                         "/api/erasures/search",
                         json::serialize(json::object{{"texts", list_of(options.customers)}}));
    }
    const json::object sent{{"customers", list_of(options.customers)}, {"reason", options.reason}};
    if (options.readmit) {
        return place.here
                   ? readmit_here(*place.here, options)
                   : place.ask(
                         http::Method::Post, "/api/erasures/readmission", json::serialize(sent));
    }
    return place.here ? erase_here(*place.here, settings, options)
                      : place.ask(http::Method::Post, "/api/erasures", json::serialize(sent));
}

Exit print_search(const json::value& said) {
    for (const json::value& one : said.at("found").as_array()) {
        fmt::print("found {} in {}, {} ({})\n",
                   quote(text_at(one, "text")),
                   text_at(one, "place"),
                   count_of(number_at(one, "times"), "time", "times"),
                   text_at(one, "spelling"));
    }
    for (const json::value& one : said.at("unread").as_array()) {
        fmt::print("not read: {}\n", std::string_view(one.as_string()));
    }
    const bool is_clean =
        said.at("found").as_array().empty() && said.at("unread").as_array().empty();
    fmt::print("{}: {} and every text of the ledger, {:.1f} MB\n",
               is_clean ? "not found anywhere" : "looked at",
               count_of(number_at(said, "files"), "file", "files"),
               static_cast<double>(number_at(said, "bytes")) / 1e6);
    return is_clean ? Exit::Done : Exit::Attention;
}

}  // namespace

Result<Exit> erase(const CommandSettings& settings, const EraseCommand& options) {
    const std::string answer = TRY(make(settings, options));
    const json::value said = json::parse(answer);
    if (options.json) {
        fmt::print("{}\n", answer);
        return options.prove && !said.at("found").as_array().empty() ? Exit::Attention : Exit::Done;
    }
    if (options.prove) {
        return print_search(said);
    }
    if (options.readmit) {
        fmt::print("{} may be used again\n",
                   count_of(number_at(said, "readmitted"), "name", "names"));
        return Exit::Done;
    }
    print_receipt(said);
    return Exit::Done;
}

namespace {

/// All receipts, from here or page by page from the server that holds the folder.
Result<json::object> all_receipts(const HereOrThere& place) {
    json::object all;
    json::value next("");
    while (next.is_string()) {
        const std::string after(next.as_string());
        const std::string part =
            TRY(place.here ? erasures_json(ledger::erasing_of(place.here->ledger()),
                                           {"erasures", std::numeric_limits<std::int32_t>::max()})
                           : place.ask(http::Method::Get,
                                       fmt::format("/api/erasures?limit=500&after={}", after),
                                       ""));
        json::object said = json::parse(part).as_object();
        next = said.at("next");
        said.erase("next");
        if (all.empty()) {
            all = std::move(said);
        } else {
            auto& receipts = all.at("erasures").as_array();
            for (json::value& receipt : said.at("erasures").as_array()) {
                receipts.push_back(std::move(receipt));
            }
        }
    }
    return all;
}

}  // namespace

Result<Exit> list_erasures(const CommandSettings& settings, const ErasuresCommand& options) {
    const HereOrThere place = TRY(here_or_there(settings));
    const json::object said = TRY(all_receipts(place));
    const bool is_whole = said.at("is_whole").as_bool();
    if (options.json) {
        fmt::print("{}\n", json::serialize(said));
        return is_whole ? Exit::Done : Exit::Attention;
    }
    for (const json::value& receipt : said.at("erasures").as_array()) {
        print_receipt(receipt);
    }
    if (!is_whole) {
        fmt::print(
            "the chain of seals is broken at erasure {}: a receipt was changed, put in or "
            "taken out\n",
            number_at(said, "first_broken"));
        return Exit::Attention;
    }
    fmt::print("{}, and the chain of their seals is whole\n",
               count_of(said.at("erasures").as_array().size(), "erasure", "erasures"));
    return Exit::Done;
}

}  // namespace kokemus::app
