#include "guard/connection_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"

namespace guard {
namespace {

using base::Code;

model::PostgresSettings settings(const std::string& database, const std::string& attribute) {
  return {"db.example.com",        5432, database, attribute, "reader", "sealed",
          model::TlsMode::kRequire};
}

model::Database database(const std::string& attribute) {
  model::Database made{base::DatabaseId("dbs_1"), "Shop", model::DatabaseKind::kPostgres};
  made.postgres = settings("live", attribute);
  return made;
}

model::Principal token(model::AttributeValues attributes, model::Environment environment) {
  model::EmbedIdentity identity = auth::embed_identity(std::move(attributes));
  identity.environment = environment;
  return auth::PrincipalFactory::for_embed(auth::kTestOrganization, model::Role::kExplorer,
                                           std::move(identity));
}

const model::Principal kProduction = token({}, model::Environment::kProduction);
const model::Principal kSandbox = token({}, model::Environment::kSandbox);

/// "sandbox/" where it is that, the database's name, or the refusal.
std::string chosen(const model::Database& from, const model::Principal& principal) {
  const auto connection = choose_connection(from, principal);
  if (connection) return (connection->sandbox ? "sandbox/" : "") + connection->name;
  return std::string(base::code_name(connection.error().code)) + " " + connection.error().field;
}

std::string chosen_by(model::AttributeValue value) {
  return chosen(database("tenant"),
                token({{"tenant", std::move(value)}}, model::Environment::kProduction));
}

TEST(ConnectionChoice, AFileHasOne) {
  const model::Database file{base::DatabaseId("dbs_1"), "F", model::DatabaseKind::kDuckDb, "f.db"};
  EXPECT_EQ(chosen(file, kSandbox), "");
}

TEST(ConnectionChoice, OneDatabaseIsForAll) {
  EXPECT_EQ(chosen(database(""), kProduction), "live");
  EXPECT_EQ(chosen(database(""), kSandbox), "live");
}

TEST(ConnectionChoice, TheSandboxReadsItsOwnWhereThereIsOne) {
  model::Database both = database("");
  both.sandbox = settings("trial", "");
  EXPECT_EQ(chosen(both, kProduction), "live");
  EXPECT_EQ(chosen(both, kSandbox), "sandbox/trial");
  EXPECT_EQ(chosen(both, auth::user_principal(auth::kTestOrganization, model::Role::kAdmin)),
            "live");
}

TEST(ConnectionChoice, ATokenNamesItsDatabase) {
  EXPECT_EQ(chosen_by(auth::scalar_attribute("tenant_a")), "tenant_a");
  EXPECT_EQ(chosen_by({model::ValueType::kString, true, {"tenant-b.1"}}), "tenant-b.1");
}

TEST(ConnectionChoice, WhoIsSignedInReadsTheDefault) {
  EXPECT_EQ(chosen(database("tenant"),
                   auth::user_principal(auth::kTestOrganization, model::Role::kExplorer)),
            "live");
}

TEST(ConnectionChoice, ATokenThatNamesNoneReadsNone) {
  EXPECT_EQ(chosen(database("tenant"), kProduction), "attribute_missing user.attributes.tenant");
  EXPECT_EQ(chosen_by({model::ValueType::kString, true, {}}),
            "attribute_missing user.attributes.tenant");
  EXPECT_EQ(chosen_by(auth::scalar_attribute("")), "attribute_missing user.attributes.tenant");
  EXPECT_EQ(chosen_by(auth::scalar_attribute(std::int64_t{7})),
            "attribute_type user.attributes.tenant");
  EXPECT_EQ(chosen_by({model::ValueType::kString, true, {"a", "b"}}),
            "attribute_type user.attributes.tenant");
}

TEST(ConnectionChoice, ANameIsPlain) {
  for (const std::string& name :
       {std::string("host=evil"), std::string("postgresql://evil/x"), std::string("a b"),
        std::string("a'b"), std::string("a/b"), std::string("a\0b", 3), std::string(64, 'a'),
        std::string("größe"), std::string("a\nb")}) {
    EXPECT_EQ(chosen_by(auth::scalar_attribute(name)), "attribute_type user.attributes.tenant")
        << name;
  }
}

}  // namespace
}  // namespace guard
