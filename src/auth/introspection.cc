#include "auth/introspection.h"

#include <algorithm>

#include <fmt/format.h>

#include "auth/origin.h"

namespace auth {
namespace {

namespace json = base::json;
using base::Code;

bool is_in_reach(const AuthenticToken& token, const IntrospectionReach& reach) {
  return token.organization == reach.organization &&
         (!reach.environment || *reach.environment == token.claims.environment) &&
         (!reach.minted_by || *reach.minted_by == token.claims.api_key);
}

/// A token that the caller may learn about, else one that looks signed elsewhere.
Inspection inspect_in_reach(TokenVerifier& verifier, const IntrospectionReach& reach,
                            std::string_view token) {
  Inspection inspection = verifier.inspect(token);
  const bool own_signer =
      inspection.signer && inspection.signer->organization == reach.organization;
  if (inspection.authentic == nullptr && !own_signer) {
    inspection.signer.reset();
    return inspection;
  }
  if (inspection.authentic == nullptr || is_in_reach(*inspection.authentic, reach)) {
    return inspection;
  }
  Inspection unknown;
  unknown.reasons.push_back(unknown_key_error());
  return unknown;
}

std::string_view what_was_revoked(const model::Revocation& revocation) {
  switch (revocation.kind) {
    case model::RevocationKind::kEndUser: return "Every token of this end user";
    case model::RevocationKind::kEnvironment: return "Every token of this environment";
    default: return "The token";
  }
}

std::string verdict_of(const Inspection& inspection, base::Seconds now) {
  if (inspection.active()) {
    const auto left = inspection.authentic->claims.expires_at - now;
    return fmt::format("Active, {} left.", base::render_span(left));
  }
  const base::Error& reason = inspection.reasons.front();
  if (inspection.authentic == nullptr && inspection.signer) {
    return fmt::format("The signing key of the token is {}.",
                       model::enum_name(kSigningKeyStatusNames, inspection.signer->status));
  }
  if (reason.code == Code::kTokenKeyRevoked && inspection.api_key != nullptr &&
      inspection.api_key->key.revoked_at) {
    const model::ApiKey& key = inspection.api_key->key;
    return fmt::format("The API key “{}” that minted the token was revoked {} ago.", key.name,
                       base::render_span(now - *key.revoked_at));
  }
  if (reason.code == Code::kTokenRevoked) {
    const model::Revocation& revocation = inspection.revocations->of_token.front();
    return fmt::format("{} was revoked {} ago by {}.", what_was_revoked(revocation),
                       base::render_span(now - revocation.revoked_at), revocation.revoked_by);
  }
  return reason.what;
}

json::value render_optional_time(const std::optional<base::Seconds>& time) {
  return time ? json::value(base::render_time(*time)) : json::value();
}

json::value render_api_key(const std::shared_ptr<const KnownKey>& known, base::Seconds now) {
  if (known == nullptr) return nullptr;
  const model::ApiKey& key = known->key;
  return json::object{
      {"id", key.id.text()},
      {"name", key.name},
      {"lastFour", key.last_four},
      {"environment", model::environment_name(key.environment)},
      {"status", model::enum_name(model::kKeyStateNames, known->state(now))},
      {"parentName", known->parent ? json::value(known->parent->name) : json::value()},
      {"expiresAt", render_optional_time(key.expires_at)},
      {"revokedAt", render_optional_time(key.revoked_at)}};
}

json::value render_form(const Inspection& inspection) {
  if (!inspection.signer) return nullptr;
  return json::value(model::enum_name(model::kTokenFormNames, *inspection.form));
}

json::value render_signing_key(const Inspection& inspection) {
  if (!inspection.signer) return nullptr;
  return json::object{
      {"id", inspection.signer->id.text()},
      {"status", model::enum_name(kSigningKeyStatusNames, inspection.signer->status)}};
}

json::array render_reasons(const std::vector<base::Error>& reasons) {
  json::array array;
  for (const base::Error& reason : reasons) {
    array.push_back(json::object{{"code", base::code_name(reason.code)}, {"what", reason.what}});
  }
  return array;
}

json::array render_revocations(const Inspection& inspection) {
  json::array array;
  if (inspection.revocations == nullptr) return array;
  for (const auto* list :
       {&inspection.revocations->of_token, &inspection.revocations->of_content}) {
    for (const model::Revocation& revocation : *list)
      array.push_back(render_revocation(revocation));
  }
  return array;
}

bool is_revoked(const TokenRevocations& revocations, std::string_view id) {
  return std::ranges::any_of(revocations.of_content, [&](const model::Revocation& revocation) {
    return revocation.subject == id;
  });
}

/// Dashboards that are not narrowed are reached whole by a token with the permission for them.
bool is_granted(const Claims& claims, const base::DashboardId& id) {
  const model::Resources& resources = claims.resources;
  return claims.permissions.dashboard != model::Access::kNone &&
         (!resources.dashboards_narrowed || resources.dashboards.contains(id));
}

/// A chart on its own (catalog::find_chart_alone); without a list it takes a dashboard.
bool is_granted(const Claims& claims, const base::ChartId& id) {
  return claims.permissions.chart != model::Access::kNone && claims.resources.charts_narrowed &&
         claims.resources.charts.contains(id);
}

template <typename Item>
json::object render_name(const Item& item) {
  return {{"id", item.id.text()}, {"name", item.name}};
}

/// A dashboard that is reached shows its charts (catalog::charts_of), whatever is said of charts.
json::object render_content(const Claims& claims, const TokenRevocations& revocations,
                            const store::OrganizationView& view) {
  json::array dashboards;
  std::set<base::ChartId> shown;
  for (const auto& [id, dashboard] : view.dashboards) {
    if (!dashboard.published || is_revoked(revocations, id.text()) || !is_granted(claims, id)) {
      continue;
    }
    dashboards.push_back(render_name(dashboard));
    for (const model::Tile& tile : dashboard.tiles) shown.insert(tile.chart);
  }
  json::array charts;
  for (const auto& [id, chart] : view.charts) {
    const bool granted = shown.contains(id) || is_granted(claims, id);
    if (granted && !is_revoked(revocations, id.text())) charts.push_back(render_name(chart));
  }
  return {{"dashboards", std::move(dashboards)}, {"charts", std::move(charts)}};
}

json::value render_reaches(const Inspection& inspection, const store::OrganizationView& view) {
  const Claims& claims = inspection.authentic->claims;
  if (inspection.revocations == nullptr) return nullptr;
  json::array origins;
  for (std::string& origin : origins_in_reach(view.origins, claims.environment, claims.origins)) {
    origins.emplace_back(std::move(origin));
  }
  json::object reaches = render_content(claims, *inspection.revocations, view);
  reaches["origins"] = std::move(origins);
  return reaches;
}

}  // namespace

IntrospectionReach reach_of(const model::ApiKey& key) {
  return {key.organization, key.environment, key.parent ? std::optional(key.id) : std::nullopt};
}

json::object render_revocation(const model::Revocation& revocation) {
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
  };
  return {{"id", revocation.id.text()},
          {"kind", model::enum_name(model::kRevocationKindNames, revocation.kind)},
          {"subject", text_or_null(revocation.subject)},
          {"subjectName", nullptr},
          {"environment", model::environment_name(revocation.environment)},
          {"revokedAt", base::render_time(revocation.revoked_at)},
          {"until", base::render_time(revocation.until)},
          {"by", revocation.revoked_by},
          {"reason", text_or_null(revocation.reason)}};
}

