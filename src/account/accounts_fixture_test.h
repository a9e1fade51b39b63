#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "account/account_schema_store.h"
#include "account/accounts_store.h"
#include "account/once_store.h"
#include "records/both_stores.h"

/// For tests: accounts on an empty store, each test once on SQLite and once on a real PostgreSQL.
namespace kokemus::account {

class OnBothStores : public records::OnBothStores {
protected:
    OnBothStores() : records::OnBothStores({account_schema(), once_schema()}) {}

    void SetUp() override {
        records::OnBothStores::SetUp();
        open_accounts();
    }

    void TearDown() override {
        accounts_.reset();
        records::OnBothStores::TearDown();
    }

    void open_accounts() {
        auto seal = seal::Seal::open(folder_ / "seal.key");
        ASSERT_TRUE(seal) << seal.error().message;
        accounts_ = std::make_unique<Accounts>(records_, clock_, "Kahvila", std::move(*seal));
    }

    /// The second factor of a user as the records keep it.
    std::string kept_factor(std::string_view user) const {
        return records_->read([&](records::Session& session) { return user_by_id(session, user); })
            .value()
            ->factor;
    }

    /// The secret of a user's authenticator.
    std::string factor_secret(const std::string& user) const {
        return seal::Seal::open(folder_ / "seal.key")
            ->opened(kept_factor(user), "account factor " + user)
            .value();
    }

    static SignedIn signed_in(const Result<SignInOutcome>& outcome) {
        if (!outcome) {
            ADD_FAILURE() << outcome.error().message << outcome.error().detail;
            return {};
        }
        const auto* begun = std::get_if<SignedIn>(&*outcome);
        EXPECT_NE(begun, nullptr) << "not signed in";
        return begun == nullptr ? SignedIn{} : *begun;
    }

    /// The first admin.
    SignedIn set_up() {
        User user;
        user.email = "anna@example.com";
        user.name = "Anna";
        return signed_in(accounts_->set_up(accounts_->new_setup_code(), user, password, home));
    }

    /// Adds a user who has chosen the same password.
    SignedIn add(const std::string& email, Role role, std::vector<std::string> departments = {}) {
        User user;
        user.email = email;
        user.name = "Somebody";
        user.role = role;
        user.departments = std::move(departments);
        const auto invitation = accounts_->add(user, {"admin", home});
        EXPECT_TRUE(invitation) << invitation.error().message;
        return signed_in(accounts_->accept(invitation->code, password, home));
    }

    Result<SignInOutcome> sign_in(const std::string& email, const std::string& given,
                                  const std::string& code = {}) {
        return accounts_->sign_in({email, given, code}, home);
    }

    bool is_refused(const Result<SignInOutcome>& outcome) const {
        const auto* refusal = outcome ? std::get_if<SignInRefusal>(&*outcome) : nullptr;
        return refusal != nullptr && *refusal == SignInRefusal::Wrong;
    }

    void pass(Milliseconds time) { clock_.set(clock_.now() + time); }

    const std::string password = "correct horse battery staple";
    const std::string home = "192.0.2.7";
    FixedClock clock_{Instant(std::chrono::hours(24 * 20'000 + 12))};
    std::unique_ptr<Accounts> accounts_;
};

using records::store_name;

}  // namespace kokemus::account
