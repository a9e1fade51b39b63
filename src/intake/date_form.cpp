#include "intake/date_form.h"

#include <algorithm>
#include <array>

namespace kokemus::intake {

namespace {

/// Reads 1 to `digits` digits (all of them when `exact`) and steps over them.
std::optional<int> read_digits(std::string_view& text, std::size_t digits, bool exact) {
    int value = 0;
    std::size_t read = 0;
    while (read < digits && read < text.size() && text[read] >= '0' && text[read] <= '9') {
        value = value * 10 + (text[read] - '0');
        ++read;
    }
    if (read == 0 || (exact && read < digits)) {
        return std::nullopt;
    }
    text.remove_prefix(read);
    return value;
}

bool within(std::optional<int> value, int least, int most) {
    return value && *value >= least && *value <= most;
}

/// Whether a text is written in a format made of %d %m %Y %H %M %S and plain characters.
bool fits(std::string_view text, std::string_view format) {
    const bool compact = format == "%Y%m%d";
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%') {
            if (text.empty() || text.front() != format[at]) {
                return false;
            }
            text.remove_prefix(1);
            continue;
        }
        bool good = false;
        switch (format[++at]) {
            case 'd': good = within(read_digits(text, 2, compact), 1, 31); break;
            case 'm': good = within(read_digits(text, 2, compact), 1, 12); break;
            case 'Y': good = within(read_digits(text, 4, true), 1900, 2200); break;
            case 'H': good = within(read_digits(text, 2, false), 0, 23); break;
            default: good = within(read_digits(text, 2, true), 0, 59); break;
        }
        if (!good) {
            return false;
        }
    }
    return text.empty();
}

std::string swapped(std::string format) {
    for (char& c : format) {
        c = c == 'd' ? 'm' : c == 'm' ? 'd' : c;
    }
    return format;
}

}  // namespace

DateForms::DateForms() {
    static constexpr std::array<std::string_view, 9> days = {"%d/%m/%Y",
                                                             "%m/%d/%Y",
                                                             "%d.%m.%Y",
                                                             "%d-%m-%Y",
                                                             "%m-%d-%Y",
                                                             "%Y/%m/%d",
                                                             "%Y.%m.%d",
                                                             "%Y%m%d",
                                                             "%Y-%m-%d"};
    static constexpr std::array<std::string_view, 4> times = {"", " %H:%M", " %H:%M:%S", ", %H:%M"};
    for (const std::string_view day : days) {
        for (const std::string_view time : times) {
            const std::string format = std::string(day) + std::string(time);
            forms_.push_back(Form{format, swapped(format), 0, 0});
        }
    }
}

void DateForms::add(std::string_view text) {
    if (text.empty()) {
        return;
    }
    ++seen_;
    if (text.size() < 8 || text.size() > 21 || text.front() < '0' || text.front() > '9') {
        return;
    }
    for (Form& form : forms_) {
        const bool fitting = fits(text, form.format);
        form.fits += fitting ? 1 : 0;
        form.fits_either += fitting || fits(text, form.swapped) ? 1 : 0;
    }
}

bool DateForms::fits_alone(const Form& form) const {
    return form.fits > 0 && form.fits * 100 >= seen_ * 99;
}

const DateForms::Form* DateForms::find() const {
    const Form* mixed = nullptr;
    for (const Form& form : forms_) {
        if (fits_alone(form)) {
            return &form;
        }
        const bool most = form.fits * 100 >= seen_ * 80 && form.fits_either * 100 >= seen_ * 99;
        if (mixed == nullptr && form.fits > 0 && most) {
            mixed = &form;
        }
    }
    return mixed;
}

std::optional<std::string> DateForms::best() const {
    const Form* found = find();
    return found == nullptr ? std::nullopt : std::optional(found->format);
}

std::optional<std::string> DateForms::also() const {
    const Form* found = find();
    return found == nullptr || fits_alone(*found) ? std::nullopt : std::optional(found->swapped);
}

bool DateForms::ambiguous() const {
    const Form* found = find();
    if (found == nullptr || found->format.starts_with("%Y")) {
        return false;
    }
    return std::any_of(forms_.begin(), forms_.end(), [&](const Form& form) {
        return form.format == found->swapped && fits_alone(form);
    });
}

}  // namespace kokemus::intake
