#include "answer/answer_csv.h"

#include <charconv>

#include "answer/json_writer.h"
#include "answer/safe_text.h"
#include "question/condition_words.h"

namespace kokemus::answer {
namespace {

constexpr std::string_view value_columns = "estimate,low,high,n";
constexpr std::string_view experience_columns =
    "experience,experience_low,experience_high,experience_n";
constexpr std::string_view seconds_columns = "seconds_n,seconds_mean,seconds_median,seconds_p90";

bool is_number(std::string_view text) {
    double number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

/// Lines of cells; those of one group begin with the group's value.
class CsvWriter {
public:
    CsvWriter& text(std::string_view text) { return cell(csv_cell(text)); }
    CsvWriter& time(Instant time) { return cell(format_instant(time)); }
    CsvWriter& flag(bool flag) { return cell(flag ? "true" : "false"); }

    template <typename Number>
    CsvWriter& number(const Number& number) {
        const std::string json = JsonWriter().plain_value(number).take();
        return cell(json == "null" ? "" : json);
    }

    CsvWriter& value(const Value& value) {
        if (value.enough()) {
            return number(value.is.estimate)
                .number(value.is.interval.low)
                .number(value.is.interval.high)
                .number(value.is.n);
        }
        return cell("").cell("").cell("").number(value.is.n);
    }

    CsvWriter& seconds(const Seconds& seconds) {
        return number(seconds.n).number(seconds.mean).number(seconds.median).number(seconds.p90);
    }

    CsvWriter& texts(const std::vector<std::string>& texts, std::string_view between) {
        std::string joined;
        for (const std::string& each : texts) {
            joined += joined.empty() ? "" : between;
            joined += each;
        }
        return text(joined);
    }

    /// Writes the head line once, however many groups follow.
    void head(std::initializer_list<std::string_view> names) {
        if (!out_.empty()) {
            return;
        }
        out_ = group_name_;
        for (const std::string_view name : names) {
            out_ += out_.empty() ? "" : ",";
            out_ += name;
        }
        out_ += '\n';
    }

    void end_line() {
        out_ += '\n';
        cells_ = 0;
    }

    void begin_group(std::string_view name, std::string_view value) {
        group_name_ = csv_cell(name);
        group_value_ = csv_cell(value);
        grouped_ = true;
    }

    std::string take() { return std::move(out_); }

private:
    CsvWriter& cell(std::string_view cell) {
        if (cells_ == 0 && grouped_) {
            out_ += group_value_;
            ++cells_;
        }
        out_ += cells_ == 0 ? "" : ",";
        out_ += cell;
        ++cells_;
        return *this;
    }

    std::string out_;
    std::string group_name_, group_value_;
    bool grouped_ = false;
    std::size_t cells_ = 0;
};

struct BodyCsv {
    CsvWriter& csv;

    void operator()(const Flow& flow) const {
        if (flow.counts_only) {
            csv.head({"from", "to", "count"});
            for (const FlowEdge& edge : flow.edges) {
                csv.text(edge.from).text(edge.to).number(edge.count).end_line();
            }
            return;
        }
        csv.head({"from",
                  "to",
                  "count",
                  "units",
                  "customers",
                  "share",
                  "forced",
                  seconds_columns,
                  experience_columns});
        for (const FlowEdge& edge : flow.edges) {
            csv.text(edge.from).text(edge.to).number(edge.count).number(edge.units);
            csv.number(edge.customers).number(edge.share).number(edge.forced);
            csv.seconds(edge.seconds).value(edge.experience).end_line();
        }
    }

    void operator()(const Variants& variants) const {
        csv.head({"path",
                  "count",
                  "customers",
                  "share",
                  "running",
                  seconds_columns,
                  experience_columns});
        for (const VariantRow& row : variants.rows) {
            csv.texts(row.path, " > ").number(row.count).number(row.customers);
            csv.number(row.share).number(row.running);
            csv.seconds(row.seconds).value(row.experience).end_line();
        }
    }

    void operator()(const Funnel& funnel) const {
        csv.head({"step",
                  "touchpoints",
                  "units",
                  "customers",
                  "share,share_low,share_high,share_n",
                  "from_previous,from_previous_low,from_previous_high,from_previous_n",
                  seconds_columns,
                  "lost"});
        for (std::size_t i = 0; i < funnel.steps.size(); ++i) {
            const FunnelStep& step = funnel.steps[i];
            csv.number(i + 1).texts(step.touchpoints, " | ");
            csv.number(step.units).number(step.customers);
            csv.value(step.share).value(step.from_previous);
            csv.seconds(step.seconds).number(step.lost).end_line();
        }
    }

    void operator()(const Trend& trend) const {
        csv.head({"start", "end", "label", "complete", value_columns, "encounters"});
        for (const TrendPoint& point : trend.points) {
            csv.time(point.start).time(point.end).text(point.label).flag(point.complete);
            csv.value(point.value).number(point.encounters).end_line();
        }
    }

    void operator()(const Breakdown& breakdown) const {
        csv.head({"value", value_columns, "encounters"});
        for (const BreakdownGroup& group : breakdown.groups) {
            csv.text(group.value).value(group.estimate).number(group.encounters).end_line();
        }
    }

    void operator()(const Promises& promises) const {
        csv.head({"promise",
                  "owner",
                  "target",
                  "made",
                  "kept",
                  "late",
                  "broken",
                  "open",
                  "at_risk",
                  "customers",
                  "kept_rate,kept_low,kept_high,kept_n",
                  "slack_mean",
                  "slack_median",
                  "early_median",
                  "late_median",
                  "late_p90"});
        for (const PromiseRow& row : promises.rows) {
            const question::PromiseTally& tally = row.standing.tally;
            const promise::Slack& slack = row.standing.slack;
            csv.text(row.standing.promise).text(row.standing.owner).number(row.standing.target);
            csv.number(tally.made).number(tally.kept).number(tally.late).number(tally.broken);
            csv.number(tally.open).number(tally.at_risk).number(tally.customers);
            csv.value(row.kept_rate).number(slack.mean).number(slack.median);
            csv.number(slack.early_median).number(slack.late_median).number(slack.late_p90);
            csv.end_line();
        }
    }

    void operator()(const Switches& switches) const {
        csv.head({"from", "to", "count", "units", "customers", "forced", experience_columns});
        for (const SwitchRow& row : switches.rows) {
            csv.text(row.from).text(row.to).number(row.count).number(row.units);
            csv.number(row.customers).number(row.forced).value(row.experience).end_line();
        }
    }

    void operator()(const Episodes& episodes) const {
        csv.head({"customer",
                  "thread",
                  "start",
                  "end",
                  "seconds",
                  "encounters",
                  "status",
                  "experience",
                  "path"});
        for (const question::EpisodeRow& row : episodes.rows) {
            const auto length = std::chrono::duration<double>(row.end - row.start);
            csv.text(row.customer).text(row.thread).time(row.start).time(row.end);
            csv.number(length.count()).number(row.encounters);
            csv.text(question::word_of(question::status_words(), row.status));
            csv.number(row.experience).texts(row.path, " > ").end_line();
        }
    }

    void operator()(const Timeline& timeline) const {
        csv.head({"time",
                  "touchpoint",
                  "channel",
                  "channel_kind",
                  "stage",
                  "department",
                  "employee",
                  "thread",
                  "score",
                  "scale",
                  "experience",
                  "value",
                  "seconds"});
        for (const TimelineEncounter& encounter : timeline.rows) {
            const question::TimelineRow& row = encounter.row;
            csv.time(row.time).text(row.touchpoint).text(row.channel);
            csv.text(encounter.channel_kind).text(encounter.stage).text(row.department);
            csv.text(row.employee).text(row.thread).number(row.score).text(row.scale);
            csv.number(encounter.experience).number(row.value).number(row.duration_seconds);
            csv.end_line();
        }
    }

    void operator()(const ByValue& by) const {
        for (const Group& group : by.groups) {
            csv.begin_group(by.by, group.value);
            std::visit(*this, group.answer.body);
        }
    }
};

}  // namespace

std::string csv_cell(std::string_view text) {
    std::string cell = safe_cell(text);
    constexpr std::string_view calculates = "=+-@\t\r";
    if (!cell.empty() && calculates.find(cell.front()) != std::string_view::npos &&
        !is_number(cell)) {
        cell.insert(cell.begin(), '\'');
    }
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
        return cell;
    }
    std::string quoted = "\"";
    for (const char each : cell) {
        quoted += each == '"' ? "\"\"" : std::string(1, each);
    }
    return quoted + "\"";
}

std::string to_csv(const Answer& answer) {
    CsvWriter csv;
    std::visit(BodyCsv{csv}, answer.body);
    return csv.take();
}

}  // namespace kokemus::answer
