#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/project_file.h"

namespace kokemus::courier {

/// For tests: the mail server of tests/mail/sink.py, as a program of its own; ends with this.
class MailSink {
public:
    explicit MailSink(const std::filesystem::path& folder, std::vector<std::string> options = {})
        : out_(folder / "mails.jsonl"),
          certificate_(folder / "sink.pem") {
        std::vector<std::string> words{"python3",
                                       project_file("tests/mail/sink.py"),
                                       out_.string(),
                                       "--certificate",
                                       certificate_.string()};
        words.insert(words.end(), options.begin(), options.end());
        std::vector<char*> arguments;
        for (std::string& word : words) {
            arguments.push_back(word.data());
        }
        arguments.push_back(nullptr);
        int to[2];
        int from[2];
        EXPECT_EQ(::pipe(to) + ::pipe(from), 0);
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(to[0], STDIN_FILENO);
            ::dup2(from[1], STDOUT_FILENO);
            for (const int end : {to[0], to[1], from[0], from[1]}) {
                ::close(end);
            }
            ::execvp(arguments.front(), arguments.data());
            ::_exit(127);
        }
        ::close(to[0]);
        ::close(from[1]);
        input_ = to[1];
        std::string said;
        char letter = 0;
        while (::read(from[0], &letter, 1) == 1 && letter != '\n') {
            said += letter;
        }
        ::close(from[0]);
        std::from_chars(said.data(), said.data() + said.size(), port_);
        EXPECT_NE(port_, 0) << "the sink did not start: is python3 there, and openssl?";
    }
    ~MailSink() {
        ::close(input_);
        ::waitpid(child_, nullptr, 0);
    }
    MailSink(const MailSink&) = delete;
    MailSink& operator=(const MailSink&) = delete;

    std::uint16_t port() const { return port_; }
    std::string certificate() const { return certificate_.string(); }

    /// What it has taken so far.
    std::vector<boost::json::object> mails() const {
        std::vector<boost::json::object> list;
        std::ifstream lines(out_);
        for (std::string line; std::getline(lines, line);) {
            list.push_back(boost::json::parse(line).as_object());
        }
        return list;
    }

    std::string message(std::size_t number) const {
        const auto list = mails();
        return list.size() > number ? std::string(list[number].at("message").as_string()) : "";
    }

private:
    const std::filesystem::path out_;
    const std::filesystem::path certificate_;
    pid_t child_ = -1;
    int input_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace kokemus::courier
