#pragma once

#include <filesystem>
#include <memory>

#include "app/collecting.h"
#include "app/command.h"
#include "app/organisation.h"
#include "app/refused_news.h"
#include "base/clock.h"
#include "refused/refused_log.h"
#include "refused/refused_store.h"

namespace kokemus::app {

/// The list of refused items of a server, and the way to it. Who is erased goes from it, and what
/// comes of somebody who was erased is not put on it.
struct RefusedList {
    /// The organisation must outlive this, and finish no erasure when this is gone. `tell` hears
    /// how much was refused, at most that often.
    RefusedList(std::shared_ptr<records::Records> records, Organisation& organisation,
                Tell tell = tell_nobody, std::chrono::milliseconds apart = refused_news_apart());

    Collecting::KeepRefused keeper() {
        return [this](std::vector<refused::Item> items) {
            news.count(items);
            log.keep(std::move(items));
        };
    }

    const SystemClock clock;
    refused::Store store;
    refused::Log log;
    RefusedNews news;
};

/// The same for a command that finishes erasures without a server: who is erased goes from the list
/// of refused items, where there are records of the data folder.
Status forget_refused_also(Organisation& organisation, const CommandSettings& settings);

}  // namespace kokemus::app
