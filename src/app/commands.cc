#include "app/commands.h"

#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "app/command_line.h"
#include "app/data_directory_lock.h"
#include "app/metadata.h"
#include "app/password_prompt.h"
#include "auth/introspection.h"
#include "auth/master_key_file.h"
#include "auth/master_key_rotation.h"
#include "auth/signing_key_rotation.h"
#include "catalog/api_keys.h"
#include "crypto/init.h"

namespace app {
namespace {

using auth::CutOffRotation;
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

/// The key that configuration is to hold from now on.
Result<int> reseal_under_given_key(const Metadata& metadata) {
  std::string line;
  std::getline(std::cin, line);
  ASSIGN_OR_RETURN(const base::Secret next, auth::parse_master_key(line));
  RETURN_IF_ERROR(auth::reseal(*metadata.store, metadata.master_key, next));
  std::fputs(
      "Rotated. Set ARACARI_MASTER_KEY to the new key before the next start; backups from "
      "before need the old one.\n",
      stderr);
  return kDone;
}

}  // namespace

Result<int> rotate_master_key(const config::Settings& settings, NewMasterKey source) {
  crypto::init();
  const bool given = source == NewMasterKey::kFromStandardInput;
  if (given && settings.master_key.empty()) {
    return Error{
        Code::kInvalidBody, "Is for a key that comes from ARACARI_MASTER_KEY.", {}, "from-stdin"};
  }
  if (!given && !settings.master_key.empty()) {
    return Error{Code::kInvalidBody,
                 "The master key comes from ARACARI_MASTER_KEY: give the new one on standard input "
                 "with --from-stdin."};
  }
  RETURN_IF_ERROR(find_data_directory(settings, MissingDirectory::kRefuse));
  ASSIGN_OR_RETURN(const DataDirectoryLock lock,
                   DataDirectoryLock::take(settings.data_dir,
                                           "A server runs on this data directory. Stop it "
                                           "first: it holds the old master key."));
  ASSIGN_OR_RETURN(const Metadata metadata,
                   open_metadata(settings, MissingDirectory::kRefuse, CutOffRotation::kFinish));
  if (given) return reseal_under_given_key(metadata);
  RETURN_IF_ERROR(auth::rotate_master_key_file(*metadata.store, master_key_place(settings),
                                               metadata.master_key));
  std::fputs("Rotated. Backups from before need the old master.key.\n", stderr);
  return kDone;
}

Result<int> list_signing_keys(const config::Settings& settings, const std::string& organization) {
  crypto::init();
  ASSIGN_OR_RETURN(const Metadata metadata,
                   open_metadata(settings, MissingDirectory::kRefuse, CutOffRotation::kLeave));
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
  ASSIGN_OR_RETURN(const Metadata metadata,
                   open_metadata(settings, MissingDirectory::kRefuse, CutOffRotation::kLeave));
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
  ASSIGN_OR_RETURN(const Metadata metadata,
                   open_metadata(settings, MissingDirectory::kRefuse, CutOffRotation::kLeave));
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
  ASSIGN_OR_RETURN(const Metadata metadata,
                   open_metadata(settings, MissingDirectory::kCreate, CutOffRotation::kLeave));
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
  ASSIGN_OR_RETURN(const Metadata metadata,
                   open_metadata(settings, MissingDirectory::kRefuse, CutOffRotation::kLeave));
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
