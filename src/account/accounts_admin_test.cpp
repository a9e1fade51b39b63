#include <gmock/gmock.h>

#include "account/accounts_fixture_test.h"
#include "account/bounds.h"
#include "account/secret.h"

namespace kokemus::account {
namespace {

using std::chrono::hours;
using ::testing::HasSubstr;

class AdminTest : public OnBothStores {
protected:
    User user_of(const std::string& email, Role role) {
        User user;
        user.email = email;
        user.name = "Somebody";
        user.role = role;
        return user;
    }

    const Doer admin_{"admin", "192.0.2.7"};
};

TEST_P(AdminTest, AChangeOfWhatIsOtherByNowIsRefused) {
    (void)set_up();
    const User seen =
        accounts_->add(user_of("bert@example.com", Role::Viewer), admin_).value().user;
    User first = seen;
    first.name = "Bertil";
    const auto changed = accounts_->change(first, admin_, seen);
    ASSERT_TRUE(changed) << changed.error().message;
    EXPECT_NE(version_of(*changed), version_of(seen));
    User second = seen;
    second.role = Role::Analyst;
    EXPECT_EQ(accounts_->change(second, admin_, seen).error().code, ErrorCode::Conflict);
    EXPECT_EQ(accounts_->user(seen.id)->name, "Bertil");
    EXPECT_TRUE(accounts_->change(second, admin_, *changed));
}

TEST_P(AdminTest, InvitesPeopleWhoChooseTheirOwnPassword) {
    (void)set_up();
    const Invitation made =
        accounts_->add(user_of("bert@example.com", Role::Analyst), admin_).value();
    EXPECT_TRUE(made.user.is_invited);
    EXPECT_TRUE(is_refused(sign_in("bert@example.com", ""))) << "no password yet";
    EXPECT_TRUE(is_refused(accounts_->accept("AAAA", password, home)));
    EXPECT_FALSE(accounts_->accept(made.code, "bert@example.com", home)) << "a weak one";
    const SignedIn begun = signed_in(accounts_->accept(made.code, password, home));
    EXPECT_EQ(begun.user.role, Role::Analyst);
    EXPECT_TRUE(is_refused(accounts_->accept(made.code, password, home))) << "used";
    (void)signed_in(sign_in("bert@example.com", password));
    const auto twice = accounts_->add(user_of("BERT@example.com", Role::Viewer), admin_);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, ErrorCode::Conflict);
}

TEST_P(AdminTest, AListenerHearsOfEachChangeAndMayUndoIt) {
    std::vector<std::string> heard;
    std::string code;
    bool agrees = true;
    accounts_->listen([&](records::Session&, const AuditEntry& told, std::string_view given) {
        heard.push_back(told.action);
        code = given.empty() ? code : std::string(given);
        return agrees ? Status() : Status(internal_error("nobody can be told"));
    });
    (void)set_up();
    const Invitation made =
        accounts_->add(user_of("bert@example.com", Role::Analyst), admin_).value();
    EXPECT_EQ(code, made.code);
    EXPECT_EQ(accounts_->invite_again(made.user.id, admin_)->code, code);
    EXPECT_THAT(heard, ::testing::ElementsAre("setup", "user.add", "user.invite"));
    agrees = false;
    EXPECT_FALSE(accounts_->add(user_of("cleo@example.com", Role::Viewer), admin_));
    EXPECT_EQ(accounts_->users()->size(), 2U);
}

TEST_P(AdminTest, UsersAndKeysAreListedInPartsThatNothingMoves) {
    (void)set_up();
    std::vector<std::string> added;
    for (const char* email : {"b@x.fi", "d@x.fi", "f@x.fi"}) {
        added.push_back(accounts_->add(user_of(email, Role::Viewer), admin_)->user.email);
    }
    std::vector<std::string> read;
    std::string after;
    for (auto part = accounts_->users(after, 2).value(); !part.empty();
         part = accounts_->users(after, 2).value()) {
        for (const User& user : part) {
            read.push_back(user.email);
        }
        after = part.back().id;
        // One before the place and, once, one behind it.
        (void)accounts_->add(user_of("a" + std::to_string(read.size()) + "@x.fi", Role::Viewer),
                             admin_);
        (void)accounts_->add(user_of("e@x.fi", Role::Viewer), admin_);
    }
    EXPECT_THAT(read,
                ::testing::ElementsAre("anna@example.com", "b@x.fi", "d@x.fi", "e@x.fi", "f@x.fi"));
    EXPECT_TRUE(accounts_->users("nobody", 2)->empty());

    ApiKey wanted;
    wanted.user = accounts_->users()->front().id;
    wanted.name = "a program";
    wanted.rights = {Right::AskQuestions};
    wanted.expires = clock_.now() + hours(1);
    for (int i = 0; i < 5; ++i) {  // some at the same time
        ASSERT_TRUE(accounts_->make_key(wanted, admin_));
        pass(Milliseconds(i % 2));
    }
    std::vector<std::string> ids;
    std::optional<PlaceInTime> place;
    for (auto part = accounts_->keys(place, 2).value(); !part.empty();
         part = accounts_->keys(place, 2).value()) {
        for (const ApiKey& key : part) {
            ids.push_back(key.id);
        }
        place = PlaceInTime{part.back().made, part.back().id};
    }
    std::vector<std::string> all;
    const auto keys = accounts_->keys();
    for (const ApiKey& key : *keys) {
        all.push_back(key.id);
    }
    EXPECT_EQ(ids, all);
    EXPECT_EQ(ids.size(), 5U);
}

TEST_P(AdminTest, StrangersWithWrongCodesShutNobodyOut) {
    for (int i = 0; i < 60; ++i) {
        const std::string stranger = "6.6.6." + std::to_string(i);
        EXPECT_TRUE(is_refused(accounts_->accept("AAAA", password, stranger)));
        EXPECT_TRUE(is_refused(accounts_->set_up("AAAA", {}, password, stranger)));
    }
    (void)set_up();
    (void)add("bert@example.com", Role::Analyst);
    for (int i = 0; i < 3; ++i) {
        (void)accounts_->accept("AAAA", password, "6.6.6.1");
    }
    const auto waits = accounts_->accept("AAAA", password, "6.6.6.1");
    EXPECT_TRUE(std::holds_alternative<Wait>(*waits)) << "their own address";
}

TEST_P(AdminTest, InvitationsExpireAndAreMadeAnew) {
    (void)set_up();
    const Invitation made =
        accounts_->add(user_of("bert@example.com", Role::Viewer), admin_).value();
    pass(bounds::invitation_age_max);
    EXPECT_TRUE(is_refused(accounts_->accept(made.code, password, home)));
    const Invitation again = accounts_->invite_again(made.user.id, admin_).value();
    const SignedIn begun = signed_in(accounts_->accept(again.code, password, home));
    ASSERT_TRUE(accounts_->invite_again(made.user.id, admin_));
    EXPECT_FALSE(accounts_->person_by_session(begun.secret).value());
    EXPECT_TRUE(is_refused(sign_in("bert@example.com", password)));
}

TEST_P(AdminTest, ChangeOfRightsHoldsAtOnceAndBeginsAnew) {
    (void)set_up();
    const SignedIn bert = add("bert@example.com", Role::Manager, {"Sales"});
    EXPECT_EQ(accounts_->person_by_session(bert.secret).value()->departments,
              std::vector<std::string>{"Sales"});
    User changed = bert.user;
    changed.name = "Bertil";
    EXPECT_EQ(accounts_->change(changed, admin_)->name, "Bertil");
    EXPECT_TRUE(accounts_->person_by_session(bert.secret).value()) << "a name is no right";
    changed.role = Role::Viewer;
    EXPECT_FALSE(accounts_->change(changed, admin_)) << "viewers have no departments";
    changed.departments.clear();
    ASSERT_TRUE(accounts_->change(changed, admin_));
    EXPECT_FALSE(accounts_->person_by_session(bert.secret).value());
    const SignedIn anew = signed_in(sign_in("bert@example.com", password));
    EXPECT_FALSE(
        accounts_->person_by_session(anew.secret).value()->rights.has(Right::SeePersonalData));
    changed.is_disabled = true;
    ASSERT_TRUE(accounts_->change(changed, admin_));
    EXPECT_FALSE(accounts_->person_by_session(anew.secret).value());
    EXPECT_TRUE(is_refused(sign_in("bert@example.com", password)));
    changed.id = "nobody";
    EXPECT_EQ(accounts_->change(changed, admin_).error().code, ErrorCode::NotFound);
}

TEST_P(AdminTest, SomebodyAlwaysRules) {
    const SignedIn anna = set_up();
    User changed = anna.user;
    changed.role = Role::Viewer;
    EXPECT_EQ(accounts_->change(changed, admin_).error().code, ErrorCode::Conflict);
    changed = anna.user;
    changed.is_disabled = true;
    EXPECT_EQ(accounts_->change(changed, admin_).error().code, ErrorCode::Conflict);
    EXPECT_EQ(accounts_->invite_again(anna.user.id, admin_).error().code, ErrorCode::Conflict);
    ASSERT_TRUE(accounts_->add(user_of("bert@example.com", Role::Admin), admin_));
    EXPECT_FALSE(accounts_->change(changed, admin_)) << "bert has not come yet";
    (void)add("cecilia@example.com", Role::Admin);
    EXPECT_TRUE(accounts_->change(changed, admin_));
}

TEST_P(AdminTest, KeysAllowWhatTheyWereMadeForUntilTheyEnd) {
    (void)set_up();
    const Invitation shop =
        accounts_->add(user_of("shop@example.com", Role::Integration), admin_).value();
    EXPECT_EQ(shop.code, "") << "a program does not sign in";
    ApiKey wanted;
    wanted.user = shop.user.id;
    wanted.name = "web shop";
    wanted.expires = clock_.now() + hours(24);
    EXPECT_THAT(accounts_->make_key(wanted, admin_).error().message, HasSubstr("rights"));
    wanted.rights = {Right::SendEncounters, Right::ManageUsers};
    EXPECT_FALSE(accounts_->make_key(wanted, admin_)) << "more than its user has";
    wanted.rights = {Right::SendEncounters};
    const NewKey made = accounts_->make_key(wanted, admin_).value();
    const auto person = accounts_->person_by_key(made.text).value();
    ASSERT_TRUE(person);
    EXPECT_EQ(person->rights, Rights{Right::SendEncounters});
    EXPECT_EQ(person->written(), "key:" + made.key.id);
    EXPECT_FALSE(accounts_->person_by_key(key_text(made.key.id, new_secret())).value());
    EXPECT_FALSE(accounts_->person_by_key(key_text(random_id(), new_secret())).value());
    EXPECT_FALSE(accounts_->person_by_key("").value());
    const NewKey other = accounts_->make_key(wanted, admin_).value();
    ASSERT_TRUE(accounts_->revoke_key(made.key.id, admin_));
    EXPECT_EQ(accounts_->revoke_key(made.key.id, admin_).error().code, ErrorCode::NotFound);
    EXPECT_FALSE(accounts_->person_by_key(made.text).value());
    EXPECT_TRUE(accounts_->person_by_key(other.text).value());
    EXPECT_EQ(accounts_->keys()->size(), 2U);
    pass(hours(24));
    EXPECT_FALSE(accounts_->person_by_key(other.text).value());
    EXPECT_FALSE(accounts_->make_key(wanted, admin_)) << "expires in the past";
    wanted.expires = clock_.now() + hours(24) * 400;
    EXPECT_FALSE(accounts_->make_key(wanted, admin_)) << "for ever";
}

TEST_P(AdminTest, AKeyTellsWhenItWasUsedLast) {
    const SignedIn anna = set_up();
    ApiKey wanted;
    wanted.user = anna.user.id;
    wanted.name = "till";
    wanted.rights = {Right::SendEncounters};
    wanted.expires = clock_.now() + hours(24);
    const NewKey made = accounts_->make_key(wanted, admin_).value();
    const auto used = [&] { return accounts_->keys()->front().used; };
    EXPECT_EQ(used(), std::nullopt);
    EXPECT_FALSE(accounts_->person_by_key(key_text(made.key.id, new_secret())).value());
    EXPECT_EQ(used(), std::nullopt) << "a wrong secret is no use of it";
    const Instant first = clock_.now();
    ASSERT_TRUE(accounts_->person_by_key(made.text).value());
    EXPECT_EQ(used(), first);
    pass(std::chrono::seconds(30));
    ASSERT_TRUE(accounts_->person_by_key(made.text).value());
    EXPECT_EQ(used(), first) << "not written with each request";
    pass(std::chrono::minutes(1));
    ASSERT_TRUE(accounts_->person_by_key(made.text).value());
    EXPECT_EQ(used(), clock_.now());
}

TEST_P(AdminTest, AKeyNamesThePagesThatMayShowIt) {
    const SignedIn anna = set_up();
    ApiKey wanted;
    wanted.user = anna.user.id;
    wanted.name = "shop";
    wanted.expires = clock_.now() + hours(24);
    wanted.rights = {Right::AskQuestions};
    wanted.origins = {"https://asks.example"};
    ASSERT_TRUE(accounts_->make_key(wanted, admin_));
    EXPECT_FALSE(*accounts_->some_key_allows("https://asks.example")) << "it may not send";
    pass(hours(1));
    wanted.rights = {Right::SendEncounters};
    wanted.origins = {"https://Shop.example:443"};
    const NewKey made = accounts_->make_key(wanted, admin_).value();
    EXPECT_EQ(made.key.origins, std::vector<std::string>{"https://shop.example"});
    EXPECT_EQ(accounts_->person_by_key(made.text).value()->origins, made.key.origins);
    EXPECT_EQ(accounts_->keys()->back().origins, made.key.origins);
    EXPECT_TRUE(*accounts_->some_key_allows("https://shop.example"));
    EXPECT_FALSE(*accounts_->some_key_allows("https://shop.example:8443"));
    ASSERT_TRUE(accounts_->revoke_key(made.key.id, admin_));
    pass(std::chrono::seconds(1));
    EXPECT_FALSE(*accounts_->some_key_allows("https://shop.example"));
    wanted.origins = {"shop.example"};
    EXPECT_THAT(accounts_->make_key(wanted, admin_).error().message, HasSubstr("origins"));
}

TEST_P(AdminTest, NoKeyMakesPeopleOrFurtherKeys) {
    const SignedIn anna = set_up();
    ApiKey wanted;
    wanted.user = anna.user.id;
    wanted.name = "script";
    wanted.expires = clock_.now() + hours(24);
    for (const Right ruling : {Right::ManageKeys, Right::ManageUsers}) {
        wanted.rights = {Right::AskQuestions, ruling};
        EXPECT_THAT(accounts_->make_key(wanted, admin_).error().message, HasSubstr("rights"));
    }
    wanted.rights = {Right::AskQuestions};
    const NewKey made = accounts_->make_key(wanted, admin_).value();
    ASSERT_TRUE(records_->change([](records::Session& session) {  // as earlier versions kept it
        return session.run("UPDATE account_key SET rights = 'ask-questions,manage-keys'");
    }));
    EXPECT_EQ(accounts_->person_by_key(made.text).value()->rights, Rights{Right::AskQuestions});
}

TEST_P(AdminTest, AuditTellsEverythingInAChainThatShowsTampering) {
    const SignedIn anna = set_up();
    const SignedIn bert = add("bert@example.com", Role::Viewer);
    (void)sign_in("bert@example.com", "wrong");
    (void)sign_in("nobody@example.com", "wrong");
    User changed = bert.user;
    changed.role = Role::Analyst;
    (void)accounts_->change(changed, {anna.user.id, home});
    std::vector<std::string> actions;
    std::string all;
    const auto entries = accounts_->audit({}, 100).value();
    for (const AuditEntry& entry : entries) {
        actions.insert(actions.begin(), entry.action);
        all += entry.actor + entry.subject + entry.note;
    }
    EXPECT_EQ(actions,
              (std::vector<std::string>{"setup",
                                        "user.add",
                                        "invitation.accept",
                                        "sign-in.refused",
                                        "sign-in.refused",
                                        "user.change"}));
    for (const char* personal : {"anna", "bert", "nobody@", "Anna", "Somebody", "example.com"}) {
        EXPECT_EQ(all.find(personal), std::string::npos) << personal;
    }
    EXPECT_EQ(accounts_->audit({.before = 3}, 100)->size(), 2U);
    EXPECT_EQ(accounts_->audit({}, 1)->front().number, 6);
    const AuditState sound = accounts_->verify_audit().value();
    EXPECT_EQ(sound.entries, 6);
    EXPECT_EQ(sound.first_broken, std::nullopt);
    EXPECT_EQ(sound.head, accounts_->audit({}, 1)->front().digest);
    ASSERT_TRUE(records_->change([](records::Session& session) {
        return session.run("UPDATE account_audit SET note = 'role=admin' WHERE number = 2");
    }));
    EXPECT_EQ(accounts_->verify_audit()->first_broken, 2);
    ASSERT_TRUE(records_->change([](records::Session& session) {
        return session.run("DELETE FROM account_audit WHERE number = 1");
    }));
    EXPECT_EQ(accounts_->verify_audit()->first_broken, 1);
}

TEST_P(AdminTest, AuditIsSoughtByWhoWhatAndWhen) {
    const SignedIn anna = set_up();
    const Instant early = clock_.now();
    pass(hours(1));
    const SignedIn bert = add("bert@example.com", Role::Viewer);
    AuditEntry looked;
    looked.at = clock_.now();
    looked.actor = "key:k1";
    looked.action = "customer.read";
    ASSERT_TRUE(accounts_->note(std::vector<AuditEntry>{looked}));
    const auto numbers = [&](const AuditSought& sought) {
        std::vector<std::int64_t> found;
        const auto page = accounts_->audit(sought, 100).value();
        for (const AuditEntry& entry : page) {
            found.push_back(entry.number);
        }
        return found;
    };
    using Numbers = std::vector<std::int64_t>;
    EXPECT_EQ(numbers({}), (Numbers{4, 3, 2, 1}));
    EXPECT_EQ(numbers({.actor = anna.user.id}), (Numbers{1}));
    EXPECT_EQ(numbers({.actor = bert.user.id}), (Numbers{3}));
    EXPECT_EQ(numbers({.actor = "key:"}), (Numbers{4}));
    EXPECT_EQ(numbers({.actor = "key:k1"}), (Numbers{4}));
    EXPECT_EQ(numbers({.actor = "no' OR '1"}), Numbers{});
    EXPECT_EQ(numbers({.action = "user.add"}), (Numbers{2}));
    EXPECT_EQ(numbers({.action = "user."}), (Numbers{2}));
    EXPECT_EQ(numbers({.action = "user"}), Numbers{});
    EXPECT_EQ(numbers({.from = clock_.now()}), (Numbers{4, 3, 2}));
    EXPECT_EQ(numbers({.from = early, .to = clock_.now()}), (Numbers{1}));
    EXPECT_EQ(numbers({.before = 2, .actor = anna.user.id}), (Numbers{1}));
}

TEST_P(AdminTest, NothingThatOpensADoorIsKeptInTheClear) {
    (void)set_up();
    const SignedIn begun = signed_in(sign_in("anna@example.com", password));
    ApiKey wanted;
    wanted.user = begun.user.id;
    wanted.name = "mine";
    wanted.rights = {Right::AskQuestions};
    wanted.expires = clock_.now() + hours(1);
    const NewKey key = accounts_->make_key(wanted, admin_).value();
    const Invitation bert =
        accounts_->add(user_of("bert@example.com", Role::Viewer), admin_).value();
    std::string kept;
    for (const char* query :
         {"SELECT password || coalesce(invitation, '') FROM account_user",
          "SELECT digest || user_id FROM account_session",
          "SELECT id || name || digest || rights FROM account_key",
          "SELECT actor || address || subject || note || digest FROM account_audit"}) {
        const auto rows = records_->read(
            [&](records::Session& session) { return session.rows<std::string>(query); });
        ASSERT_TRUE(rows) << rows.error().detail;
        ASSERT_FALSE(rows->empty());
        for (const auto& row : *rows) {
            kept += std::get<0>(row);
        }
    }
    for (const std::string& secret :
         {password, begun.secret, read_key(key.text)->secret, bert.code, typed_words(bert.code)}) {
        EXPECT_EQ(kept.find(secret), std::string::npos);
    }
}

INSTANTIATE_TEST_SUITE_P(On, AdminTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

}  // namespace
}  // namespace kokemus::account
