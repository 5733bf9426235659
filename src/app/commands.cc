#include "app/commands.h"

#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "app/command_line.h"
#include "app/metadata.h"
#include "app/password_prompt.h"
#include "auth/introspection.h"
#include "auth/signing_key_rotation.h"
#include "catalog/api_keys.h"
#include "crypto/init.h"

namespace app {
namespace {

using base::Code;
using base::Error;
using base::Result;

Result<model::User> create_in(auth::Accounts& accounts, store::Store& store,
                              const config::Settings& settings, const std::string& organization,
                              const auth::NewUser& user) {
  ASSIGN_OR_RETURN(const bool set_up, accounts.is_set_up());
  if (set_up) {
    ASSIGN_OR_RETURN(const model::Organization found, find_organization(store, organization));
    return accounts.create_user(found.id, user);
  }
  if (user.role != model::Role::kAdmin) {
    return Error{Code::kInvalidBody, "The first user must be an admin.", {}, "role"};
  }
  return accounts.create_organization(organization.empty() ? settings.organization : organization,
                                      user);
}

Result<int> print_signing_keys(auth::SigningKeys& keys, const base::OrgId& organization,
                               base::Seconds now) {
  ASSIGN_OR_RETURN(const auto listed, keys.list(organization));
  for (const auto& key : listed) {
    const auto status =
        model::enum_name(auth::kSigningKeyStatusNames, auth::status_at(key->times, now));
    fmt::print("{}  {:<10}  {:<8}  {}\n", key->id.text(), model::environment_name(key->environment),
               status, base::render_time(key->activates_at));
  }
  return kDone;
}

}  // namespace

Result<int> list_signing_keys(const config::Settings& settings, const std::string& organization) {
  crypto::init();
  ASSIGN_OR_RETURN(const Metadata metadata, open_metadata(settings, MissingDirectory::kRefuse));
  ASSIGN_OR_RETURN(const model::Organization found,
                   find_organization(*metadata.store, organization));
  const base::SystemClock clock;
  auth::SigningKeys keys(*metadata.store, metadata.master_key, clock, settings.token_lifetime_max);
  return print_signing_keys(keys, found.id, clock.now());
}

Result<int> rotate_signing_key(const config::Settings& settings, const SigningKeyWords& words) {
  crypto::init();
  const auto environment = model::parse_environment(words.environment);
  if (!environment) {
    return Error{Code::kInvalidBody, "Must be sandbox or production.", {}, "environment"};
  }
  ASSIGN_OR_RETURN(const Metadata metadata, open_metadata(settings, MissingDirectory::kRefuse));
  ASSIGN_OR_RETURN(const model::Organization organization,
                   find_organization(*metadata.store, words.organization));
  const base::SystemClock clock;
  auth::SigningKeys keys(*metadata.store, metadata.master_key, clock, settings.token_lifetime_max);
  auth::SigningKeyRotation rotation(
      *metadata.store, metadata.master_key, clock,
      {settings.token_lifetime_max, settings.signing_key_publish_ahead,
       settings.signing_key_rotation});
  RETURN_IF_ERROR(rotation.rotate(
      organization.id, *environment,
      words.emergency ? auth::RotationMode::kEmergency : auth::RotationMode::kOverlap,
      {model::ActorKind::kCommandLine, "", "aracari signing-keys rotate", ""}));
  return print_signing_keys(keys, organization.id, clock.now());
}

Result<int> create_key(const config::Settings& settings, const KeyWords& words) {
  crypto::init();
  const auto environment = model::parse_environment(words.environment);
  if (!environment) {
    return Error{Code::kInvalidBody, "Must be sandbox or production.", {}, "environment"};
  }
  ASSIGN_OR_RETURN(const Metadata metadata, open_metadata(settings, MissingDirectory::kRefuse));
  ASSIGN_OR_RETURN(const model::Organization organization,
                   find_organization(*metadata.store, words.organization));
  ASSIGN_OR_RETURN(const catalog::CreatedApiKey created,
                   catalog::create_api_key(*metadata.store, organization.id,
                                           {words.name,
                                            *environment,
                                            {model::Scope::kMint, model::Scope::kIntrospect},
                                            model::default_key_limits(),
                                            model::TokenForm::kSigned,
                                            catalog::default_requests_per_minute(*environment),
                                            std::nullopt},
                                           base::SystemClock().now()));
  std::puts(created.secret.reveal_secret().c_str());
  return kDone;
}

Result<int> create_user(const config::Settings& settings, const UserWords& words) {
  crypto::init();
  const auto role = model::parse_role(words.role);
  if (!role) return Error{Code::kInvalidBody, "Must be admin, maker or explorer.", {}, "role"};
  ASSIGN_OR_RETURN(base::Secret password, read_password());
  ASSIGN_OR_RETURN(const Metadata metadata, open_metadata(settings, MissingDirectory::kCreate));
  const base::SystemClock clock;
  auth::Accounts accounts(*metadata.store, metadata.master_key, clock);
  ASSIGN_OR_RETURN(const model::User user,
                   create_in(accounts, *metadata.store, settings, words.organization,
                             {words.email, std::move(password), *role}));
  std::fprintf(stderr, "Created %s (%s).\n", user.email.c_str(), words.role.c_str());
  return kDone;
}

Result<int> introspect_token(const config::Settings& settings, const std::string& organization) {
  crypto::init();
  std::string token;
  std::getline(std::cin, token);
  ASSIGN_OR_RETURN(const Metadata metadata, open_metadata(settings, MissingDirectory::kRefuse));
  ASSIGN_OR_RETURN(const model::Organization found,
                   find_organization(*metadata.store, organization));
  const base::SystemClock clock;
  auth::SigningKeys signing_keys(*metadata.store, metadata.master_key, clock,
                                 settings.token_lifetime_max);
  auth::ApiKeys api_keys(*metadata.store, clock);
  store::OrganizationViews views(*metadata.store);
  auth::TokenVerifier verifier(signing_keys, api_keys, views, clock,
                               {settings.token_lifetime_max, {}});
  const base::json::value answer = auth::explain_token(verifier, found.id, token, clock.now());
  std::puts(base::render_json(answer).c_str());
  return answer.at("active").as_bool() ? kDone : kNotActive;
}

}  // namespace app
