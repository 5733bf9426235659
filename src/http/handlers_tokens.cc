// Minting and introspecting embed tokens.

#include "auth/introspection.h"
#include "auth/mint.h"
#include "catalog/authorize.h"
#include "http/credentials.h"
#include "http/form.h"
#include "http/handlers.h"
#include "http/key_caller.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;

/// The end user of claims, or nothing where there are none.
model::AuditSubject subject_of(const json::value* claims) {
  const json::object* members = claims == nullptr ? nullptr : claims->if_object();
  const json::value* end_user = members == nullptr ? nullptr : members->if_contains("sub");
  if (end_user == nullptr || !end_user->is_string()) return {};
  return {"end_user", std::string(end_user->as_string()), {}};
}

Result<json::value> generate(Services& services, const Request& request,
                             const auth::KnownKey& known) {
  RETURN_IF_ERROR(require_media_type(request, "application/json"));
  ASSIGN_OR_RETURN(const auth::MintedToken minted, services.mint.mint(known.key, request.body));
  services.audit_queue.record(known.key.organization, {services.clock.now(),
                                                       model::AuditAction::kTokenMinted,
                                                       actor_of(known.key, request),
                                                       {"end_user", minted.distinct_id, {}},
                                                       minted.environment});
  return json::value{{"token", minted.token},
                     {"expiresIn", auth::render_lifetime(minted.lifetime)},
                     {"expiresAt", base::render_time(minted.expires_at)},
                     {"environment", model::environment_name(minted.environment)}};
}

Result<json::value> introspect(Services& services, const Request& request,
                               const auth::KnownKey& known) {
  RETURN_IF_ERROR(require_media_type(request, "application/x-www-form-urlencoded"));
  ASSIGN_OR_RETURN(const auto form, parse_form(request.body));
  const auto token = form.find("token");
  if (token == form.end()) return Error{Code::kInvalidBody, "Is required.", {}, "token"};
  json::value answer =
      auth::introspect_for_machines(services.verifier, auth::reach_of(known.key), token->second);
  services.audit_queue.record(
      known.key.organization,
      {services.clock.now(), model::AuditAction::kTokenIntrospected, actor_of(known.key, request),
       subject_of(&answer), known.key.environment});
  return answer;
}

Result<json::value> explain(Services& services, const Request& request,
                            const auth::IntrospectionReach& reach, const model::Actor& actor) {
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::string token = reader.required_string("token", kMaxTokenMemberBytes);
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const auto view, services.views.get(reach.organization));
  json::value answer =
      auth::explain_token(services.verifier, reach, *view, token, services.clock.now());
  services.audit_queue.record(
      reach.organization,
      {services.clock.now(), model::AuditAction::kTokenIntrospected, actor,
       subject_of(answer.as_object().if_contains("claims")), reach.environment});
  return answer;
}

Result<json::value> explain_to_user(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  const model::Principal& principal = caller.principal;
  RETURN_IF_ERROR(catalog::authorize(principal, catalog::Verb::kIntrospectTokens));
  return explain(services, request, {principal.organization(), std::nullopt, std::nullopt},
                 caller.actor);
}

}  // namespace

bool is_mint_at_hand(Services& services, const Request& request) {
  return is_key_at_hand(services, request, [&](const auth::KnownKey& known) {
    return services.mint.is_at_hand(known.key);
  });
}

bool is_introspection_at_hand(Services& services, const Request& request) {
  return is_client_at_hand(services, request, [&](const auth::KnownKey&) {
    const auto form = parse_form(request.body);
    if (!form) return true;
    const auto token = form->find("token");
    return token == form->end() || services.verifier.is_at_hand(token->second);
  });
}

Response post_generate_token(Services& services, const Request& request) {
  return respond_to_key(services, request, model::Scope::kMint, [&](const auth::KnownKey& known) {
    return generate(services, request, known);
  });
}

Response post_oauth_introspect(Services& services, const Request& request) {
  return respond_to_client(
      services, request, model::Scope::kIntrospect,
      [&](const auth::KnownKey& known) { return introspect(services, request, known); });
}

Response post_token_introspect(Services& services, const Request& request) {
  if (!request.header("x-api-key")) return respond(explain_to_user(services, request), request);
  return respond_to_key(
      services, request, model::Scope::kIntrospect, [&](const auth::KnownKey& known) {
        return explain(services, request, auth::reach_of(known.key), actor_of(known.key, request));
      });
}

}  // namespace http
