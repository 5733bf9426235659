// API keys, origins and attributes: who may, what is refused, and whose they are.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/api_key_format.h"
#include "auth/principal_test_support.h"
#include "catalog/api_keys.h"
#include "catalog/embed_settings.h"
#include "crypto/init.h"
#include "store/audit.h"
#include "store/store_test_support.h"

namespace catalog {
namespace {

using model::Environment;
using model::Role;

template <typename T>
std::string outcome_of(const base::Result<T>& result) {
  if (result) return "ok";
  const std::string code(base::code_name(result.error().code));
  return result.error().field.empty() ? code : code + " " + result.error().field;
}

class SettingsCases : public ::testing::Test {
 protected:
  SettingsCases() { crypto::init(); }

  [[nodiscard]] NewApiKey wanted_key() const {
    return {"Backend",
            Environment::kSandbox,
            {model::Scope::kMint},
            model::default_key_limits(),
            model::TokenForm::kSigned,
            default_requests_per_minute(Environment::kSandbox),
            std::nullopt};
  }
  [[nodiscard]] static Caller caller(const model::Principal& principal) {
    return {principal, {model::ActorKind::kUser, "usr_ada", "ada@acme.example", "192.0.2.7"}};
  }
  [[nodiscard]] std::string add_origin(const model::Principal& principal,
                                       const std::string& origin) {
    return outcome_of(add_authorized_origin(store_.get(), caller(principal), origin,
                                            Environment::kSandbox, now_));
  }
  [[nodiscard]] std::string remove_origin(const model::Principal& principal,
                                          const base::OriginId& id) {
    return outcome_of(remove_authorized_origin(store_.get(), caller(principal), id, now_));
  }
  [[nodiscard]] std::string add_attribute(const model::Principal& principal,
                                          const std::string& name) {
    return outcome_of(add_token_attribute(store_.get(), caller(principal),
                                          {name, model::ValueType::kString, false, false}, now_));
  }
  [[nodiscard]] std::string remove_attribute(const model::Principal& principal,
                                             const base::AttributeId& id) {
    return outcome_of(remove_token_attribute(store_.get(), caller(principal), id, now_));
  }
  [[nodiscard]] std::vector<store::StoredAuditEvent> audit_of(const base::OrgId& organization) {
    return store_.read([&](store::Connection& connection) {
      return store::list_audit_events_after(connection, organization, {}, std::nullopt, 100);
    });
  }

  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, auth::kTestOrganization.text());
  base::OrgId theirs_ = store::add_organization(store_, auth::kForeignOrganization.text());
  model::Principal admin_ = auth::user_principal(mine_, Role::kAdmin);
  model::Principal maker_ = auth::user_principal(mine_, Role::kMaker);
  model::Principal explorer_ = auth::user_principal(mine_, Role::kExplorer);
  model::Principal token_ = auth::embed_principal({});
  model::Principal stranger_ = auth::user_principal(theirs_, Role::kAdmin);
  const base::Seconds now_{std::chrono::seconds(1'800'000'000)};
};

TEST_F(SettingsCases, AnApiKeyIsShownOnceAndStoredAsItsHash) {
  const auto created = create_api_key(store_.get(), maker_, wanted_key(), now_);
  ASSERT_TRUE(created.ok());
  const std::string& secret = created->secret.reveal_secret();
  EXPECT_EQ(auth::check_api_key_form(secret), Environment::kSandbox);
  EXPECT_EQ(created->key.last_four, secret.substr(secret.size() - 4));
  EXPECT_EQ(created->key.organization, mine_);
  EXPECT_EQ(created->key.created_at, now_);
  EXPECT_THAT(list_api_keys(store_.get(), maker_).value(), ::testing::SizeIs(1));
  EXPECT_THAT(list_api_keys(store_.get(), stranger_).value(), ::testing::IsEmpty());
  for (const std::string file : {"aracari.db", "aracari.db-wal"}) {
    EXPECT_THAT(base::read_whole_file(store_.folder().path(file)),
                ::testing::Not(::testing::HasSubstr(secret)));
  }
}

TEST_F(SettingsCases, AnApiKeyNeedsANameAScopeAndATimeToLive) {
  const auto create = [&](auto change) {
    NewApiKey wanted = wanted_key();
    change(wanted);
    return outcome_of(create_api_key(store_.get(), admin_, wanted, now_));
  };
  EXPECT_EQ(create([](NewApiKey& key) { key.name = ""; }), "invalid_body name");
  EXPECT_EQ(create([](NewApiKey& key) { key.name = std::string(101, 'a'); }), "invalid_body name");
  EXPECT_EQ(create([](NewApiKey& key) { key.scopes = {}; }), "invalid_body scopes");
  EXPECT_EQ(create([&](NewApiKey& key) { key.expires_at = now_; }), "invalid_body expiresAt");
  EXPECT_EQ(create([&](NewApiKey& key) { key.expires_at = now_ + std::chrono::seconds(1); }), "ok");
}

TEST_F(SettingsCases, ARevokedApiKeySaysWhenAndOnlyItsOwnersRevokeIt) {
  const auto created = create_api_key(store_.get(), admin_, wanted_key(), now_);
  const base::ApiKeyId id = created->key.id;
  EXPECT_EQ(outcome_of(revoke_api_key(store_.get(), stranger_, id, now_)), "not_found");
  EXPECT_EQ(outcome_of(revoke_api_key(store_.get(), admin_, base::ApiKeyId("key_none"), now_)),
            "not_found");
  EXPECT_EQ(list_api_keys(store_.get(), admin_)->front().revoked_at, std::nullopt);
  const auto revoked = revoke_api_key(store_.get(), admin_, id, now_);
  ASSERT_TRUE(revoked.ok());
  EXPECT_EQ(revoked->revoked_at, now_);
}

TEST_F(SettingsCases, OnlyMakersAndAdminsSeeApiKeys) {
  const base::ApiKeyId id("key_1");
  for (const model::Principal& principal : {explorer_, token_}) {
    EXPECT_EQ(outcome_of(create_api_key(store_.get(), principal, wanted_key(), now_)), "forbidden");
    EXPECT_EQ(outcome_of(list_api_keys(store_.get(), principal)), "forbidden");
    EXPECT_EQ(outcome_of(revoke_api_key(store_.get(), principal, id, now_)), "forbidden");
  }
}

TEST_F(SettingsCases, AnOriginIsNormalisedAndThereOnce) {
  EXPECT_EQ(add_origin(admin_, "HTTPS://App.Example.com:443/"), "ok");
  EXPECT_EQ(add_origin(admin_, "https://app.example.com"), "conflict origin");
  EXPECT_EQ(add_origin(stranger_, "https://app.example.com"), "ok");
  EXPECT_EQ(add_origin(admin_, "https://*.example.com"), "invalid_body origin");
  EXPECT_EQ(add_origin(admin_, "null"), "invalid_body origin");
  const auto origins = list_authorized_origins(store_.get(), maker_).value();
  ASSERT_EQ(origins.size(), 1U);
  EXPECT_EQ(origins[0].origin, "https://app.example.com");
  EXPECT_EQ(remove_origin(stranger_, origins[0].id), "not_found");
  EXPECT_EQ(remove_origin(admin_, origins[0].id), "ok");
  EXPECT_EQ(remove_origin(admin_, origins[0].id), "not_found");
}

TEST_F(SettingsCases, AnAttributeHasAPlainNameOnce) {
  EXPECT_EQ(add_attribute(admin_, "location"), "ok");
  EXPECT_EQ(add_attribute(admin_, "location"), "conflict name");
  EXPECT_EQ(add_attribute(stranger_, "location"), "ok");
  for (const std::string& name :
       {std::string(), std::string("1a"), std::string("_a"), std::string("a-b"), std::string("a.b"),
        std::string("a b"), std::string("é"), std::string("a\0", 2), std::string(65, 'a')}) {
    EXPECT_EQ(add_attribute(admin_, name), "invalid_body name") << name;
  }
  EXPECT_EQ(add_attribute(admin_, std::string(64, 'a')), "ok");
  const auto attributes = list_token_attributes(store_.get(), maker_).value();
  ASSERT_EQ(attributes.size(), 2U);
  EXPECT_EQ(remove_attribute(stranger_, attributes[0].id), "not_found");
  EXPECT_EQ(remove_attribute(admin_, attributes[0].id), "ok");
}

TEST_F(SettingsCases, OnlyAdminsChangeEmbedSettings) {
  for (const model::Principal& principal : {maker_, explorer_, token_}) {
    EXPECT_EQ(add_origin(principal, "https://a.example"), "forbidden");
    EXPECT_EQ(add_attribute(principal, "location"), "forbidden");
    EXPECT_EQ(remove_origin(principal, base::OriginId("o")), "forbidden");
    EXPECT_EQ(remove_attribute(principal, base::AttributeId("a")), "forbidden");
  }
  for (const model::Principal& principal : {explorer_, token_}) {
    EXPECT_EQ(outcome_of(list_authorized_origins(store_.get(), principal)), "forbidden");
    EXPECT_EQ(outcome_of(list_token_attributes(store_.get(), principal)), "forbidden");
  }
}

TEST_F(SettingsCases, EachChangeIsInTheAuditLogAndARefusedOneIsNot) {
  EXPECT_EQ(add_origin(admin_, "https://app.example.com"), "ok");
  EXPECT_EQ(add_origin(admin_, "https://app.example.com"), "conflict origin");
  EXPECT_EQ(add_origin(maker_, "https://maker.example.com"), "forbidden");
  EXPECT_EQ(add_attribute(admin_, "location"), "ok");
  EXPECT_EQ(add_attribute(admin_, "1"), "invalid_body name");
  const auto origin = list_authorized_origins(store_.get(), maker_).value()[0];
  const auto attribute = list_token_attributes(store_.get(), maker_).value()[0];
  EXPECT_EQ(remove_origin(stranger_, origin.id), "not_found");
  EXPECT_EQ(remove_origin(admin_, origin.id), "ok");
  EXPECT_EQ(remove_attribute(admin_, attribute.id), "ok");
  std::vector<std::string> lines;
  for (const auto& [number, event] : audit_of(mine_)) {
    EXPECT_EQ(event.at, now_);
    EXPECT_EQ(event.actor.id, "usr_ada");
    EXPECT_EQ(event.actor.remote_address, "192.0.2.7");
    lines.push_back(
        std::string(model::enum_name(model::kAuditActionNames, event.action)) + " " +
        event.subject.kind + " " + event.subject.name + " " +
        std::string(event.environment ? model::environment_name(*event.environment) : "-"));
  }
  EXPECT_THAT(lines,
              ::testing::ElementsAre(
                  "authorized_origin.added authorized_origin https://app.example.com sandbox",
                  "token_attribute.added token_attribute location -",
                  "authorized_origin.removed authorized_origin https://app.example.com sandbox",
                  "token_attribute.removed token_attribute location -"));
  EXPECT_THAT(audit_of(theirs_), ::testing::IsEmpty());
}

}  // namespace
}  // namespace catalog
