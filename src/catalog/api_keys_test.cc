#include "catalog/api_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/api_key_format.h"
#include "auth/auth_test_support.h"
#include "auth/principal_test_support.h"

namespace catalog {
namespace {

using auth::outcome_of;
using model::Access;
using model::Environment;
using model::Role;
using model::Scope;

class ApiKeyCases : public ::testing::Test {
 protected:
  ApiKeyCases() { crypto::init(); }

  [[nodiscard]] static NewApiKey wanted_key() {
    return {"Backend",
            Environment::kSandbox,
            {Scope::kMint},
            model::default_key_limits(),
            model::TokenForm::kSigned,
            600,
            std::nullopt};
  }
  [[nodiscard]] base::Result<KeyOwner> owner(const base::OrgId& organization, Role role) const {
    return owner_of({auth::user_principal(organization, role),
                     {model::ActorKind::kUser, "usr_test", "maker@example.com", "127.0.0.1"}});
  }
  [[nodiscard]] model::ApiKey create(const KeyOwner& owner, const NewApiKey& wanted) {
    return store::expect_value(create_api_key(store_.get(), owner, wanted, now_)).key;
  }
  [[nodiscard]] model::ApiKey create_parent() {
    NewApiKey wanted = wanted_key();
    wanted.scopes = {Scope::kMint, Scope::kIntrospect, Scope::kManage};
    wanted.limits.permissions.dashboard = Access::kEdit;
    wanted.limits.lifetime_max = std::chrono::hours(1);
    wanted.limits.origins = {"https://one.example", "https://two.example"};
    return create(admin_, wanted);
  }
  [[nodiscard]] std::vector<std::string> audited() {
    return store_.read([](store::Connection& connection) {
      store::Query query = connection.query(
          "SELECT action || ' ' || actor_name || ' ' || subject_name FROM audit_events ORDER BY "
          "id");
      std::vector<std::string> lines;
      while (query.next().value()) lines.push_back(query.text(0));
      return base::Result<std::vector<std::string>>(lines);
    });
  }

