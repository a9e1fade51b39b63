#include "answer/build.h"
#include "answer/finding.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

Finding find(const question::VariantCounts& counts, const question::Question& question) {
    if (counts.population.units == 0) {
        return nothing_found();
    }
    const std::string units(units_word(question.per));
    if (counts.distinct == 1) {
        return FindingMaker("variants.one").words("units", units).done();
    }
    const std::uint64_t most = counts.variants.empty() ? 0 : counts.variants.front().count;
    const Value share = metric::share(most, counts.population.units, "share 1");
    if (!share.enough()) {
        return not_enough_found(share);
    }
    return FindingMaker("variants.most_common")
        .estimate("", share)
        .count("distinct", counts.distinct)
        .words("units", units)
        .done();
}

}  // namespace

Result<Built> build_variants(const Asked& asked) {
    // Always from the most common one on, so that running shares and the finding hold on every
    // page.
    const std::size_t skipped = asked.question.offset;
    question::Question question = asked.question;
    question.limit = rows_of(question) + skipped;
    question.offset = 0;
    question::VariantCounts counts = TRY(asked.engine.variants(question));
    const std::uint64_t units = counts.population.units;
    Finding finding = find(counts, asked.question);
    Variants variants;
    std::uint64_t running = 0;
    for (std::size_t i = 0; i < counts.variants.size(); ++i) {
        question::Variant& counted = counts.variants[i];
        running += counted.count;
        if (i < skipped) {
            ++counts.other_variants;
            counts.other_count += counted.count;
            continue;
        }
        VariantRow row;
        row.drill = question::format(question::drill_variant(asked.question, counted.path));
        row.path = std::move(counted.path);
        row.count = counted.count;
        row.customers = counted.customers;
        row.share = share_of_all(counted.count, units).value_or(0);
        row.running = share_of_all(running, units).value_or(0);
        row.seconds = seconds_of(counted.milliseconds, counted.seconds_sum);
        row.experience = metric::experience(counted.experience);
        variants.rows.push_back(std::move(row));
    }
    variants.distinct = counts.distinct;
    variants.other_variants = counts.other_variants;
    variants.other_count = counts.other_count;
    variants.other_share = share_of_all(counts.other_count, units).value_or(0);
    variants.total = units;
    return Built{counts.population, std::move(variants), std::move(finding), std::nullopt};
}

}  // namespace kokemus::answer
