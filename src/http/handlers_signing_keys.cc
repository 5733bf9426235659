// Settings → Signing Keys, and the public keys that everybody may read.

#include "catalog/signing_keys.h"
#include "http/credentials.h"
#include "http/entity_tag.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Result;

json::value render_time(const std::optional<base::Seconds>& time) {
  return time ? json::value(base::render_time(*time)) : json::value();
}

json::object render_signing_key(const auth::SigningKey& key, base::Seconds now) {
  const auth::SigningKeyStatus status = auth::status_at(key.times, now);
  return {{"id", key.id.text()},
          {"environment", model::environment_name(key.environment)},
          {"status", model::enum_name(auth::kSigningKeyStatusNames, status)},
          {"createdAt", base::render_time(key.created_at)},
          {"activatesAt", base::render_time(key.activates_at)},
          {"retiresAt", render_time(key.times.retires_at)},
          {"revokedAt", render_time(key.times.revoked_at)}};
}

json::object render_policy(const auth::RotationPolicy& policy) {
  return {{"everyDays", policy.every.count()},
          {"publishAheadSeconds", policy.publish_ahead.count()},
          {"tokenLifetimeMaxSeconds", policy.lifetime_max.count()}};
}

Result<json::value> list(Services& services, const model::Principal& principal) {
  ASSIGN_OR_RETURN(const auto keys, catalog::list_signing_keys(services.signing_keys, principal));
  json::array array;
  for (const auto& key : keys) array.push_back(render_signing_key(*key, services.clock.now()));
  return json::value{{"signingKeys", std::move(array)},
                     {"rotation", render_policy(services.signing_key_rotation.policy())}};
}

Result<json::value> list_for_user(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  return list(services, principal);
}

struct WantedRotation {
  model::Environment environment;
  auth::RotationMode mode;
};

Result<WantedRotation> read_rotation(const json::value& body) {
  base::ObjectReader reader(body, "");
  const auto environment = model::parse_environment(reader.required_string("environment"));
  const std::string mode = reader.required_string("mode");
  if (!environment) reader.refuse("environment", "Must be sandbox or production.");
  if (mode != "overlap" && mode != "emergency") {
    reader.refuse("mode", "Must be overlap or emergency.");
  }
  RETURN_IF_ERROR(reader.finish());
  return WantedRotation{*environment, mode == "emergency" ? auth::RotationMode::kEmergency
                                                          : auth::RotationMode::kOverlap};
}

Result<json::value> rotate(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  ASSIGN_OR_RETURN(const WantedRotation wanted, read_rotation(body));
  RETURN_IF_ERROR(catalog::rotate_signing_key(services.signing_key_rotation, caller,
                                              wanted.environment, wanted.mode));
  return list(services, caller.principal);
}

}  // namespace

Response get_signing_keys(Services& services, const Request& request) {
  return respond(list_for_user(services, request), request);
}

Response post_signing_keys_rotate(Services& services, const Request& request) {
  return respond(rotate(services, request), request, 201);
}

bool is_jwks_at_hand(Services& services, const Request&) {
  return services.signing_keys.is_at_hand();
}

Response get_jwks(Services& services, const Request& request) {
  const auto keys = services.signing_keys.get();
  if (!keys) return problem_response(keys.error(), request);
  auth::PublishedKeys published = auth::publish_keys(**keys, services.clock.now());
  return tagged_response(request, std::move(published.json), std::move(published.etag),
                         "public, max-age=" + std::to_string(auth::kPublishedKeysMaxAge.count()));
}

}  // namespace http