  [[nodiscard]] std::vector<std::string> audited_details() {
    return store_.read([](store::Connection& connection) {
      store::Query query = connection.query("SELECT detail FROM audit_events ORDER BY id");
      std::vector<std::string> details;
      while (query.next().value()) details.push_back(query.text(0));
      return base::Result<std::vector<std::string>>(details);
    });
  }

  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, auth::kTestOrganization.text());
  base::OrgId theirs_ = store::add_organization(store_, auth::kForeignOrganization.text());
  KeyOwner admin_ = store::expect_value(owner(mine_, Role::kAdmin));
  KeyOwner maker_ = store::expect_value(owner(mine_, Role::kMaker));
  KeyOwner stranger_ = store::expect_value(owner(theirs_, Role::kAdmin));
  const base::Seconds now_{std::chrono::seconds(1'800'000'000)};
};

TEST_F(ApiKeyCases, AKeyIsShownOnceAndStoredAsItsHash) {
  const auto created = create_api_key(store_.get(), maker_, wanted_key(), now_);
  ASSERT_TRUE(created.ok());
  const std::string& secret = created->secret.reveal_secret();
  EXPECT_EQ(auth::check_api_key_form(secret), Environment::kSandbox);
  EXPECT_EQ(created->key.last_four, secret.substr(secret.size() - 4));
  EXPECT_THAT(list_api_keys(store_.get(), maker_).value(), ::testing::SizeIs(1));
  EXPECT_THAT(list_api_keys(store_.get(), stranger_).value(), ::testing::IsEmpty());
  for (const std::string file : {"aracari.db", "aracari.db-wal"}) {
    EXPECT_THAT(base::read_whole_file(store_.folder().path(file)),
                ::testing::Not(::testing::HasSubstr(secret)));
  }
  EXPECT_THAT(audited(), ::testing::ElementsAre("api_key.created maker@example.com Backend"));
}

TEST_F(ApiKeyCases, AKeyNeedsANameAScopeARoleARateAndATimeToLive) {
  const auto create = [&](auto change) {
    NewApiKey wanted = wanted_key();
    change(wanted);
    return outcome_of(create_api_key(store_.get(), admin_, wanted, now_));
  };
  EXPECT_EQ(create([](NewApiKey& key) { key.name = ""; }), "invalid_body name");
  EXPECT_EQ(create([](NewApiKey& key) { key.name = std::string(101, 'a'); }), "invalid_body name");
  EXPECT_EQ(create([](NewApiKey& key) { key.scopes = {}; }), "invalid_body scopes");
  EXPECT_EQ(create([](NewApiKey& key) { key.limits.roles = {}; }), "invalid_body limits.roles");
  EXPECT_EQ(create([](NewApiKey& key) { key.requests_per_minute = 0; }),
            "invalid_body requestsPerMinute");
  EXPECT_EQ(create([](NewApiKey& key) { key.limits.origins = {"https://*.example.com"}; }),
            "invalid_body limits.origins");
  EXPECT_EQ(create([](NewApiKey& key) {
              key.limits.resources.dashboards_narrowed = true;
              key.limits.resources.dashboards = {base::DashboardId("dsh_none")};
            }),
            "invalid_body limits.resources.dashboards");
  EXPECT_EQ(create([](NewApiKey& key) { key.limits.attributes["state"] = "TX"; }),
            "invalid_body limits.attributes.state");
  EXPECT_EQ(create([&](NewApiKey& key) { key.expires_at = now_; }), "invalid_body expiresAt");
  EXPECT_EQ(create([&](NewApiKey& key) { key.expires_at = now_ + std::chrono::seconds(1); }), "ok");
}

TEST_F(ApiKeyCases, ProductionKeysAreForAdmins) {
  NewApiKey wanted = wanted_key();
  wanted.environment = Environment::kProduction;
  EXPECT_EQ(outcome_of(create_api_key(store_.get(), maker_, wanted, now_)), "forbidden");
  const model::ApiKey live = create(admin_, wanted);
  EXPECT_EQ(outcome_of(revoke_api_key(store_.get(), maker_, live.id, now_)), "forbidden");
  EXPECT_EQ(outcome_of(roll_api_key(store_.get(), maker_, live.id, std::chrono::seconds(0), now_)),
            "forbidden");
  EXPECT_EQ(outcome_of(revoke_api_key(store_.get(), admin_, live.id, now_)), "ok");
}

TEST_F(ApiKeyCases, ARevokedKeySaysWhenAndOnlyItsOwnersRevokeIt) {
  const base::ApiKeyId id = create(admin_, wanted_key()).id;
  EXPECT_EQ(outcome_of(revoke_api_key(store_.get(), stranger_, id, now_)), "not_found");
  EXPECT_EQ(outcome_of(revoke_api_key(store_.get(), admin_, base::ApiKeyId("key_none"), now_)),
            "not_found");
  EXPECT_EQ(list_api_keys(store_.get(), admin_)->front().revoked_at, std::nullopt);
  EXPECT_EQ(revoke_api_key(store_.get(), admin_, id, now_)->revoked_at, now_);
}

TEST_F(ApiKeyCases, ExplorersAndTokensHaveNoKeys) {
  EXPECT_EQ(outcome_of(owner(mine_, Role::kExplorer)), "forbidden");
  EXPECT_EQ(outcome_of(owner_of({auth::embed_principal({}), admin_.actor})), "forbidden");
}

TEST_F(ApiKeyCases, ARolledKeyEndsAfterTheOverlapAndHandsOnItsChildren) {
  const model::ApiKey parent = create_parent();
  const KeyOwner backend = owner_of(parent, "127.0.0.1");
  NewApiKey child = wanted_key();
  child.limits = parent.limits;
  const model::ApiKey made = create(backend, child);
  (void)create(owner_of(create_parent(), "127.0.0.1"), child);
  const auto rolled = roll_api_key(store_.get(), admin_, parent.id, std::chrono::hours(24), now_);
  ASSERT_TRUE(rolled.ok());
  EXPECT_EQ(rolled->children_moved, 1) << "and not those of others";
  EXPECT_THAT(audited_details(),
              ::testing::Contains("to " + rolled->created.key.id.text() + "; child keys moved: 1"));
  const model::ApiKey& successor = rolled->created.key;
  EXPECT_NE(successor.id, parent.id);
  EXPECT_EQ(successor.name, parent.name);
  EXPECT_EQ(successor.scopes, parent.scopes);
  EXPECT_TRUE(model::check_within(successor.limits, parent.limits).ok());
  EXPECT_TRUE(model::check_within(parent.limits, successor.limits).ok());
  EXPECT_EQ(successor.expires_at, std::nullopt);
  EXPECT_EQ(rolled->rolled.rolled_to, successor.id);
  EXPECT_EQ(rolled->rolled.expires_at, now_ + std::chrono::hours(24));
  const auto children = list_api_keys(store_.get(), owner_of(successor, "")).value();
  ASSERT_EQ(children.size(), 1U);
  EXPECT_EQ(children[0].id, made.id);
  EXPECT_EQ(outcome_of(roll_api_key(store_.get(), admin_, parent.id, std::chrono::hours(1), now_)),
            "conflict");
}

TEST_F(ApiKeyCases, ARollDoesNotLengthenALifeAndAnEndedKeyIsNotRolled) {
  NewApiKey wanted = wanted_key();
  wanted.expires_at = now_ + std::chrono::hours(1);
  const model::ApiKey key = create(admin_, wanted);
  const auto rolled = roll_api_key(store_.get(), admin_, key.id, std::chrono::hours(24), now_);
  ASSERT_TRUE(rolled.ok());
  EXPECT_EQ(rolled->rolled.expires_at, wanted.expires_at);
  EXPECT_EQ(rolled->created.key.expires_at, wanted.expires_at);
  EXPECT_EQ(outcome_of(roll_api_key(store_.get(), admin_, rolled->created.key.id,
                                    std::chrono::seconds(0), now_ + std::chrono::hours(1))),
            "conflict");
  EXPECT_EQ(outcome_of(roll_api_key(store_.get(), admin_, rolled->created.key.id,
                                    std::chrono::hours(24 * 31), now_)),
            "invalid_body overlapSeconds");
  EXPECT_EQ(outcome_of(roll_api_key(store_.get(), admin_, rolled->created.key.id,
                                    std::chrono::seconds(-1), now_)),
            "invalid_body overlapSeconds");
}

TEST_F(ApiKeyCases, AChildOnlyNarrows) {
  const model::ApiKey parent = create_parent();
  const KeyOwner backend = owner_of(parent, "127.0.0.1");
  const auto create_child = [&](auto change) {
    NewApiKey child = wanted_key();
    child.limits = parent.limits;
    change(child);
    return outcome_of(create_api_key(store_.get(), backend, child, now_));
  };
  EXPECT_EQ(create_child([](NewApiKey&) {}), "ok");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.scopes = {Scope::kManage}; }),
            "key_limit scopes");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.scopes = {Scope::kRevoke}; }),
            "key_limit scopes");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.requests_per_minute = 601; }),
            "key_limit requestsPerMinute");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.environment = Environment::kProduction; }),
            "forbidden");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.limits.permissions.chart = Access::kEdit; }),
            "key_limit limits.permissions.chart");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.limits.permissions.ai_query = true; }),
            "key_limit limits.permissions.ai");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.limits.roles.insert(Role::kMaker); }),
            "key_limit limits.roles");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.limits.lifetime_max.reset(); }),
            "key_limit limits.lifetimeMaxSeconds");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.limits.origins = {}; }),
            "key_limit limits.origins");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.limits.origins = {"https://three.example"}; }),
            "key_limit limits.origins");
  EXPECT_EQ(create_child([](NewApiKey& key) { key.limits.origins = {"https://TWO.example/"}; }),
            "ok");
}

