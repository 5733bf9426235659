#include "auth/introspection.h"

#include <fmt/format.h>

namespace auth {
namespace {

namespace json = base::json;
using base::Code;

/// A token that `organization` may learn about, else one that looks signed elsewhere.
Inspection inspect_own(TokenVerifier& verifier, const base::OrgId& organization,
                       std::string_view token) {
  Inspection inspection = verifier.inspect(token);
  if (inspection.authentic == nullptr || inspection.authentic->organization == organization) {
    return inspection;
  }
  return {nullptr, nullptr, base::Error{Code::kTokenUnknownKey, "The token was signed elsewhere."}};
}

std::string verdict_of(const Inspection& inspection, base::Seconds now) {
  if (!inspection.refusal) {
    const auto left = inspection.authentic->claims.expires_at - now;
    return fmt::format("Active, {} left.", base::render_span(left));
  }
  const auto& key = inspection.api_key;
  if (inspection.refusal->code == Code::kTokenKeyRevoked && key != nullptr && key->revoked_at) {
    return fmt::format("The API key “{}” that minted the token was revoked {} ago.", key->name,
                       base::render_span(now - *key->revoked_at));
  }
  return inspection.refusal->what;
}

json::value render_api_key(const std::shared_ptr<const model::ApiKey>& key) {
  if (key == nullptr) return nullptr;
  return json::object{
      {"id", key->id.text()},
      {"name", key->name},
      {"lastFour", key->last_four},
      {"environment", model::environment_name(key->environment)},
      {"revokedAt",
       key->revoked_at ? json::value(base::render_time(*key->revoked_at)) : json::value()}};
}

}  // namespace

json::value introspect_for_machines(TokenVerifier& verifier, const base::OrgId& organization,
                                    std::string_view token) {
  const Inspection inspection = inspect_own(verifier, organization, token);
  if (inspection.refusal) return json::object{{"active", false}};
  json::value answer = render_claims(inspection.authentic->claims);
  json::object& members = answer.get_object();
  members["active"] = true;
  members["token_type"] = "Bearer";
  return answer;
}

json::value explain_token(TokenVerifier& verifier, const base::OrgId& organization,
                          std::string_view token, base::Seconds now) {
  const Inspection inspection = inspect_own(verifier, organization, token);
  json::object answer{{"active", !inspection.refusal.has_value()},
                      {"verdict", verdict_of(inspection, now)},
                      {"code", nullptr},
                      {"claims", nullptr},
                      {"apiKey", render_api_key(inspection.api_key)},
                      {"issuedAt", nullptr},
                      {"expiresAt", nullptr},
                      {"secondsLeft", nullptr}};
  if (inspection.refusal) answer["code"] = base::code_name(inspection.refusal->code);
  if (inspection.authentic == nullptr) return answer;
  const Claims& claims = inspection.authentic->claims;
  answer["claims"] = render_claims(claims);
  answer["issuedAt"] = base::render_time(claims.issued_at);
  answer["expiresAt"] = base::render_time(claims.expires_at);
  answer["secondsLeft"] = std::max<std::int64_t>(0, (claims.expires_at - now).count());
  return answer;
}

}  // namespace auth
