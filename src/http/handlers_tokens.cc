// Minting and introspecting embed tokens.

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

Result<json::value> generate(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const auto key, services.api_keys.authenticate(request.header("x-api-key"),
                                                                  model::Scope::kMint));
  RETURN_IF_ERROR(require_media_type(request, "application/json"));
  ASSIGN_OR_RETURN(const auth::MintedToken minted, services.mint.mint(*key, request.body));
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
  return auth::introspect_for_machines(services.verifier, key->organization, token->second);
}

Result<json::value> explain(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  RETURN_IF_ERROR(catalog::authorize(principal, catalog::Verb::kIntrospectTokens));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::string token = reader.required_string("token", kMaxIntrospectedBytes);
  RETURN_IF_ERROR(reader.finish());
  return auth::explain_token(services.verifier, principal.organization(), token,
                             services.clock.now());
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

}  // namespace http
