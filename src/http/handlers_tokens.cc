// Minting and introspecting embed tokens, and the public keys.

#include "auth/introspection.h"
#include "auth/mint.h"
#include "catalog/authorize.h"
#include "http/credentials.h"
#include "http/form.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;

constexpr std::size_t kMaxIntrospectedBytes = 64 * 1024;

model::Actor actor_of(const model::ApiKey& key, const Request& request) {
  return {model::ActorKind::kApiKey, key.id.text(), key.name, request.remote_address};
}

/// Of a body from which a token was minted.
std::string distinct_id_of(std::string_view body) {
  base::JsonScratch scratch;
  const auto parsed = base::parse_json(body, scratch.storage());
  if (!parsed) return {};
  const json::value* id = parsed->as_object().at("user").as_object().if_contains("distinctId");
  return id == nullptr ? std::string() : std::string(id->as_string());
}

/// The end user of claims, or nothing where there are none.
model::AuditSubject subject_of(const json::value* claims) {
  const json::object* members = claims == nullptr ? nullptr : claims->if_object();
  const json::value* end_user = members == nullptr ? nullptr : members->if_contains("sub");
  if (end_user == nullptr || !end_user->is_string()) return {};
  return {"end_user", std::string(end_user->as_string()), {}};
}

Result<json::value> generate(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const auto key, services.api_keys.authenticate(request.header("x-api-key"),
                                                                  model::Scope::kMint));
  RETURN_IF_ERROR(require_media_type(request, "application/json"));
  ASSIGN_OR_RETURN(const auth::MintedToken minted, services.mint.mint(*key, request.body));
  services.audit_queue.record(key->organization, {services.clock.now(),
                                                  model::AuditAction::kTokenMinted,
                                                  actor_of(*key, request),
                                                  {"end_user", distinct_id_of(request.body), {}},
                                                  minted.environment});
  return json::value{{"token", minted.token},
                     {"expiresIn", auth::render_lifetime(minted.lifetime)},
                     {"expiresAt", base::render_time(minted.expires_at)},
                     {"environment", model::environment_name(minted.environment)}};
}

Result<json::value> introspect(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const auto key, services.api_keys.authenticate(request.header("x-api-key"),
                                                                  model::Scope::kIntrospect));
  RETURN_IF_ERROR(require_media_type(request, "application/x-www-form-urlencoded"));
  ASSIGN_OR_RETURN(const auto form, parse_form(request.body));
  const auto token = form.find("token");
  if (token == form.end()) return Error{Code::kInvalidBody, "Is required.", {}, "token"};
  json::value answer =
      auth::introspect_for_machines(services.verifier, key->organization, token->second);
  services.audit_queue.record(key->organization,
                              {services.clock.now(), model::AuditAction::kTokenIntrospected,
                               actor_of(*key, request), subject_of(&answer), key->environment});
  return answer;
}

Result<json::value> explain(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  const model::Principal& principal = caller.principal;
  RETURN_IF_ERROR(catalog::authorize(principal, catalog::Verb::kIntrospectTokens));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::string token = reader.required_string("token", kMaxIntrospectedBytes);
  RETURN_IF_ERROR(reader.finish());
  json::value answer =
      auth::explain_token(services.verifier, principal.organization(), token, services.clock.now());
  services.audit_queue.record(principal.organization(),
                              {services.clock.now(), model::AuditAction::kTokenIntrospected,
                               caller.actor, subject_of(answer.as_object().if_contains("claims"))});
  return answer;
}

Result<json::value> public_keys(Services& services) {
  ASSIGN_OR_RETURN(const auto keys, services.signing_keys.get());
  return auth::render_jwks(*keys);
}

}  // namespace

Response post_generate_token(Services& services, const Request& request) {
  return respond(generate(services, request), request);
}

Response post_oauth_introspect(Services& services, const Request& request) {
  return respond(introspect(services, request), request);
}

Response post_token_introspect(Services& services, const Request& request) {
  return respond(explain(services, request), request);
}

Response get_jwks(Services& services, const Request& request) {
  return respond(public_keys(services), request);
}

}  // namespace http
