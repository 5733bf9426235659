#include <fmt/format.h>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/metadata.h"
#include "auth/signing_key_rotation.h"
#include "auth/signing_keys.h"
#include "crypto/init.h"

namespace app {
namespace {

using auth::CutOffRotation;
using base::Code;
using base::Error;
using base::Result;

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

}  // namespace app
