#include "app/doctor.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "app/command.h"
#include "app/kept_records.h"
#include "base/clock.h"
#include "http/test_certificate.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::app {
namespace {

using ::testing::HasSubstr;
using Grade = Symptom::Grade;

Symptom found_in(const Symptoms& symptoms, std::string_view what) {
    const auto found = std::ranges::find(symptoms, what, &Symptom::what);
    EXPECT_NE(found, symptoms.end()) << what;
    return found == symptoms.end() ? Symptom() : *found;
}

/// Listens on a free port of this computer, and says `greeting` to one who comes.
class Listener {
public:
    explicit Listener(std::string greeting) : line_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(line_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::listen(line_, 1), 0);
        if (!greeting.empty()) {
            thread_ = std::jthread([line = line_, greeting = std::move(greeting)] {
                const int client = ::accept(line, nullptr, nullptr);
                EXPECT_GT(::send(client, greeting.data(), greeting.size(), MSG_NOSIGNAL), 0);
                std::array<char, 8> rest{};
                while (::recv(client, rest.data(), rest.size(), 0) > 0) {
                }
                ::close(client);
            });
        }
    }
    ~Listener() {
        if (thread_.joinable()) {
            thread_.join();
        }
        ::close(line_);
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    std::int64_t port() const {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        ::getsockname(line_, reinterpret_cast<sockaddr*>(&address), &size);
        return ntohs(address.sin_port);
    }

private:
    const int line_;
    std::jthread thread_;
};

TEST(Doctor, FindsAFolderThatIsWell) {
    const ledger::TestFolder area;
    std::filesystem::create_directories(area.path());
    const Symptoms symptoms = examine_machine(area.path());
    EXPECT_NE(found_in(symptoms, "disk").grade, Grade::Fault);
    EXPECT_THAT(found_in(symptoms, "disk").found, HasSubstr("GiB are free"));
    EXPECT_NE(found_in(symptoms, "sync").grade, Grade::Fault);
    EXPECT_TRUE(std::filesystem::is_empty(area.path())) << "it leaves nothing behind";
    for (const char* what : {"clock", "open files", "memory"}) {
        const Symptom symptom = found_in(symptoms, what);
        EXPECT_NE(symptom.grade, Grade::Fault) << what;
        EXPECT_EQ(symptom.advice.empty(), symptom.grade == Grade::Well) << what;
    }
}

TEST(Doctor, SaysWhatToDoAboutAFolderThatIsNotThere) {
    const Symptom disk = found_in(examine_machine("/nowhere/at/all"), "disk");
    EXPECT_EQ(disk.grade, Grade::Fault);
    EXPECT_THAT(disk.advice, HasSubstr("--data"));
}

TEST(Doctor, SaysWhetherThePortIsFree) {
    Configuration configuration;
    configuration.port = 0;
    EXPECT_EQ(found_in(examine_surroundings(configuration), "port").grade, Grade::Well);
    const Listener taken("");
    configuration.port = taken.port();
    const Symptom port = found_in(examine_surroundings(configuration), "port");
    EXPECT_EQ(port.grade, Grade::Fault);
    EXPECT_THAT(port.found, HasSubstr(std::to_string(taken.port())));
    configuration.address = "not an address";
    EXPECT_EQ(found_in(examine_surroundings(configuration), "port").grade, Grade::Fault);
}

TEST(Doctor, LooksForTheMailServerWhereThereIsOne) {
    Configuration configuration;
    configuration.port = 0;
    EXPECT_EQ(examine_surroundings(configuration).size(), 1U) << "none is configured";
    configuration.mail.host = "127.0.0.1";
    {
        const Listener greets("220 mail.example ready\r\n");
        configuration.mail.port = greets.port();
        EXPECT_EQ(found_in(examine_surroundings(configuration), "mail").grade, Grade::Well);
    }
    {
        const Listener another("SSH-2.0-x\r\n");
        configuration.mail.port = another.port();
        const Symptom mail = found_in(examine_surroundings(configuration), "mail");
        EXPECT_EQ(mail.grade, Grade::Attention);
        EXPECT_THAT(mail.advice, HasSubstr("[mail]"));
    }
    EXPECT_EQ(found_in(examine_surroundings(configuration), "mail").grade, Grade::Attention)
        << "nobody listens any more";
    configuration.mail.host = "no.such.host.invalid";
    EXPECT_EQ(found_in(examine_surroundings(configuration), "mail").grade, Grade::Attention);
}

TEST(Doctor, LooksAtTheCertificateWhereThereIsOne) {
    EXPECT_TRUE(examine_certificate({}, SystemClock().now()).empty());
    const http::TestCertificate files({.name = "cx.example", .ends_seconds = 30 * 86400L});
    Configuration configuration;
    configuration.certificate = files.certificate();
    configuration.certificate_key = files.key();
    const auto in_days = [&](int days) {
        return examine_certificate(configuration, SystemClock().now() + std::chrono::days(days));
    };
    const Symptom well = found_in(in_days(0), "certificate");
    EXPECT_EQ(well.grade, Grade::Well);
    EXPECT_THAT(well.found, HasSubstr("CN=cx.example"));
    EXPECT_EQ(found_in(in_days(0), "certificate key").grade, Grade::Well);
    EXPECT_EQ(found_in(in_days(17), "certificate").grade, Grade::Attention);
    EXPECT_EQ(found_in(in_days(31), "certificate").grade, Grade::Fault);
    EXPECT_EQ(found_in(in_days(-1), "certificate").grade, Grade::Fault) << "not yet";
    std::filesystem::permissions(files.key(), std::filesystem::perms(0644));
    const Symptom open = found_in(in_days(0), "certificate key");
    EXPECT_EQ(open.grade, Grade::Fault);
    EXPECT_THAT(open.advice, HasSubstr("chmod o="));
    const http::TestCertificate another;
    configuration.certificate_key = another.key();
    const Symptom mixed = found_in(in_days(0), "certificate");
    EXPECT_EQ(mixed.grade, Grade::Fault);
    EXPECT_THAT(mixed.found, HasSubstr("is not that of the certificate"));
}

/// As after a restore: the key is in no backup.
TEST(Doctor, MakesNoKeyWhereOneIsGone) {
    const ledger::TestFolder area;
    std::filesystem::create_directories(area.path());
    ASSERT_TRUE(open_records({}, area.path()));
    CommandSettings settings;
    settings.data = area.path();
    const auto said = [&] {
        DoctorCommand options;
        options.json = true;
        testing::internal::CaptureStdout();
        const auto done = doctor(settings, options);
        std::fflush(stdout);
        EXPECT_TRUE(done) << done.error().message;
        return testing::internal::GetCapturedStdout();
    };
    EXPECT_THAT(said(), HasSubstr(R"("what":"records","grade":"well")"));
    const auto key = area.path() / "seal.key";
    std::filesystem::remove(key);
    EXPECT_THAT(said(), HasSubstr(R"("what":"records","grade":"fault")"));
    EXPECT_FALSE(std::filesystem::exists(key)) << "it only looks";
    std::filesystem::remove(area.path() / "records.sqlite");
    EXPECT_THAT(said(), HasSubstr("there are none yet"));
    EXPECT_FALSE(std::filesystem::exists(area.path() / "records.sqlite"));
}

}  // namespace
}  // namespace kokemus::app
