#pragma once

// The whole of `auth` over a store in a folder, at a moment that the test chooses, with two
// organizations.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "auth/api_key_format.h"
#include "auth/api_keys.h"
#include "auth/embed_token.h"
#include "auth/mint.h"
#include "auth/signing_key_rotation.h"
#include "auth/signing_keys.h"
#include "auth/token_issuer.h"
#include "auth/token_verifier.h"
#include "base/base64url.h"
#include "base/json.h"
#include "crypto/ed25519.h"
#include "crypto/init.h"
#include "store/organization_view.h"
#include "store/store_test_support.h"

namespace auth {

/// "code field", "code", or "ok".
template <typename T>
[[nodiscard]] std::string outcome_of(const base::Result<T>& result) {
  if (result) return "ok";
  const std::string code(base::code_name(result.error().code));
  return result.error().field.empty() ? code : code + " " + result.error().field;
}

/// One part of a compact token as JSON.
[[nodiscard]] inline base::json::object part_of(const std::string& token, std::size_t part) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < part; ++i) begin = token.find('.', begin) + 1;
  const std::string text = token.substr(begin, token.find('.', begin) - begin);
  return base::parse_json(base::parse_base64url(text).value()).value().as_object();
}
[[nodiscard]] inline base::json::object header_of(const std::string& token) {
  return part_of(token, 0);
}
[[nodiscard]] inline base::json::object claims_of(const std::string& token) {
  return part_of(token, 1);
}

/// A compact token of these texts, rightly signed.
[[nodiscard]] inline std::string sign_texts(std::string_view header, std::string_view payload,
                                            const base::Secret& private_key) {
  std::string token = base::render_base64url(header) + "." + base::render_base64url(payload);
  const std::string signature = crypto::sign_ed25519(token, private_key);
  return token + "." + base::render_base64url(signature);
}

class AuthTest : public ::testing::Test {
 protected:
  static constexpr std::chrono::hours kLifetimeMax{24};
  static constexpr std::chrono::minutes kPublishAhead{10};
  static constexpr std::chrono::days kRotationDays{90};
  static inline const base::Seconds kNow = base::parse_time("2026-01-01T00:00:00Z").value();

  struct IssuedKey {
    model::ApiKey key;
    std::string secret;
  };

  AuthTest() : mine_(found_organization("org_mine")), theirs_(found_organization("org_theirs")) {
    crypto::init();
    add_content(mine_, "mine");
    add_content(theirs_, "theirs");
  }

  IssuedKey issue_key(model::ApiKey key) {
    const std::string secret = new_api_key(key.environment).reveal_secret();
    store_.write([&](store::Connection& connection) {
      return store::insert_api_key(connection, key, hash_of_secret(secret));
    });
    return {std::move(key), secret};
  }
  IssuedKey issue_key(const std::string& id, const base::OrgId& organization,
                      model::Environment environment) {
    return issue_key(store::make_api_key(id, organization, environment));
  }

  void revoke(const model::ApiKey& key) {
    store_.write([&](store::Connection& connection) {
      return store::revoke_api_key(connection, key.organization, key.id, clock_.now());
    });
  }

  void register_attribute(const model::TokenAttribute& attribute) {
    store_.write([&](store::Connection& connection) {
      return store::insert_token_attribute(connection, mine_, attribute);
    });
  }

  void authorize_origin(const std::string& origin, model::Environment environment) {
    store_.write([&](store::Connection& connection) {
      return store::insert_authorized_origin(
          connection, mine_, {base::OriginId("ori_" + origin), origin, environment, kNow});
    });
  }

  [[nodiscard]] SigningKey signing_key(const base::OrgId& organization,
                                       model::Environment environment) {
    const auto signer = signing_keys_.get_signer(organization, environment);
    if (!signer) throw std::runtime_error("no signing key");
    return **signer;
  }

  [[nodiscard]] std::string mint_token(const model::ApiKey& key, const std::string& body) {
    auto minted = mint_.mint(key, body);
    if (!minted) throw std::runtime_error(outcome_of(minted));
    return minted->token;
  }

  store::TestStore store_;
  base::FixedClock clock_{kNow};
  base::Secret master_key_{std::string(32, 'k')};
  base::OrgId mine_;
  base::OrgId theirs_;
  SigningKeys signing_keys_{store_.get(), master_key_, clock_, kLifetimeMax};
  SigningKeyRotation rotation_{
      store_.get(), master_key_, clock_, {kLifetimeMax, kPublishAhead, kRotationDays}};
  ApiKeys api_keys_{store_.get(), clock_};
  store::OrganizationViews views_{store_.get()};
  Revocations revocations_{store_.get()};
  TokenMint mint_{signing_keys_, revocations_, views_, clock_, kLifetimeMax};
  TokenVerifier verifier_{signing_keys_, api_keys_, revocations_,
                          views_,        clock_,    {kLifetimeMax, {"https://aracari.example"}}};

 private:
  base::OrgId found_organization(const std::string& id) {
    const base::OrgId organization = store::add_organization(store_, id);
    store_.write([&](store::Connection& connection) {
      return create_signing_keys(connection, organization, master_key_, kNow);
    });
    return organization;
  }

  /// The chart cht_<name> on a shared table, and the dashboard dsh_<name> without tiles.
  void add_content(const base::OrgId& organization, const std::string& name) {
    store_.write([&](store::Connection& connection) -> base::Result<base::Done> {
      RETURN_IF_ERROR(store::insert_shared_chart(connection, organization, name));
      return store::insert_dashboard(connection, organization,
                                     store::make_dashboard("dsh_" + name));
    });
  }
};

}  // namespace auth