std::shared_ptr<const AuthenticToken> find_token_in_reach(TokenVerifier& verifier,
                                                          const IntrospectionReach& reach,
                                                          std::string_view token) {
  return inspect_in_reach(verifier, reach, token).authentic;
}

base::Result<model::Principal> find_holder(TokenVerifier& verifier, const IntrospectionReach& reach,
                                           std::string_view token) {
  return verifier.holder_of(inspect_in_reach(verifier, reach, token));
}

json::value introspect_for_machines(TokenVerifier& verifier, const IntrospectionReach& reach,
                                    std::string_view token) {
  const Inspection inspection = inspect_in_reach(verifier, reach, token);
  if (!inspection.active()) return json::object{{"active", false}};
  json::value answer = render_claims(inspection.authentic->claims);
  json::object& members = answer.get_object();
  members["active"] = true;
  members["token_type"] = "Bearer";
  return answer;
}

json::value explain_token(TokenVerifier& verifier, const IntrospectionReach& reach,
                          const store::OrganizationView& view, std::string_view token,
                          base::Seconds now) {
  const Inspection inspection = inspect_in_reach(verifier, reach, token);
  json::object answer{{"active", inspection.active()},
                      {"verdict", verdict_of(inspection, now)},
                      {"code", nullptr},
                      {"reasons", render_reasons(inspection.reasons)},
                      {"form", render_form(inspection)},
                      {"claims", nullptr},
                      {"apiKey", render_api_key(inspection.api_key, now)},
                      {"signingKey", render_signing_key(inspection)},
                      {"revocations", render_revocations(inspection)},
                      {"reaches", nullptr},
                      {"issuedAt", nullptr},
                      {"expiresAt", nullptr},
                      {"secondsLeft", nullptr}};
  if (!inspection.active()) answer["code"] = base::code_name(inspection.reasons.front().code);
  if (inspection.authentic == nullptr) return answer;
  const Claims& claims = inspection.authentic->claims;
  answer["claims"] = render_claims(claims);
  answer["reaches"] = render_reaches(inspection, view);
  answer["issuedAt"] = base::render_time(claims.issued_at);
  answer["expiresAt"] = base::render_time(claims.expires_at);
  answer["secondsLeft"] = std::max<std::int64_t>(0, (claims.expires_at - now).count());
  return answer;
}

}  // namespace auth
