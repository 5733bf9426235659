#pragma once

// What the fuzzers of `auth` stand on: one organization at one moment, with an API key and
// registered attributes.

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "auth/mint.h"
#include "auth/token_verifier.h"
#include "crypto/init.h"
#include "store/organization_view.h"
#include "store/store_test_support.h"

namespace fuzz {

/// Ends the run with `reason` unless `held`: libFuzzer keeps the input.
inline void require(bool held, const char* reason) {
  if (held) return;
  std::fprintf(stderr, "broken: %s\n", reason);
  std::abort();
}

class AuthWorld {
 public:
  AuthWorld() {
    crypto::init();
    store_.write([&](store::Connection& connection) -> base::Result<base::Done> {
      RETURN_IF_ERROR(auth::create_signing_keys(connection, organization_, master_key_, kNow));
      RETURN_IF_ERROR(store::insert_api_key(connection, key_, "hash"));
      RETURN_IF_ERROR(
          store::insert_dashboard(connection, organization_, store::make_dashboard("dsh_a")));
      return insert_attributes(connection);
    });
  }

  [[nodiscard]] const model::ApiKey& key() const { return key_; }
  [[nodiscard]] auth::TokenMint& mint() { return mint_; }
  [[nodiscard]] auth::TokenVerifier& verifier() { return verifier_; }
  [[nodiscard]] auth::SigningKey signer() {
    return **signing_keys_.get_signer(organization_, key_.environment);
  }

  static constexpr std::chrono::hours kLifetimeMax{24};

 private:
  static constexpr base::Seconds kNow{std::chrono::seconds(1'767'225'600)};

  base::Result<base::Done> insert_attributes(store::Connection& connection) {
    using model::ValueType;
    RETURN_IF_ERROR(store::insert_token_attribute(
        connection, organization_,
        {base::AttributeId("atr_1"), "location", ValueType::kString, false, false}));
    RETURN_IF_ERROR(store::insert_token_attribute(
        connection, organization_,
        {base::AttributeId("atr_2"), "sites", ValueType::kInteger, true, false}));
    return store::insert_token_attribute(
        connection, organization_,
        {base::AttributeId("atr_3"), "since", ValueType::kDatetime, false, false});
  }

  store::TestStore store_;
  base::FixedClock clock_{kNow};
  base::Secret master_key_{std::string(32, 'k')};
  base::OrgId organization_{store::add_organization(store_, "org_a")};
  model::ApiKey key_ = store::make_api_key("key_a", organization_, model::Environment::kSandbox);
  auth::SigningKeys signing_keys_{store_.get(), master_key_, clock_, kLifetimeMax};
  auth::ApiKeys api_keys_{store_.get(), clock_};
  store::OrganizationViews views_{store_.get()};
  auth::Revocations revocations_{store_.get()};
  auth::TokenMint mint_{signing_keys_, revocations_, views_, clock_, kLifetimeMax};
  auth::TokenVerifier verifier_{signing_keys_, api_keys_, revocations_,
                                views_,        clock_,    {kLifetimeMax, {}}};
};

}  // namespace fuzz
