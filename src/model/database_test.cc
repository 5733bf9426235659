#include "model/database.h"

#include <gtest/gtest.h>

namespace model {
namespace {

/// The settings written again, or the field at fault.
std::string reread(std::string_view text) {
  const auto settings = parse_postgres_settings(base::parse_json(text).value());
  if (settings) return base::render_json(render_postgres_settings(*settings));
  EXPECT_EQ(settings.error().code, base::Code::kInvalidBody);
  return "refused " + settings.error().field;
}

/// Of whole settings in which `member` has `value` instead.
std::string reread_with(const std::string& member, const base::json::value& value) {
  base::json::object settings{{"host", "db.example"},
                              {"port", 5432},
                              {"database", "shop"},
                              {"user", "reader"},
                              {"tls", "verify-full"}};
  settings[member] = value;
  return reread(base::render_json(settings));
}

TEST(PostgresSettings, WhatWasReadIsWrittenTheSame) {
  for (const std::string tls : {"disable", "require", "verify-ca", "verify-full"}) {
    const std::string text =
        R"({"host":"db.example","port":5432,"database":"shop","databaseAttribute":"tenant",)"
        R"("user":"reader","sealedPassword":"c2VhbGVk","tls":")" +
        tls + R"(","caCertificate":"-----BEGIN CERTIFICATE-----\n"})";
    EXPECT_EQ(reread(text), text);
  }
}

TEST(PostgresSettings, RefusesPortsThatAreNone) {
  for (const std::int64_t port : {0, -1, 65536, 5432 + 65536}) {
    EXPECT_EQ(reread_with("port", port), "refused postgres.port");
  }
  EXPECT_EQ(reread_with("port", "5432"), "refused postgres.port");
  EXPECT_EQ(reread_with("port", 5432.5), "refused postgres.port");
  EXPECT_FALSE(reread_with("port", 65535).starts_with("refused"));
}

TEST(PostgresSettings, HaveATlsModeThatIsSaidOnPurpose) {
  EXPECT_EQ(reread_with("tls", "prefer"), "refused postgres.tls");
  EXPECT_EQ(reread_with("tls", "allow"), "refused postgres.tls");
  EXPECT_EQ(reread_with("tls", ""), "refused postgres.tls");
  EXPECT_EQ(reread_with("tls", nullptr), "refused postgres.tls");
}

TEST(PostgresSettings, RefusesWhatIsMissingOrUnknown) {
  for (const std::string member : {"host", "database", "user"}) {
    EXPECT_EQ(reread_with(member, ""), "refused postgres." + member);
    EXPECT_EQ(reread_with(member, 1), "refused postgres." + member);
  }
  EXPECT_EQ(reread_with("password", "secret"), "refused postgres.password");
  EXPECT_EQ(reread_with("options", "-c role=admin"), "refused postgres.options");
  EXPECT_EQ(reread_with("caCertificate", base::json::string(64 * 1024 + 1, 'x')),
            "refused postgres.caCertificate");
  EXPECT_EQ(reread("[]"), "refused postgres");
}

TEST(DatabaseKind, HasANameEachWayAndNoOther) {
  for (const auto kind : {DatabaseKind::kDuckDb, DatabaseKind::kPostgres}) {
    EXPECT_EQ(parse_database_kind(database_kind_name(kind)), kind);
  }
  EXPECT_EQ(parse_database_kind("mysql"), std::nullopt);
  EXPECT_EQ(parse_database_kind(""), std::nullopt);
}

TEST(TlsMode, HasANameEachWayAndNoOther) {
  for (const auto mode :
       {TlsMode::kDisable, TlsMode::kRequire, TlsMode::kVerifyCa, TlsMode::kVerifyFull}) {
    EXPECT_EQ(parse_tls_mode(tls_mode_name(mode)), mode);
  }
  EXPECT_EQ(parse_tls_mode("Require"), std::nullopt);
}

}  // namespace
}  // namespace model
