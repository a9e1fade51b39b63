#pragma once

#include <charconv>
#include <fstream>
#include <map>
#include <string>

#include "base/project_file.h"

namespace kokemus::stats {

/// Numbers that R made, from tests/reference (the script that made them stands beside the file).
class Oracle {
public:
    static std::string path(const std::string& file) {
        return project_file("tests/reference/" + file);
    }

    explicit Oracle(const std::string& file) {
        std::ifstream lines(path(file));
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line)) {
            const auto comma = line.find(',');
            double number = 0;
            std::from_chars(line.data() + comma + 1, line.data() + line.size(), number);
            numbers_[line.substr(0, comma)] = number;
        }
    }

    /// Throws when there is no such number, which fails the test.
    double operator[](const std::string& name) const { return numbers_.at(name); }

private:
    std::map<std::string, double> numbers_;
};

}  // namespace kokemus::stats
