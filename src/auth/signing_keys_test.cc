#include "auth/signing_keys.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

using model::Environment;

class SigningKeysTest : public AuthTest {};

TEST_F(SigningKeysTest, EveryOrganizationAndEnvironmentHasAKeyOfItsOwn) {
  std::set<std::string> public_keys;
  const auto keys = signing_keys_.get().value();
  for (const auto& [kid, key] : *keys) {
    EXPECT_EQ(kid, key.id.text());
    EXPECT_EQ(key.public_key.size(), 32U);
    public_keys.insert(key.public_key);
    const std::string signature = crypto::sign_ed25519("message", key.private_key);
    EXPECT_TRUE(crypto::verify_ed25519("message", signature, key.public_key));
  }
  EXPECT_EQ(public_keys.size(), 4U);
}

TEST_F(SigningKeysTest, GivesTheSignerOfAnOrganizationAndEnvironment) {
  for (const auto environment : {Environment::kSandbox, Environment::kProduction}) {
    const auto signer = signing_keys_.get_signer(mine_, environment);
    ASSERT_TRUE(signer.ok());
    EXPECT_EQ((*signer)->organization, mine_);
    EXPECT_EQ((*signer)->environment, environment);
  }
  EXPECT_EQ(outcome_of(signing_keys_.get_signer(base::OrgId("org_none"), Environment::kSandbox)),
            "internal");
}

TEST_F(SigningKeysTest, ANewOrganizationsKeysAreSeenAtOnceAndOldSignersStayWhole) {
  const auto before = signing_keys_.get_signer(mine_, Environment::kSandbox).value();
  const base::OrgId added = store::add_organization(store_, "org_new");
  store_.write([&](store::Connection& connection) {
    return create_signing_keys(connection, added, master_key_, kNow);
  });
  EXPECT_TRUE(signing_keys_.get_signer(added, Environment::kSandbox).ok());
  EXPECT_EQ(before->organization, mine_);
}

TEST_F(SigningKeysTest, AreStoredSealed) {
  const auto records = store_.read(
      [](store::Connection& connection) { return store::list_signing_keys(connection); });
  const auto keys = signing_keys_.get().value();
  for (const store::SigningKeyRecord& record : records) {
    const std::string& open = keys->at(record.id.text()).private_key.reveal_secret();
    const std::string sealed = base::parse_base64url(record.sealed_private_key).value();
    EXPECT_THAT(sealed, ::testing::Not(::testing::HasSubstr(open.substr(0, 8))));
    EXPECT_EQ(sealed.size(), 12 + open.size() + 16);
  }
}

TEST_F(SigningKeysTest, DoNotOpenUnderAnotherMasterKey) {
  SigningKeys keys(store_.get(), base::Secret(std::string(32, 'l')), clock_, kLifetimeMax);
  EXPECT_EQ(outcome_of(keys.get()), "config_invalid");
}

TEST_F(SigningKeysTest, DoNotOpenInThePlaceOfAnother) {
  store_.write([](store::Connection& connection) {
    return connection.run_script(
        "UPDATE signing_keys SET sealed_private_key ="
        " (SELECT max(sealed_private_key) FROM signing_keys)");
  });
  EXPECT_FALSE(signing_keys_.get().ok());
}

TEST_F(SigningKeysTest, ADamagedRecordIsAnError) {
  store_.write([](store::Connection& connection) {
    return connection.run_script("UPDATE signing_keys SET public_key = 'not base64url!'");
  });
  EXPECT_EQ(outcome_of(signing_keys_.get()), "internal");
}

TEST_F(SigningKeysTest, ThePublicSetHoldsNoPrivateHalf) {
  const auto keys = signing_keys_.get().value();
  const base::json::value jwks = render_jwks(*keys, kNow);
  ASSERT_EQ(jwks.at("keys").as_array().size(), 4U);
  for (const base::json::value& jwk : jwks.at("keys").as_array()) {
    EXPECT_EQ(jwk.as_object().size(), 6U);
    EXPECT_EQ(jwk.at("kty"), "OKP");
    EXPECT_EQ(jwk.at("crv"), "Ed25519");
    EXPECT_EQ(jwk.at("use"), "sig");
    EXPECT_EQ(jwk.at("alg"), "EdDSA");
    const std::string kid(jwk.at("kid").as_string());
    EXPECT_EQ(base::parse_base64url(std::string(jwk.at("x").as_string())),
              keys->at(kid).public_key);
    EXPECT_FALSE(jwk.as_object().contains("d"));
  }
}

}  // namespace
}  // namespace auth
