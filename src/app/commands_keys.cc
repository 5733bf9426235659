#include <cstdio>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/metadata.h"
#include "auth/mint.h"
#include "base/json.h"
#include "catalog/api_keys.h"
#include "crypto/init.h"

namespace app {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;

constexpr std::chrono::days kLongestKeyLife{36'500};

/// The metadata and whose keys the command changes.
struct KeyDesk {
  Metadata metadata;
  catalog::KeyOwner owner;
  base::Seconds now;
};

Result<KeyDesk> open_desk(const config::Settings& settings, const std::string& name) {
  crypto::init();
  ASSIGN_OR_RETURN(Metadata metadata, open_metadata(settings, MissingDirectory::kRefuse,
                                                    auth::CutOffRotation::kLeave));
  ASSIGN_OR_RETURN(const model::Organization organization,
                   find_organization(*metadata.store, name));
  return KeyDesk{std::move(metadata), catalog::owner_at_command_line(organization.id),
                 base::SystemClock().now()};
}

Result<std::set<model::Scope>> parse_scopes(const std::vector<std::string>& names) {
  if (names.empty()) return std::set{model::Scope::kMint, model::Scope::kIntrospect};
  std::set<model::Scope> scopes;
  for (const std::string& name : names) {
    const auto scope = model::parse_enum<model::Scope>(model::kScopeNames, name);
    if (!scope) {
      return Error{Code::kInvalidBody, "Must be mint, introspect, revoke or manage.", {}, "scope"};
    }
    scopes.insert(*scope);
  }
  return scopes;
}

Result<model::KeyLimits> parse_limits(const std::string& text) {
  model::KeyLimits limits = model::default_key_limits();
  if (text.empty()) return limits;
  ASSIGN_OR_RETURN(const json::value parsed, base::parse_json(text));
  const json::value body = json::object{{"limits", parsed}};
  base::ObjectReader reader(body, "");
  const json::value* given = reader.required_object("limits");
  if (given != nullptr) {
    limits = model::read_key_limits(*given, "limits", std::move(limits), reader);
  }
  RETURN_IF_ERROR(reader.finish());
  return limits;
}

/// Nothing for an empty text. `now` plus a number and a unit otherwise.
Result<std::optional<base::Seconds>> parse_expiry(const std::string& text, base::Seconds now) {
  if (text.empty()) return std::optional<base::Seconds>();
  const auto span = auth::parse_lifetime(text);
  if (!span || *span > kLongestKeyLife) {
    return Error{Code::kInvalidBody,
                 "Must be a number and a unit (s, m, h or d), like 12h or 90d, of at most 36500d.",
                 {},
                 "expires-in"};
  }
  return std::optional(now + *span);
}

json::value render_line(const model::ApiKey& key) {
  const auto time = [](const std::optional<base::Seconds>& at) {
    return at ? json::value(base::render_time(*at)) : json::value();
  };
  return json::object{{"id", key.id.text()},
                      {"name", key.name},
                      {"environment", model::environment_name(key.environment)},
                      {"lastFour", key.last_four},
                      {"createdAt", base::render_time(key.created_at)},
                      {"lastUsedAt", time(key.last_used_at)},
                      {"expiresAt", time(key.expires_at)},
                      {"revokedAt", time(key.revoked_at)}};
}

}  // namespace

Result<int> create_key(const config::Settings& settings, const KeyWords& words) {
  const auto environment = model::parse_environment(words.environment);
  if (!environment) {
    return Error{Code::kInvalidBody, "Must be sandbox or production.", {}, "environment"};
  }
  ASSIGN_OR_RETURN(auto scopes, parse_scopes(words.scopes));
  ASSIGN_OR_RETURN(auto limits, parse_limits(words.limits));
  ASSIGN_OR_RETURN(const KeyDesk desk, open_desk(settings, words.organization));
  ASSIGN_OR_RETURN(const auto expires_at, parse_expiry(words.expires_in, desk.now));
  ASSIGN_OR_RETURN(
      const catalog::CreatedApiKey created,
      catalog::create_api_key(
          *desk.metadata.store, desk.owner,
          {words.name, *environment, std::move(scopes), std::move(limits),
           words.encrypted ? model::TokenForm::kEncrypted : model::TokenForm::kSigned,
           words.requests_per_minute == 0 ? catalog::default_requests_per_minute(*environment)
                                          : words.requests_per_minute,
           expires_at},
          desk.now));
  std::puts(created.secret.reveal_secret().c_str());
  return kDone;
}

Result<int> list_keys(const config::Settings& settings, const std::string& organization) {
  ASSIGN_OR_RETURN(const KeyDesk desk, open_desk(settings, organization));
  ASSIGN_OR_RETURN(const auto keys, catalog::list_api_keys(*desk.metadata.store, desk.owner));
  for (const model::ApiKey& key : keys) std::puts(base::render_json(render_line(key)).c_str());
  return kDone;
}

Result<int> roll_key(const config::Settings& settings, const std::string& organization,
                     const std::string& id, std::chrono::seconds overlap) {
  ASSIGN_OR_RETURN(const KeyDesk desk, open_desk(settings, organization));
  ASSIGN_OR_RETURN(const catalog::RolledApiKey rolled,
                   catalog::roll_api_key(*desk.metadata.store, desk.owner, base::ApiKeyId(id),
                                         overlap, desk.now));
  std::puts(rolled.created.secret.reveal_secret().c_str());
  if (rolled.children_moved > 0) {
    std::fprintf(stderr, "Child keys that go on under the new key: %lld.\n",
                 static_cast<long long>(rolled.children_moved));
  }
  return kDone;
}

Result<int> revoke_key(const config::Settings& settings, const std::string& organization,
                       const std::string& id) {
  ASSIGN_OR_RETURN(const KeyDesk desk, open_desk(settings, organization));
  ASSIGN_OR_RETURN(
      const model::ApiKey key,
      catalog::revoke_api_key(*desk.metadata.store, desk.owner, base::ApiKeyId(id), desk.now));
  std::fprintf(stderr, "Revoked %s (%s); its tokens end with it.\n", key.id.text().c_str(),
               key.name.c_str());
  return kDone;
}

}  // namespace app
