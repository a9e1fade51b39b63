#include "app/first_answers.h"

#include "account/once_store.h"
#include "app/kept_records.h"
#include "base/clock.h"

namespace kokemus::app {

void forget_first_answers(Organisation& organisation, std::shared_ptr<account::Once> once) {
    organisation.forget_also(
        "first_answers",
        [once = std::move(once)](std::span<const encounter::CustomerName> /*all*/) {
            return once->forget_answers();
        },
        Organisation::Since::TheOrder);
}

Status forget_first_answers_also(Organisation& organisation, const CommandSettings& settings) {
    static const SystemClock clock;
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    if (const auto kept = TRY(records_if_any(configuration, settings.data))) {
        forget_first_answers(organisation,
                             std::make_shared<account::Once>(kept->records, clock, kept->seal));
    }
    return {};
}

}  // namespace kokemus::app
