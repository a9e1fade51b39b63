#include <gmock/gmock.h>

#include "account/accounts_fixture_test.h"
#include "account/one_time_code.h"
#include "account/secret.h"
#include "base/file.h"

namespace kokemus::account {
namespace {

using ::testing::Not;
using ::testing::StartsWith;

/// Anna with a second factor, and what an earlier version or a lost key makes of it.
class FactorTest : public OnBothStores {
protected:
    void SetUp() override {
        OnBothStores::SetUp();
        id_ = set_up().user.id;
        (void)accounts_->propose_factor(id_, password, {id_, home});
        secret_ = factor_secret(id_);
        papers_ =
            std::get<RecoveryCodes>(accounts_->confirm_factor(id_, code(), {id_, home}).value());
        pass(std::chrono::minutes(1));
    }

    std::string code() const { return code_of(secret_, code_step(clock_.now())); }

    void keep(const std::string& factor) {
        ASSERT_TRUE(records_->change([&](records::Session& session) {
            return reseal_factor(session, {id_, factor});
        }));
    }

    std::string id_;
    std::string secret_;
    std::vector<std::string> papers_;
};

/// PostgreSQL keeps former rows until it is vacuumed.
class FactorInFileTest : public FactorTest {};

TEST_P(FactorTest, TheSecretIsKeptSealed) {
    EXPECT_THAT(kept_factor(id_), StartsWith("sealed:"));
    EXPECT_THAT(kept_factor(id_), Not(::testing::HasSubstr(hexadecimal(secret_))));
    (void)signed_in(sign_in("anna@example.com", password, code()));
}

TEST_P(FactorTest, ASecretInTheClearIsSealedAndGoesOnWorking) {
    keep(hexadecimal(secret_));
    ASSERT_TRUE(accounts_->seal_factors());
    const std::string sealed = kept_factor(id_);
    EXPECT_THAT(sealed, StartsWith("sealed:"));
    ASSERT_TRUE(accounts_->seal_factors());
    EXPECT_EQ(kept_factor(id_), sealed) << "once is enough";
    (void)signed_in(sign_in("anna@example.com", password, code()));
}

TEST_P(FactorInFileTest, NothingInTheClearStaysThere) {
    const auto file = records_->address().file;
    const std::string clear = hexadecimal(secret_);
    const auto is_in_file = [&] {
        return read_file(file, 1 << 24)->find(clear) != std::string::npos;
    };
    const auto close = [&] {
        accounts_.reset();
        records_.reset();
    };
    const auto open = [&] {
        records_ = records::Records::open(records::read_address("sqlite", folder_).value(),
                                          std::vector{account_schema()})
                       .value();
        open_accounts();
    };
    keep(clear);
    close();
    ASSERT_TRUE(is_in_file());
    open();
    ASSERT_TRUE(accounts_->seal_factors());
    close();
    EXPECT_FALSE(is_in_file());
}

TEST_P(FactorTest, AnotherKeyLeavesTheCodesOnPaper) {
    std::filesystem::rename(folder_ / "seal.key", folder_ / "former.key");
    open_accounts();
    ASSERT_TRUE(accounts_->seal_factors());
    EXPECT_TRUE(is_refused(sign_in("anna@example.com", password, code())));
    (void)signed_in(sign_in("anna@example.com", password, papers_[0]));

    std::filesystem::rename(folder_ / "former.key", folder_ / "seal.key");
    open_accounts();
    (void)signed_in(sign_in("anna@example.com", password, code()));
}

TEST_P(FactorTest, TheSecretOfAnotherUserOpensNothing) {
    const std::string other = add("ben@example.com", Role::Admin).user.id;
    const std::string factor = kept_factor(id_);
    ASSERT_TRUE(records_->change([&](records::Session& session) {
        return keep_factor(session, other, factor, Factor::Confirmed);
    }));
    EXPECT_TRUE(is_refused(sign_in("ben@example.com", password, code())));
}

TEST_P(FactorTest, ADamagedSecretIsSaid) {
    keep("neither");
    const Status sealed = accounts_->seal_factors();
    ASSERT_FALSE(sealed);
    EXPECT_EQ(sealed.error().code, ErrorCode::Corrupt);
}

INSTANTIATE_TEST_SUITE_P(OnSqlite, FactorInFileTest, ::testing::Values(records::Dialect::Sqlite),
                         store_name);
INSTANTIATE_TEST_SUITE_P(On, FactorTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

}  // namespace
}  // namespace kokemus::account
