#include "app/commands.h"

#include <cstdio>

#include "app/command_line.h"
#include "app/metadata.h"
#include "app/password_prompt.h"
#include "crypto/init.h"

namespace app {
namespace {

using base::Code;
using base::Error;
using base::Result;

Result<model::User> create_in(auth::Accounts& accounts, store::Store& store,
                              const config::Settings& settings, const std::string& organization,
                              const auth::NewUser& user) {
  const model::Actor actor{model::ActorKind::kCommandLine, {}, "Command line", {}};
  ASSIGN_OR_RETURN(const bool set_up, accounts.is_set_up());
  if (set_up) {
    ASSIGN_OR_RETURN(const model::Organization found, find_organization(store, organization));
    return accounts.create_user(found.id, user, actor);
  }
  if (user.role != model::Role::kAdmin) {
    return Error{Code::kInvalidBody, "The first user must be an admin.", {}, "role"};
  }
  return accounts.create_organization(organization.empty() ? settings.organization : organization,
                                      user, actor);
}

}  // namespace

Result<int> create_user(const config::Settings& settings, const UserWords& words) {
  crypto::init();
  const auto role = model::parse_role(words.role);
  if (!role) return Error{Code::kInvalidBody, "Must be admin, maker or explorer.", {}, "role"};
  ASSIGN_OR_RETURN(base::Secret password, read_password());
  ASSIGN_OR_RETURN(const Metadata metadata, open_metadata(settings, MissingDirectory::kCreate,
                                                          auth::CutOffRotation::kLeave));
  const base::SystemClock clock;
  auth::Accounts accounts(*metadata.store, metadata.master_key, clock);
  ASSIGN_OR_RETURN(const model::User user,
                   create_in(accounts, *metadata.store, settings, words.organization,
                             {words.email, std::move(password), *role}));
  std::fprintf(stderr, "Created %s (%s).\n", user.email.c_str(), words.role.c_str());
  return kDone;
}

}  // namespace app
