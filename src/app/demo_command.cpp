#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/demo.h"
#include "base/text.h"

namespace kokemus::app {

Result<Exit> demo(const CommandSettings& settings, const DemoCommand& options) {
    const Demo demo = TRY(open_demo(settings, options));
    const ledger::Totals totals = TRY(demo.organisation->ledger().totals());
    if (options.json) {
        fmt::print("{}\n",
                   boost::json::serialize(boost::json::object{{"customers", demo.options.customers},
                                                              {"encounters", totals.encounters},
                                                              {"seed", demo.options.seed},
                                                              {"made_now", demo.made_now}}));
        return Exit::Done;
    }
    fmt::print("{} of {} {} in {}\n",
               count_of(totals.encounters, "encounter", "encounters"),
               count_of(totals.customers, "customer", "customers"),
               demo.made_now ? "made" : "were already",
               settings.data.string());
    fmt::print("what was planted in them stands in {}\n", (settings.data / "truth.json").string());
    fmt::print("look at them: kokemus --data {} serve --demo --open\n", settings.data.string());
    return Exit::Done;
}

}  // namespace kokemus::app
