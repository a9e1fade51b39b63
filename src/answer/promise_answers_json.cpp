#include "answer/promise_answers_json.h"

#include "answer/json_parts.h"

namespace kokemus::answer {
namespace {

void write_change(JsonWriter& json, std::string_view name,
                  const std::optional<metric::Change>& change, bool high_is_good) {
    json.key(name);
    if (change) {
        write(json, *change, high_is_good);
    } else {
        json.null();
    }
}

void write(JsonWriter& json, const AfterPromise& row) {
    json.open_object().member("outcome", row.outcome).member("promises", row.promises);
    write_member(json, "experience", row.experience);
    write_change(json, "experience_less_kept", row.experience_less_kept, true);
    write_member(json, "contacted", row.contacted);
    write_change(json, "contacted_less_kept", row.contacted_less_kept, false);
    json.member("drill", row.drill).close_object();
}

void write(JsonWriter& json, const DoseRow& row) {
    json.open_object()
        .member("from", row.from)
        .member("to", row.to)
        .member("promises", row.promises);
    write_member(json, "experience", row.experience);
    json.close_object();
}

void write_interval(JsonWriter& json, std::string_view name, const stats::Interval& interval) {
    json.key(name)
        .open_object()
        .member("low", interval.low)
        .member("high", interval.high)
        .close_object();
}

void write_slopes(JsonWriter& json, const std::optional<stats::TwoSlopes>& slopes) {
    json.key("slopes");
    if (!slopes) {
        json.null();
        return;
    }
    json.open_object()
        .member("at_due", slopes->at_zero)
        .member("a_day_early", slopes->gain)
        .member("a_day_early_error", slopes->gain_error)
        .member("a_day_late", -slopes->loss)
        .member("a_day_late_error", slopes->loss_error)
        .member("late_times_early", slopes->ratio);
    if (slopes->ratio) {
        write_interval(json, "late_times_early_interval", slopes->ratio_interval);
    }
    json.member("p_value", slopes->p_value).member("r_squared", slopes->r_squared).close_object();
}

void write(JsonWriter& json, const promise::MayPromise& may) {
    json.open_object().member("share", may.share).key("seconds");
    write_seconds(json, may.time);
    json.member("needed", may.needed).close_object();
}

void write(JsonWriter& json, const ForesightRow& row) {
    json.open_object()
        .member("customer", row.customer)
        .member("thread", row.thread)
        .member("group", row.group);
    write_member(json, "made", std::optional(row.made));
    write_member(json, "due", std::optional(row.due));
    write_member(json, "chance", row.chance);
    json.close_object();
}

template <typename Row>
void write_rows(JsonWriter& json, std::string_view name, const std::vector<Row>& rows) {
    json.key(name).open_list();
    for (const Row& row : rows) {
        write(json, row);
    }
    json.close_list();
}

void write_trial(JsonWriter& json, const Foresight& foresight) {
    const promise::Trial& trial = foresight.trial;
    json.key("trial").open_object().key("lead");
    write_seconds(json, trial.lead);
    json.member("promises", trial.promises)
        .member("broken", trial.broken)
        .member("trusted", foresight.trusted);
    json.key("calibration");
    if (trial.calibration) {
        json.open_object()
            .member("slope", trial.calibration->slope)
            .member("intercept", trial.calibration->intercept)
            .member("brier", trial.calibration->brier)
            .member("brier_skill", trial.calibration->brier_skill)
            .member("auc", trial.calibration->auc)
            .close_object();
    } else {
        json.null();
    }
    write_member(json, "precision", foresight.precision);
    write_member(json, "foreseen", foresight.foreseen);
    json.close_object();
}

}  // namespace

void write_members(JsonWriter& json, const Lateness& lateness) {
    json.member("promise", lateness.promise).member("one_of", lateness.one_of);
    write_rows(json, "after", lateness.after);
    write_rows(json, "doses", lateness.doses);
    write_slopes(json, lateness.slopes);
    json.key("may_promise").open_object().member("cases", lateness.cases);
    write_rows(json, "shares", lateness.may_promise);
    json.close_object();
}

void write_members(JsonWriter& json, const Foresight& foresight) {
    json.member("promise", foresight.promise)
        .member("by", foresight.by)
        .member("one_of", foresight.one_of);
    write_member(json, "now", std::optional(foresight.now));
    json.member("clock",
                foresight.clock == promise::Clock::SinceGiven ? "since given" : "until due")
        .member("decided", foresight.decided)
        .member("open", foresight.open)
        .member("untold", foresight.untold)
        .member("expected", foresight.expected);
    write_interval(json, "expected_interval", foresight.expected_interval);
    write_trial(json, foresight);
    json.member("drill_open", foresight.drill_open)
        .member("offset", foresight.offset)
        .member("limit", foresight.limit);
    write_rows(json, "promises", foresight.rows);
}

}  // namespace kokemus::answer
