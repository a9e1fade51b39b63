#include "seal/seal.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include <gtest/gtest.h>

#include "base/file.h"

namespace kokemus::seal {
namespace {

namespace fs = std::filesystem;

class SealTest : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("seal_" + std::to_string(::getpid()));
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        file_ = folder_ / "seal.key";
    }
    void TearDown() override { fs::remove_all(folder_); }

    void write(const std::string& text) const {
        fs::remove(file_);
        std::ofstream(file_) << text;
        fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write);
    }

    std::string written() const { return read_file(file_, 4096).value(); }

    fs::path folder_;
    fs::path file_;
};

TEST_F(SealTest, TheFirstStartMakesAKeyThatItsOwnerAloneMayRead) {
    const mode_t before = ::umask(0);
    ASSERT_TRUE(Seal::open(file_));
    ::umask(before);
    struct stat found {};
    ASSERT_EQ(::stat(file_.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
    EXPECT_FALSE(fs::exists(file_.string() + ".new"));
}

TEST_F(SealTest, ASecretOpensAfterTheNextStart) {
    const std::string secret("a\0b", 3);
    const std::string kept = Seal::open(file_)->sealed(secret, "here");
    EXPECT_TRUE(Seal::is_sealed(kept));
    EXPECT_EQ(Seal::open(file_)->opened(kept, "here").value(), secret);
}

TEST_F(SealTest, NothingOfASecretIsInWhatIsKept) {
    const auto seal = Seal::open(file_);
    const std::string secret(40, 'x');
    const std::string once = seal->sealed(secret, "here");
    EXPECT_NE(once, seal->sealed(secret, "here"));
    EXPECT_EQ(once.find("xxxx"), std::string::npos);
    EXPECT_EQ(seal->opened(seal->sealed("", "here"), "here").value(), "");
}

TEST_F(SealTest, ASecretOpensNowhereElse) {
    const auto seal = Seal::open(file_);
    const auto opened = seal->opened(seal->sealed("secret", "user 1"), "user 2");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::Corrupt);
    EXPECT_NE(opened.error().message.find("user 2"), std::string::npos);
}

TEST_F(SealTest, WhatWasChangedDoesNotOpen) {
    const auto seal = Seal::open(file_);
    const std::string kept = seal->sealed("secret", "here");
    for (std::size_t i = 0; i < kept.size(); ++i) {
        std::string changed = kept;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(seal->opened(changed, "here")) << i;
        EXPECT_FALSE(seal->opened(kept.substr(0, i), "here")) << i;
    }
    EXPECT_FALSE(seal->opened("sealed:", "here"));
    EXPECT_FALSE(seal->opened("31323334", "here"));
}

TEST_F(SealTest, AnotherKeyDoesNotOpenUntilTheFormerOneIsAdded) {
    const std::string kept = Seal::open(file_)->sealed("secret", "here");
    const std::string former = written();
    fs::remove(file_);
    ASSERT_TRUE(Seal::open(file_));
    EXPECT_FALSE(Seal::open(file_)->opened(kept, "here"));

    write(written() + former);
    const auto both = Seal::open(file_);
    ASSERT_TRUE(both) << both.error().message;
    EXPECT_EQ(both->opened(kept, "here").value(), "secret");
    EXPECT_EQ(both->opened(both->sealed("next", "here"), "here").value(), "next");
    write(former);
    EXPECT_FALSE(Seal::open(file_)->opened(both->sealed("next", "here"), "here"));
}

TEST_F(SealTest, AKeyThatOthersMayReadIsRefused) {
    ASSERT_TRUE(Seal::open(file_));
    fs::permissions(file_, fs::perms::group_read, fs::perm_options::add);
    const auto seal = Seal::open(file_);
    ASSERT_FALSE(seal);
    EXPECT_EQ(seal.error().code, ErrorCode::Forbidden);
    EXPECT_NE(seal.error().message.find("chmod 600"), std::string::npos);
}

TEST_F(SealTest, AFileWithoutKeysIsRefusedAndLeftAsItIs) {
    for (const std::string text : {"", "# nothing\n", "abc\n", "zz", "00112233"}) {
        write(text);
        EXPECT_FALSE(Seal::open(file_)) << text;
        EXPECT_EQ(written(), text);
    }
    write("\n# first\n" + std::string(64, 'a') + "\n" + std::string(66, 'b') + "\n");
    const auto seal = Seal::open(file_);
    ASSERT_FALSE(seal);
    EXPECT_NE(seal.error().message.find("line 4"), std::string::npos) << seal.error().message;
}

TEST_F(SealTest, AFolderThatCannotBeWrittenIsSaid) {
    const auto seal = Seal::open("/proc/nothing/seal.key");
    ASSERT_FALSE(seal);
    EXPECT_NE(seal.error().message.find("/proc/nothing"), std::string::npos);
}

TEST_F(SealTest, DigestsAreOfOnePlaceAndOfEachKey) {
    write(std::string(64, 'a') + "\n");
    const auto one = Seal::open(file_)->digests("hello", "place");
    // python3: hmac.new(bytes.fromhex("aa" * 32), b"digest 5 placehello", "sha256").hexdigest()
    EXPECT_EQ(one,
              std::vector<std::string>{
                  "79e13bbe6d3c209d62e7312bbee8286e611ec06faf9d631028405528201101e7"});
    EXPECT_NE(Seal::open(file_)->digests("hello", "plac"), one);
    EXPECT_NE(Seal::open(file_)->digests("ehello", "plac"), one);
    EXPECT_NE(Seal::open(file_)->digests("hellp", "place"), one);
    write(std::string(64, 'b') + "\n" + std::string(64, 'a') + "\n");
    const auto both = Seal::open(file_)->digests("hello", "place");
    ASSERT_EQ(both.size(), 2U);
    EXPECT_NE(both.front(), one.front());
    EXPECT_EQ(both.back(), one.front());
}

}  // namespace
}  // namespace kokemus::seal
