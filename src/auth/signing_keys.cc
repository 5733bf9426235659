#include "auth/signing_keys.h"

#include "base/base64url.h"
#include "crypto/aes_gcm.h"
#include "crypto/ed25519.h"
#include "crypto/random.h"
#include "store/keys.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

Result<SigningKey> open_key(const store::SigningKeyRecord& record, const base::Secret& master_key) {
  const auto sealed = base::parse_base64url(record.sealed_private_key);
  auto public_key = base::parse_base64url(record.public_key);
  if (!sealed || !public_key) {
    return Error{Code::kInternal, "A stored signing key is damaged.", record.id.text()};
  }
  auto private_key = crypto::open_aes_gcm(*sealed, master_key, record.id.text());
  if (!private_key) {
    return Error{Code::kConfigInvalid,
                 "The master key does not open the stored signing keys: it is another one than the "
                 "one they were stored under."};
  }
  return SigningKey{record.id, record.organization, record.environment, std::move(*public_key),
                    std::move(*private_key)};
}

}  // namespace

Result<Done> create_signing_keys(store::Connection& connection, const base::OrgId& organization,
                                 const base::Secret& master_key, base::Seconds now) {
  for (const auto environment : {model::Environment::kSandbox, model::Environment::kProduction}) {
    const crypto::Ed25519KeyPair pair = crypto::new_ed25519_key_pair();
    const auto id = crypto::new_id<base::SigningKeyId>();
    const std::string sealed = crypto::seal_aes_gcm(pair.private_key, master_key, id.text());
    RETURN_IF_ERROR(store::insert_signing_key(
        connection, {id, organization, environment, base::render_base64url(pair.public_key),
                     base::render_base64url(sealed), now, now, std::nullopt}));
  }
  return Done{};
}

Result<Done> SigningKeys::refresh() {
  const std::uint64_t generation = store_.generation(store::Part::kSigningKeys);
  if (set_ != nullptr && generation == generation_) return Done{};
  ASSIGN_OR_RETURN(const auto records, store_.read([](store::Connection& connection) {
    return store::list_signing_keys(connection);
  }));
  auto set = std::make_shared<Set>();
  for (const store::SigningKeyRecord& record : records) {
    ASSIGN_OR_RETURN(SigningKey key, open_key(record, master_key_));
    set->emplace(record.id.text(), std::move(key));
  }
  signers_.clear();
  for (const auto& [kid, key] : *set) signers_[key.organization].emplace(key.environment, &key);
  set_ = std::move(set);
  generation_ = generation;
  return Done{};
}

Result<std::shared_ptr<const SigningKeys::Set>> SigningKeys::get() {
  const std::scoped_lock lock(mutex_);
  RETURN_IF_ERROR(refresh());
  return set_;
}

Result<std::shared_ptr<const SigningKey>> SigningKeys::get_signer(const base::OrgId& organization,
                                                                  model::Environment environment) {
  const std::scoped_lock lock(mutex_);
  RETURN_IF_ERROR(refresh());
  if (const auto signers = signers_.find(organization); signers != signers_.end()) {
    const auto signer = signers->second.find(environment);
    if (signer != signers->second.end())
      return std::shared_ptr<const SigningKey>(set_, signer->second);
  }
  return Error{Code::kInternal, "The organization has no signing key.", organization.text()};
}

base::json::value render_jwks(const SigningKeys::Set& keys) {
  base::json::array array;
  for (const auto& [kid, key] : keys) {
    array.push_back({{"kty", "OKP"},
                     {"crv", "Ed25519"},
                     {"use", "sig"},
                     {"alg", "EdDSA"},
                     {"kid", kid},
                     {"x", base::render_base64url(key.public_key)}});
  }
  return base::json::object{{"keys", std::move(array)}};
}

}  // namespace auth
