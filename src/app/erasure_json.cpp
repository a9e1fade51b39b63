#include "app/erasure_json.h"

#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/account_json_api.h"
#include "privacy/byte_search.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

json::object to_object(const ledger::Erasure& erasure) {
    json::array digests;
    for (const std::string& digest : erasure.digests) {
        digests.emplace_back(digest);
    }
    boost::system::error_code fault;
    json::value remains =
        erasure.remains.empty() ? json::value(nullptr) : json::parse(erasure.remains, fault);
    return json::object{{"number", erasure.number},
                        {"ordered_at", format_instant(erasure.ordered_at)},
                        {"ordered_by", erasure.ordered_by},
                        {"reason", erasure.reason},
                        {"digests", std::move(digests)},
                        {"encounters", erasure.encounters},
                        {"texts", erasure.texts},
                        {"traits", erasure.traits},
                        {"finished_at",
                         erasure.finished_at ? json::value(format_instant(*erasure.finished_at))
                                             : json::value(nullptr)},
                        {"elsewhere", std::move(remains)},
                        {"previous_seal", erasure.previous},
                        {"seal", erasure.seal}};
}

}  // namespace

std::string erasure_json(const ledger::Erasure& erasure) {
    return json::serialize(to_object(erasure));
}

Result<std::string> erasures_json(const ledger::Erasing& erasing, const http::Page& page) {
    const std::int64_t after = page.after.empty() ? 0 : TRY(http::number_of(page));
    auto erasures = TRY(erasing.erasures());
    const auto broken = ledger::first_broken(erasures);
    std::erase_if(erasures, [&](const ledger::Erasure& erasure) {
        return std::cmp_less_equal(erasure.number, after);
    });
    const auto next = http::cut(erasures, page, [](const ledger::Erasure& erasure) {
        return std::to_string(erasure.number);
    });
    json::array list;
    for (const ledger::Erasure& erasure : erasures) {
        list.push_back(to_object(erasure));
    }
    return json::serialize(
        json::object{{"erasures", std::move(list)},
                     {"next", account::next_json(next)},
                     {"is_whole", !broken},
                     {"first_broken", broken ? json::value(*broken) : json::value(nullptr)}});
}

Result<std::string> search_json(Organisation& organisation, std::span<const std::string> texts,
                                std::span<const std::filesystem::path> secrets) {
    const auto searched = TRY(privacy::search_bytes(organisation.folder(), texts, secrets));
    const ledger::Erasing& erasing = ledger::erasing_of(organisation.ledger());
    json::array found;
    for (const privacy::ByteFound& one : searched.found) {
        found.push_back(json::object{{"text", texts[one.text]},
                                     {"place", one.file.string()},
                                     {"at", one.at},
                                     {"times", one.times},
                                     {"spelling", one.spelling}});
    }
    for (const std::string& text : texts) {
        for (const ledger::TextFound& one : TRY(erasing.find_text(text))) {
            found.push_back(json::object{{"text", text},
                                         {"place", "ledger, table " + one.place},
                                         {"at", nullptr},
                                         {"times", one.rows},
                                         {"spelling", "unpacked"}});
        }
    }
    json::array unread;
    for (const std::string& one : searched.unread) {
        unread.emplace_back(one);
    }
    return json::serialize(json::object{{"found", std::move(found)},
                                        {"files", searched.files},
                                        {"bytes", searched.bytes},
                                        {"unread", std::move(unread)}});
}

}  // namespace kokemus::app