TEST_F(ApiKeyCases, AChildOfAKeyWithEncryptedTokensHasNoOthers) {
  NewApiKey wanted = wanted_key();
  wanted.scopes = {Scope::kMint, Scope::kManage};
  wanted.token_form = model::TokenForm::kEncrypted;
  const KeyOwner backend = owner_of(create(admin_, wanted), "127.0.0.1");
  NewApiKey child = wanted_key();
  EXPECT_EQ(outcome_of(create_api_key(store_.get(), backend, child, now_)), "key_limit tokenForm");
  child.token_form = model::TokenForm::kEncrypted;
  EXPECT_EQ(outcome_of(create_api_key(store_.get(), backend, child, now_)), "ok");
  wanted.token_form = model::TokenForm::kSigned;
  const KeyOwner readable = owner_of(create(admin_, wanted), "127.0.0.1");
  EXPECT_EQ(outcome_of(create_api_key(store_.get(), readable, child, now_)), "ok")
      << "encrypted is narrower than signed";
}

TEST_F(ApiKeyCases, ABackendSeesAndEndsOnlyItsChildren) {
  const model::ApiKey parent = create_parent();
  const model::ApiKey other = create_parent();
  const KeyOwner backend = owner_of(parent, "127.0.0.1");
  EXPECT_THAT(list_api_keys(store_.get(), backend).value(), ::testing::IsEmpty());
  for (const base::ApiKeyId& id : {parent.id, other.id}) {
    EXPECT_EQ(outcome_of(revoke_api_key(store_.get(), backend, id, now_)), "not_found");
    EXPECT_EQ(outcome_of(roll_api_key(store_.get(), backend, id, std::chrono::seconds(0), now_)),
              "not_found");
  }
}

}  // namespace
}  // namespace catalog
