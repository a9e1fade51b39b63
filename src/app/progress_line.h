#pragma once

#include <string_view>

namespace kokemus::app {

/// One line on the terminal that is written over and over, and gone at the end. Nothing when
/// standard error is no terminal.
class ProgressLine {
public:
    explicit ProgressLine(bool wanted);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(std::string_view text);

private:
    bool shown_;
    bool written_ = false;
};

}  // namespace kokemus::app
