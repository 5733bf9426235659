// Revoking tokens, end users, content and environments: from a page, by a key, and by RFC 7009.

#include "auth/introspection.h"
#include "catalog/revocations.h"
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
using model::RevocationKind;

constexpr std::size_t kMaxTokenTextBytes = 64 * 1024;

json::value name_of_subject(const model::Revocation& revocation,
                            const store::OrganizationView& view) {
  if (revocation.kind == RevocationKind::kDashboard) {
    const auto found = view.dashboards.find(base::DashboardId(revocation.subject));
    if (found != view.dashboards.end()) return json::value(found->second.name);
  }
  if (revocation.kind == RevocationKind::kChart) {
    const auto found = view.charts.find(base::ChartId(revocation.subject));
    if (found != view.charts.end()) return json::value(found->second.name);
  }
  return nullptr;
}

json::object render(const model::Revocation& revocation, const store::OrganizationView& view) {
  json::object object = auth::render_revocation(revocation);
  object["subjectName"] = name_of_subject(revocation, view);
  return object;
}

Result<json::value> list(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto page, catalog::list_revocations(services.store, principal));
  ASSIGN_OR_RETURN(const auto view, services.views.get(principal.organization()));
  json::array array;
  for (const model::Revocation& revocation : page.newest)
    array.push_back(render(revocation, *view));
  return json::value{{"revocations", std::move(array)}, {"total", page.total}};
}

/// The words of a body, before a token in it was looked at.
struct RevocationWords {
  RevocationKind kind;
  std::optional<std::string> subject;
  std::optional<std::string> token;
  std::optional<model::Environment> environment;
  std::string reason;
};

Result<RevocationWords> read_words(const Request& request) {
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const auto kind = model::parse_enum<RevocationKind>(model::kRevocationKindNames,
                                                      reader.required_string("kind"));
  const auto environment_name = reader.optional_string("environment");
  auto subject = reader.optional_string("subject");
  auto token = reader.optional_string("token", kMaxTokenTextBytes);
  std::string reason = reader.optional_string("reason").value_or("");
  const auto environment =
      environment_name ? model::parse_environment(*environment_name) : std::nullopt;
  if (!kind) {
    reader.refuse("kind", "Must be token, end_user, dashboard, chart or environment.");
  }
  if (environment_name && !environment) {
    reader.refuse("environment", "Must be sandbox or production.");
  }
  if (token && (kind != RevocationKind::kToken || subject)) {
    reader.refuse("token", "Goes with the kind token, and without a subject.");
  }
  if (!token && !environment_name) reader.refuse("environment", "Is required.");
  RETURN_IF_ERROR(reader.finish());
  return RevocationWords{*kind, std::move(subject), std::move(token), environment,
                         std::move(reason)};
}

/// What the words ask for; a token in them has to be in `reach`.
Result<catalog::NewRevocation> resolve(Services& services, const auth::IntrospectionReach& reach,
                                       const RevocationWords& words) {
  const base::Seconds end =
      catalog::end_of_tokens(services.clock.now(), services.token_lifetime_max);
  if (!words.token) {
    return catalog::NewRevocation{words.kind, words.subject.value_or(""), *words.environment, end,
                                  words.reason};
  }
  const auto token = auth::find_token_in_reach(services.verifier, reach, *words.token);
  if (token == nullptr) {
    return Error{Code::kInvalidBody, "Is not a token of this organization.", {}, "token"};
  }
  return catalog::NewRevocation{RevocationKind::kToken, token->claims.token_id,
                                token->claims.environment, token->claims.expires_at, words.reason};
}

Result<json::value> answer(Services& services, const base::OrgId& organization,
                           const model::Revocation& revocation) {
  ASSIGN_OR_RETURN(const auto view, services.views.get(organization));
  return json::value{{"revocation", render(revocation, *view)}};
}

Result<json::value> revoke_by_user(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const RevocationWords words, read_words(request));
  const base::OrgId& organization = caller.principal.organization();
  ASSIGN_OR_RETURN(const catalog::NewRevocation wanted,
                   resolve(services, {organization, std::nullopt, std::nullopt}, words));
  ASSIGN_OR_RETURN(const model::Revocation revocation,
                   catalog::revoke(services.store, caller, wanted, services.clock.now()));
  return answer(services, organization, revocation);
}

/// A key revokes in its own environment; a child key only tokens that it minted.
Result<json::value> revoke_by_key(Services& services, const Request& request,
                                  const model::ApiKey& key) {
  ASSIGN_OR_RETURN(const RevocationWords words, read_words(request));
  if (words.environment && *words.environment != key.environment) {
    return Error{Code::kKeyLimit, "Is not the API key's environment.", {}, "environment"};
  }
  if (key.parent && !words.token) {
    return Error{Code::kKeyLimit, "A child key revokes tokens that it minted.", {}, "kind"};
  }
  ASSIGN_OR_RETURN(const catalog::NewRevocation wanted,
                   resolve(services, auth::reach_of(key), words));
  ASSIGN_OR_RETURN(const model::Revocation revocation,
                   catalog::revoke_as(services.store, key.organization, actor_of(key, request),
                                      wanted, services.clock.now()));
  return answer(services, key.organization, revocation);
}

/// RFC 7009 section 2.2: an unknown token is no error, because the client can do nothing about it.
Result<json::value> revoke_by_oauth(Services& services, const Request& request,
                                    const model::ApiKey& key) {
  RETURN_IF_ERROR(require_media_type(request, "application/x-www-form-urlencoded"));
  ASSIGN_OR_RETURN(const auto form, parse_form(request.body));
  const auto text = form.find("token");
  if (text == form.end()) return Error{Code::kInvalidBody, "Is required.", {}, "token"};
  const auto token =
      auth::find_token_in_reach(services.verifier, auth::reach_of(key), text->second);
  if (token == nullptr) return json::value(json::object());
  const auth::Claims& claims = token->claims;
  RETURN_IF_ERROR(catalog::revoke_as(
      services.store, key.organization, actor_of(key, request),
      {RevocationKind::kToken, claims.token_id, claims.environment, claims.expires_at, ""},
      services.clock.now()));
  return json::value(json::object());
}

}  // namespace

Response get_revocations(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response post_revocations(Services& services, const Request& request) {
  if (!request.header("x-api-key")) {
    return respond(revoke_by_user(services, request), request, 201);
  }
  return respond_to_key(
      services, request, model::Scope::kRevoke,
      [&](const auth::KnownKey& known) { return revoke_by_key(services, request, known.key); },
      201);
}

Response post_oauth_revoke(Services& services, const Request& request) {
  return respond_to_client(
      services, request, model::Scope::kRevoke,
      [&](const auth::KnownKey& known) { return revoke_by_oauth(services, request, known.key); });
}

}  // namespace http
