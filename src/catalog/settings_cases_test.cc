// API keys, origins and attributes: who may, what is refused, and whose they are.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
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

TEST_F(SettingsCases, AnOriginOfProductionIsNoneOfTheSandbox) {
  EXPECT_EQ(add_origin(admin_, "https://dev.example.com"), "ok");
  const auto refused = add_authorized_origin(store_.get(), caller(admin_), "https://*.example.com",
                                             model::Environment::kProduction, now_);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(outcome_of(refused), "conflict origin");
  EXPECT_NE(refused.error().what.find("sandbox entry https://dev.example.com"), std::string::npos);
  EXPECT_TRUE(add_authorized_origin(store_.get(), caller(stranger_), "https://*.example.com",
                                    model::Environment::kProduction, now_)
                  .ok())
      << "entries of others do not count";
  EXPECT_EQ(list_authorized_origins(store_.get(), admin_).value().size(), 1U);
}

TEST_F(SettingsCases, AnOriginIsNormalisedAndThereOnce) {
  EXPECT_EQ(add_origin(admin_, "HTTPS://App.Example.com:443/"), "ok");
  EXPECT_EQ(add_origin(admin_, "https://app.example.com"), "conflict origin");
  EXPECT_EQ(add_origin(stranger_, "https://app.example.com"), "ok");
  EXPECT_EQ(add_origin(stranger_, "https://*.example.com"), "ok");
  EXPECT_EQ(add_origin(admin_, "https://*.com"), "invalid_body origin");
  EXPECT_EQ(add_origin(admin_, "https://*.github.io"), "invalid_body origin");
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
