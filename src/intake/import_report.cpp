#include <fmt/format.h>

#include "base/text.h"
#include "intake/import.h"

/// What an import says at its end.
namespace kokemus::intake {

std::vector<std::string> ImportReport::sentences() const {
    std::vector<std::string> out;
    const std::string made = count_of(encounters, "encounter", "encounters");
    if (encounters + duplicates == 0 && customers > 0) {
        // A file of traits: of encounters there is nothing to say.
    } else if (dry_run) {
        out.push_back(fmt::format("{} would be imported; nothing was written", made));
    } else if (encounters == 0 && duplicates > 0) {
        out.push_back(fmt::format("{} were already here; nothing changed",
                                  count_of(duplicates, "encounter", "encounters")));
    } else {
        out.push_back(fmt::format("{} imported in {:.1f} s", made, seconds));
        if (duplicates > 0) {
            out.push_back(fmt::format("{} were already here",
                                      count_of(duplicates, "encounter", "encounters")));
        }
    }
    if (erased > 0) {
        out.push_back(fmt::format("{} of customers who were erased: left out",
                                  count_of(erased, "encounter", "encounters")));
    }
    if (customers > 0) {
        out.push_back(fmt::format("traits {} from {}",
                                  dry_run ? "would be set" : "set",
                                  count_of(customers, "row", "rows")));
    }
    if (clamped > 0) {
        out.push_back(fmt::format("{} had a time in the future, which was set to now",
                                  count_of(clamped, "encounter", "encounters")));
    }
    if (early > 0) {
        out.push_back(
            fmt::format("{} {} from before 1990, which stretches every answer over time "
                        "that names no range; leave such rows out if that is how the "
                        "file says that there is no time",
                        count_of(early, "encounter", "encounters"),
                        early == 1 ? "is" : "are"));
    }
    if (refused > 0) {
        out.push_back(fmt::format(
            "{} refused{}",
            count_of(refused, "row was", "rows were"),
            errors_file ? fmt::format("; all of them are in {}", errors_file->string()) : ""));
    }
    out.insert(out.end(), notes.begin(), notes.end());
    return out;
}

}  // namespace kokemus::intake
