#include <cstdio>
#include <iostream>
#include <iterator>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/metadata.h"
#include "auth/introspection.h"
#include "auth/mint.h"
#include "catalog/revocations.h"
#include "crypto/init.h"

namespace app {
namespace {

using base::Code;
using base::Error;
using base::Result;
using model::RevocationKind;

/// What verifying and minting tokens of one organization takes.
struct TokenDesk {
  TokenDesk(const config::Settings& settings, Metadata opened, base::OrgId id)
      : metadata(std::move(opened)),
        organization(std::move(id)),
        signing_keys(*metadata.store, metadata.master_key, clock, settings.token_lifetime_max),
        api_keys(*metadata.store, clock),
        revocations(*metadata.store),
        views(*metadata.store),
        mint(signing_keys, revocations, views, clock, settings.token_lifetime_max),
        verifier(signing_keys, api_keys, revocations, views, clock,
                 {settings.token_lifetime_max, {}}) {}

  [[nodiscard]] auth::IntrospectionReach reach() const {
    return {organization, std::nullopt, std::nullopt};
  }

  Metadata metadata;
  base::OrgId organization;
  base::SystemClock clock;
  auth::SigningKeys signing_keys;
  auth::ApiKeys api_keys;
  auth::Revocations revocations;
  store::OrganizationViews views;
  auth::TokenMint mint;
  auth::TokenVerifier verifier;
};

Result<std::unique_ptr<TokenDesk>> open_desk(const config::Settings& settings,
                                             const std::string& name) {
  crypto::init();
  ASSIGN_OR_RETURN(Metadata metadata, open_metadata(settings, MissingDirectory::kRefuse,
                                                    auth::CutOffRotation::kLeave));
  ASSIGN_OR_RETURN(const model::Organization organization,
                   find_organization(*metadata.store, name));
  return std::make_unique<TokenDesk>(settings, std::move(metadata), organization.id);
}

std::string read_line() {
  std::string line;
  std::getline(std::cin, line);
  return line;
}

std::string read_all() { return {std::istreambuf_iterator<char>(std::cin), {}}; }

/// The kind and subject that the words name, which is at most one.
Result<std::optional<std::pair<RevocationKind, std::string>>> named_subject(
    const RevokeWords& words) {
  std::vector<std::pair<RevocationKind, std::string>> named;
  if (!words.end_user.empty()) named.emplace_back(RevocationKind::kEndUser, words.end_user);
  if (!words.dashboard.empty()) named.emplace_back(RevocationKind::kDashboard, words.dashboard);
  if (!words.chart.empty()) named.emplace_back(RevocationKind::kChart, words.chart);
  if (words.everything) named.emplace_back(RevocationKind::kEnvironment, "");
  if (named.size() > 1) {
    return Error{Code::kInvalidBody, "Name one of --end-user, --dashboard, --chart and --all."};
  }
  if (named.empty()) return std::optional<std::pair<RevocationKind, std::string>>();
  return std::optional(std::move(named.front()));
}

Result<catalog::NewRevocation> wanted_revocation(TokenDesk& desk, const config::Settings& settings,
                                                 const RevokeWords& words) {
  ASSIGN_OR_RETURN(const auto named, named_subject(words));
  if (named) {
    const auto environment = model::parse_environment(words.environment);
    if (!environment) {
      return Error{Code::kInvalidBody, "Must be sandbox or production.", {}, "environment"};
    }
    return catalog::NewRevocation{
        named->first, named->second, *environment,
        catalog::end_of_tokens(desk.clock.now(), settings.token_lifetime_max), words.reason};
  }
  const auto token = auth::find_token_in_reach(desk.verifier, desk.reach(), read_line());
  if (token == nullptr) {
    return Error{Code::kInvalidBody, "Standard input has no token of this organization."};
  }
  return catalog::NewRevocation{RevocationKind::kToken, token->claims.token_id,
                                token->claims.environment, token->claims.expires_at, words.reason};
}

}  // namespace

Result<int> introspect_token(const config::Settings& settings, const std::string& organization) {
  ASSIGN_OR_RETURN(const auto desk, open_desk(settings, organization));
  ASSIGN_OR_RETURN(const auto view, desk->views.get(desk->organization));
  const base::json::value answer =
      auth::explain_token(desk->verifier, desk->reach(), *view, read_line(), desk->clock.now());
  std::puts(base::render_json(answer).c_str());
  return answer.at("active").as_bool() ? kDone : kNotActive;
}

Result<int> mint_token(const config::Settings& settings, const std::string& organization,
                       const std::string& key_id) {
  ASSIGN_OR_RETURN(const auto desk, open_desk(settings, organization));
  ASSIGN_OR_RETURN(const auto known,
                   desk->api_keys.find(desk->organization, base::ApiKeyId(key_id)));
  if (known == nullptr) return Error{Code::kNotFound, "There is no such API key."};
  if (known->state(desk->clock.now()) != model::KeyState::kActive) {
    return Error{Code::kApiKeyRevoked, "The API key has ended."};
  }
  ASSIGN_OR_RETURN(const auth::MintedToken minted, desk->mint.mint(known->key, read_all()));
  std::puts(minted.token.c_str());
  return kDone;
}

Result<int> revoke_tokens(const config::Settings& settings, const RevokeWords& words) {
  ASSIGN_OR_RETURN(const auto desk, open_desk(settings, words.organization));
  ASSIGN_OR_RETURN(const catalog::NewRevocation wanted, wanted_revocation(*desk, settings, words));
  const model::Actor actor{model::ActorKind::kCommandLine, "", "Command line", ""};
  ASSIGN_OR_RETURN(const model::Revocation revocation,
                   catalog::revoke_as(*desk->metadata.store, desk->organization, actor, wanted,
                                      desk->clock.now()));
  std::fprintf(stderr, "Revoked; in force within a second.\n");
  std::puts(revocation.id.text().c_str());
  return kDone;
}

}  // namespace app
