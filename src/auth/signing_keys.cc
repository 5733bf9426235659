#include "auth/signing_keys.h"

#include <algorithm>
#include <tuple>

#include "auth/master_key.h"
#include "base/base64url.h"
#include "crypto/aes_gcm.h"
#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/random.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

Result<base::Secret> open_private_key(const store::SigningKeyRecord& record,
                                      const base::Secret& master_key) {
  if (record.sealed_private_key.empty()) return base::Secret("");
  const auto sealed = base::parse_base64url(record.sealed_private_key);
  if (!sealed) return Error{Code::kInternal, "A stored signing key is damaged.", record.id.text()};
  auto private_key = crypto::open_aes_gcm(*sealed, master_key, record.id.text());
  if (private_key) return std::move(*private_key);
  return Error{Code::kConfigInvalid,
               "The master key does not open the stored signing keys: it is another one than the "
               "one they were stored under."};
}

Result<SigningKey> open_key(const store::SigningKeyRecord& record, const base::Secret& master_key,
                            const SigningKeyTimes& times) {
  auto public_key = base::parse_base64url(record.public_key);
  if (!public_key) {
    return Error{Code::kInternal, "A stored signing key is damaged.", record.id.text()};
  }
  ASSIGN_OR_RETURN(base::Secret private_key, open_private_key(record, master_key));
  return SigningKey{record.id,
                    record.organization,
                    record.environment,
                    std::move(*public_key),
                    std::move(private_key),
                    record.created_at,
                    record.activates_at,
                    times};
}

}  // namespace

store::SigningKeyRecord new_signing_key(const base::OrgId& organization,
                                        model::Environment environment,
                                        const base::Secret& master_key, base::Seconds now,
                                        base::Seconds activates_at) {
  const crypto::Ed25519KeyPair pair = crypto::new_ed25519_key_pair();
  const auto id = crypto::new_id<base::SigningKeyId>();
  const std::string sealed = crypto::seal_aes_gcm(pair.private_key, master_key, id.text());
  return {id,
          organization,
          environment,
          base::render_base64url(pair.public_key),
          base::render_base64url(sealed),
          now,
          activates_at,
          std::nullopt};
}

Result<Done> create_signing_keys(store::Connection& connection, const base::OrgId& organization,
                                 const base::Secret& master_key, base::Seconds now) {
  RETURN_IF_ERROR(check_sealing_key(connection, master_key));
  for (const auto environment : {model::Environment::kSandbox, model::Environment::kProduction}) {
    RETURN_IF_ERROR(store::insert_signing_key(
        connection, new_signing_key(organization, environment, master_key, now, now)));
  }
  return Done{};
}

bool SigningKeys::is_fresh() const {
  return set_ != nullptr && generation_ == store_.generation(store::Part::kSigningKeys);
}

Result<Done> SigningKeys::refresh() {
  const std::uint64_t generation = store_.generation(store::Part::kSigningKeys);
  if (is_fresh()) return Done{};
  ASSIGN_OR_RETURN(const auto records, store_.read([](store::Connection& connection) {
    return store::list_signing_keys(connection);
  }));
  const SigningKeyTimesById times = times_of(records, lifetime_max_);
  auto set = std::make_shared<Set>();
  for (const store::SigningKeyRecord& record : records) {
    ASSIGN_OR_RETURN(SigningKey key, open_key(record, master_key_, times.at(record.id)));
    set->emplace(record.id.text(), std::move(key));
  }
  chains_.clear();
  for (const auto& [kid, key] : *set) {
    if (key.times.revoked_at || key.times.erased) continue;
    chains_[key.organization][key.environment].push_back(&key);
  }
  set_ = std::move(set);
  generation_ = generation;
  return Done{};
}

bool SigningKeys::is_at_hand() {
  const std::unique_lock lock(mutex_, std::try_to_lock);  // who has it may be at the disk
  return lock && is_fresh();
}

Result<std::shared_ptr<const SigningKeys::Set>> SigningKeys::get() {
  const std::scoped_lock lock(mutex_);
  RETURN_IF_ERROR(refresh());
  return set_;
}

Result<std::shared_ptr<const SigningKey>> SigningKeys::get_signer(const base::OrgId& organization,
                                                                  model::Environment environment) {
  const base::Seconds now = clock_.now();
  const std::scoped_lock lock(mutex_);
  RETURN_IF_ERROR(refresh());
  if (const auto chains = chains_.find(organization); chains != chains_.end()) {
    for (const SigningKey* key : chains->second[environment]) {
      if (status_at(key->times, now) == SigningKeyStatus::kActive)
        return std::shared_ptr<const SigningKey>(set_, key);
    }
  }
  return Error{Code::kInternal, "The organization has no signing key.", organization.text()};
}

Result<std::vector<std::shared_ptr<const SigningKey>>> SigningKeys::list(
    const base::OrgId& organization) {
  ASSIGN_OR_RETURN(const auto set, get());
  std::vector<std::shared_ptr<const SigningKey>> keys;
  for (const auto& [kid, key] : *set) {
    if (key.organization == organization) keys.emplace_back(set, &key);
  }
  std::ranges::sort(keys, [](const auto& a, const auto& b) {
    return std::tie(b->activates_at, b->created_at, b->id) <
           std::tie(a->activates_at, a->created_at, a->id);
  });
  return keys;
}

base::json::value render_jwks(const SigningKeys::Set& keys, base::Seconds now) {
  base::json::array array;
  for (const auto& [kid, key] : keys) {
    if (!verifies(status_at(key.times, now))) continue;
    array.push_back({{"kty", "OKP"},
                     {"crv", "Ed25519"},
                     {"use", "sig"},
                     {"alg", "EdDSA"},
                     {"kid", kid},
                     {"x", base::render_base64url(key.public_key)}});
  }
  return base::json::object{{"keys", std::move(array)}};
}

PublishedKeys publish_keys(const SigningKeys::Set& keys, base::Seconds now) {
  std::string text = base::render_json(render_jwks(keys, now));
  std::string etag = "\"" + base::render_base64url(crypto::sha256(text)) + "\"";
  return {std::move(text), std::move(etag)};
}

}  // namespace auth
