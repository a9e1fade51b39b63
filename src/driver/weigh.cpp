#include "driver/weigh.h"

#include "stats/importance.h"

namespace kokemus::driver {

std::optional<Weighed> weigh(const Design& design, const WeighWish& wish) {
    std::vector<const Column*> columns;
    Weighed weighed;
    stats::ImportanceSettings settings;
    settings.replicates = wish.replicates;
    settings.seed = wish.seed;
    settings.confidence = wish.confidence;
    for (const Prepared& factor : design.factors) {
        weighed.first_column.push_back(columns.size());
        settings.widths.push_back(factor.columns.size());
        for (const Column& column : factor.columns) {
            columns.push_back(&column);
        }
    }
    const bool all_subsets = design.factors.size() <= stats::all_subsets_max;
    if (!all_subsets) {
        if (columns.size() != design.factors.size()) {
            return std::nullopt;
        }
        settings.widths.clear();
    }
    weighed.method = all_subsets ? "lmg" : "relative-weights";
    stats::FactorSums sums(columns.size());
    std::vector<double> row(columns.size() + 1);
    for (std::size_t i = 0; i < design.rows.size(); ++i) {
        if (!wish.only.empty() && wish.only[i] == 0) {
            continue;
        }
        for (std::size_t column = 0; column < columns.size(); ++column) {
            row[column] = columns[column]->numbers[i];
        }
        row.back() = design.outcome[i];
        sums.add(design.customers[i], row);
    }
    auto found = stats::importance_with_intervals(sums, settings);
    auto correlations = sums.correlations();
    if (!found || !correlations) {
        return std::nullopt;
    }
    weighed.found = std::move(*found);
    weighed.correlations = std::move(*correlations);
    return weighed;
}

}  // namespace kokemus::driver
