#include "app/refused_list.h"

#include <algorithm>

#include "app/kept_records.h"
#include "ledger/erasing.h"
#include "refused/item_texts.h"

namespace kokemus::app {

namespace {

using encounter::CustomerName;

constexpr const char* called = "refused_items";

std::vector<std::string> texts_of(std::span<const CustomerName> names) {
    std::vector<std::string> texts;
    for (const CustomerName& name : names) {
        texts.push_back(name.value());
    }
    return texts;
}

/// For the log: says whether an item names somebody who was erased.
refused::Log::Barred names_erased(Organisation& organisation) {
    return [&erasing = ledger::erasing_of(organisation.ledger())](const refused::Item& item) {
        auto texts = refused::texts_in(item.text);
        return std::ranges::any_of(texts, [&](std::string& text) {
            return erasing.is_erased(CustomerName(std::move(text)));
        });
    };
}

}  // namespace

RefusedList::RefusedList(std::shared_ptr<records::Records> records, Organisation& organisation,
                         Tell tell, std::chrono::milliseconds apart)
    : store(std::move(records)),
      log(store, clock, names_erased(organisation)),
      news(std::move(tell), clock, apart) {
    organisation.forget_also(
        called, [this](std::span<const CustomerName> names) -> Result<std::int64_t> {
            if (!log.settle()) {
                return Error{ErrorCode::Unavailable,
                             "refused items still wait to be written, so that those of who was "
                             "erased cannot be removed yet"};
            }
            return store.forget(texts_of(names));
        });
}

Status forget_refused_also(Organisation& organisation, const CommandSettings& settings) {
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    const auto kept = TRY(records_if_any(configuration, settings.data));
    if (kept) {
        organisation.forget_also(
            called,
            [store = std::make_shared<refused::Store>(kept->records)](
                std::span<const CustomerName> names) { return store->forget(texts_of(names)); });
    }
    return {};
}

}  // namespace kokemus::app
