#include "auth/api_keys.h"

#include <algorithm>

#include "auth/api_key_format.h"
#include "store/keys.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

std::optional<Error> refusal_of(model::KeyState state) {
  const auto refusal = [](Code code, std::string what) {
    return Error{code, std::move(what), {}, "x-api-key"};
  };
  switch (state) {
    case model::KeyState::kActive: return std::nullopt;
    case model::KeyState::kExpired:
      return refusal(Code::kApiKeyExpired, "The API key has expired.");
    case model::KeyState::kRevoked:
      return refusal(Code::kApiKeyRevoked, "The API key was revoked.");
    case model::KeyState::kParentEnded: break;
  }
  return refusal(Code::kApiKeyRevoked, "The parent of the API key has ended.");
}

Result<std::optional<KnownKey>> with_parent(store::Connection& connection,
                                            Result<std::optional<model::ApiKey>> found) {
  if (!found) return std::move(found).error();
  if (!*found) return std::optional<KnownKey>();
  KnownKey known{std::move(**found), std::nullopt};
  if (known.key.parent) {
    ASSIGN_OR_RETURN(known.parent,
                     store::find_api_key(connection, known.key.organization, *known.key.parent));
  }
  return std::optional(std::move(known));
}

}  // namespace

ApiKeys::Record ApiKeys::find_cached(const std::string& cache_key) {
  const std::scoped_lock lock(cache_mutex_);
  if (cache_generation_ != store_.generation(store::Part::kApiKeys)) return nullptr;
  return cache_.find(cache_key);
}

void ApiKeys::remember(const std::string& cache_key, const Record& record,
                       std::uint64_t generation) {
  const std::scoped_lock lock(cache_mutex_);
  if (cache_generation_ > generation) return;
  if (cache_generation_ < generation) cache_.clear();
  cache_generation_ = generation;
  cache_.insert(cache_key, record);
}

Result<ApiKeys::Record> ApiKeys::look_up(std::string_view presented) {
  const Error unknown{Code::kApiKeyInvalid, "The API key is not valid.", {}, "x-api-key"};
  if (!check_api_key_form(presented)) return unknown;
  const std::string hash = hash_of_secret(presented);
  if (auto cached = find_cached(hash)) return cached;
  const std::uint64_t generation = store_.generation(store::Part::kApiKeys);
  ASSIGN_OR_RETURN(auto found, store_.read([&](store::Connection& connection) {
    return with_parent(connection, store::find_api_key_by_secret(connection, hash));
  }));
  if (!found) return unknown;
  const auto record = std::make_shared<const KnownKey>(std::move(*found));
  remember(hash, record, generation);
  return record;
}

std::shared_ptr<const KnownKey> ApiKeys::find_at_hand(std::string_view presented) {
  return find_cached(hash_of_secret(presented));
}

bool ApiKeys::is_at_hand(const base::ApiKeyId& id) { return find_cached(id.text()) != nullptr; }

Result<std::shared_ptr<const KnownKey>> ApiKeys::authenticate(
    std::optional<std::string_view> presented, model::Scope scope) {
  if (!presented || presented->empty()) {
    return Error{Code::kApiKeyMissing, "Send an API key in the x-api-key header.", {}, "x-api-key"};
  }
  ASSIGN_OR_RETURN(const Record known, look_up(*presented));
  if (auto refusal = refusal_of(known->state(clock_.now()))) return *std::move(refusal);
  if (!known->key.scopes.contains(scope)) {
    return Error{Code::kScopeMissing,
                 "The API key lacks the scope " +
                     std::string(model::enum_name(model::kScopeNames, scope)) + ".",
                 {},
                 "x-api-key"};
  }
  note_use(known->key);
  return known;
}

Result<std::shared_ptr<const KnownKey>> ApiKeys::find(const base::OrgId& organization,
                                                      const base::ApiKeyId& id) {
  const auto of_organization = [&](const Record& record) {
    return record->key.organization == organization ? record : Record();
  };
  if (const auto cached = find_cached(id.text())) return of_organization(cached);
  const std::uint64_t generation = store_.generation(store::Part::kApiKeys);
  ASSIGN_OR_RETURN(auto found, store_.read([&](store::Connection& connection) {
    return with_parent(connection, store::find_api_key(connection, organization, id));
  }));
  if (!found) return Record();
  const auto record = std::make_shared<const KnownKey>(std::move(*found));
  remember(id.text(), record, generation);
  return record;
}

void ApiKeys::note_use(const model::ApiKey& key) {
  const std::scoped_lock lock(uses_mutex_);
  const base::Seconds now = clock_.now();
  uses_.try_emplace(key.id, key.organization, now).first->second.second = now;
}

Result<Done> ApiKeys::flush_uses() {
  decltype(uses_) uses;
  {
    const std::scoped_lock lock(uses_mutex_);
    uses.swap(uses_);
  }
  if (uses.empty()) return Done{};
  auto written = store_.write([&](store::Connection& connection) -> Result<Done> {
    for (const auto& [id, use] : uses) {
      RETURN_IF_ERROR(store::touch_api_key(connection, use.first, id, use.second));
    }
    return Done{};
  });
  if (!written) {
    const std::scoped_lock lock(uses_mutex_);
    uses_.merge(uses);
  }
  return written;
}

}  // namespace auth
