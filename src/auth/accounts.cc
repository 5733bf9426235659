#include "auth/accounts.h"

#include <algorithm>

#include <fmt/format.h>

#include "auth/password_rules.h"
#include "auth/signing_keys.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "store/accounts.h"
#include "store/audit.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::size_t kMaxNameBytes = 100;
constexpr std::size_t kMaxEmailBytes = 254;

Error invalid(std::string_view field, std::string what) {
  return {Code::kInvalidBody, std::move(what), {}, std::string(field)};
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  const bool printable = std::ranges::all_of(text, [](char c) { return c > ' ' && c != 0x7f; });
  return printable && at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && text.size() <= kMaxEmailBytes;
}

Result<Done> check_user(const NewUser& user) {
  if (!is_email(user.email)) return invalid("email", "Must be an email address.");
  return check_password(user.password, user.email, "password");
}

/// With its audit event.
Result<Done> insert(store::Connection& connection, const model::User& user, const std::string& hash,
                    const model::Actor& actor, base::Seconds now) {
  auto inserted = store::insert_user(connection, user, hash);
  if (!inserted && inserted.error().code == Code::kConflict) {
    return Error{Code::kConflict, "A user with this email already exists.", {}, "email"};
  }
  RETURN_IF_ERROR(inserted);
  return store::insert_audit_event(connection, user.organization,
                                   {now,
                                    model::AuditAction::kUserCreated,
                                    actor,
                                    {"user", user.id.text(), user.email},
                                    std::nullopt,
                                    1,
                                    fmt::format("Role: {}.", model::role_name(user.role))});
}

Result<Done> insert(store::Connection& connection, const model::Organization& organization,
                    const model::Actor& actor, base::Seconds now) {
  RETURN_IF_ERROR(store::insert_organization(connection, organization));
  return store::insert_audit_event(connection, organization.id,
                                   {now,
                                    model::AuditAction::kOrganizationCreated,
                                    actor,
                                    {"organization", organization.id.text(), organization.name}});
}

}  // namespace

Result<model::User> Accounts::create_organization(const std::string& name, const NewUser& admin,
                                                  const model::Actor& actor) {
  if (name.empty() || name.size() > kMaxNameBytes) {
    return invalid("organization", fmt::format("Must have 1 to {} bytes.", kMaxNameBytes));
  }
  RETURN_IF_ERROR(check_user(admin));
  ASSIGN_OR_RETURN(const std::string hash, crypto::hash_password(admin.password));
  const model::Organization organization{crypto::new_id<base::OrgId>(), name, true};
  const model::User user{crypto::new_id<base::UserId>(), organization.id, admin.email, admin.role};
  return store_.write([&](store::Connection& connection) -> Result<model::User> {
    const base::Seconds now = clock_.now();
    RETURN_IF_ERROR(insert(connection, organization, actor, now));
    RETURN_IF_ERROR(create_signing_keys(connection, organization.id, master_key_, now));
    RETURN_IF_ERROR(insert(connection, user, hash, actor, now));
    return user;
  });
}

Result<model::User> Accounts::create_user(const base::OrgId& organization, const NewUser& user,
                                          const model::Actor& actor) {
  RETURN_IF_ERROR(check_user(user));
  ASSIGN_OR_RETURN(const std::string hash, crypto::hash_password(user.password));
  const model::User created{crypto::new_id<base::UserId>(), organization, user.email, user.role};
  return store_.write([&](store::Connection& connection) -> Result<model::User> {
    RETURN_IF_ERROR(insert(connection, created, hash, actor, clock_.now()));
    return created;
  });
}

Result<bool> Accounts::is_set_up() {
  ASSIGN_OR_RETURN(const auto organizations, store_.read([](store::Connection& connection) {
    return store::list_organizations(connection);
  }));
  return !organizations.empty();
}

SetupSecret::SetupSecret() : secret_(crypto::random_base32(20)) {}

Result<Done> SetupSecret::check(std::string_view presented) const {
  if (used_) return Error{Code::kSetupDone, "This server is already set up."};
  if (!crypto::constant_time_equal(presented, secret_.reveal_secret())) {
    return Error{Code::kSetupSecretWrong,
                 "The set-up secret is wrong. It is printed where the server "
                 "was started.",
                 {},
                 "setupSecret"};
  }
  return Done{};
}

}  // namespace auth
