#include "auth/accounts.h"

#include <algorithm>

#include <fmt/format.h>

#include "auth/api_key_format.h"
#include "auth/principal_factory.h"
#include "auth/signing_keys.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "store/accounts.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::size_t kMaxNameBytes = 100;
constexpr std::size_t kMaxEmailBytes = 254;
constexpr std::size_t kMaxPasswordBytes = 1024;

Error invalid(std::string_view field, std::string what) {
  return {Code::kInvalidBody, std::move(what), {}, std::string(field)};
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  const bool printable = std::ranges::all_of(text, [](char c) { return c > ' ' && c != 0x7f; });
  return printable && at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && text.size() <= kMaxEmailBytes;
}

/// Of UTF-8 text: all bytes but those that continue a character.
std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

Result<Done> check_user(const NewUser& user) {
  if (!is_email(user.email)) return invalid("email", "Must be an email address.");
  const std::string& password = user.password.reveal_secret();
  if (characters_of(password) < kMinPasswordCharacters) {
    return invalid("password",
                   fmt::format("Must have at least {} characters.", kMinPasswordCharacters));
  }
  if (password.size() > kMaxPasswordBytes) return invalid("password", "Is too long.");
  return Done{};
}

Result<Done> insert(store::Connection& connection, const model::User& user,
                    const std::string& hash) {
  auto inserted = store::insert_user(connection, user, hash);
  if (!inserted && inserted.error().code == Code::kConflict) {
    return Error{Code::kConflict, "A user with this email already exists.", {}, "email"};
  }
  return inserted;
}

/// Spent on unknown emails, so that time does not tell which exist.
const std::string& decoy_hash() {
  static const std::string kHash = [] {
    auto made = crypto::hash_password(base::Secret(crypto::random_alphanumeric(32)));
    return made ? *made : std::string();
  }();
  return kHash;
}

}  // namespace

Result<model::User> Accounts::create_organization(const std::string& name, const NewUser& admin) {
  if (name.empty() || name.size() > kMaxNameBytes) {
    return invalid("organization", fmt::format("Must have 1 to {} bytes.", kMaxNameBytes));
  }
  RETURN_IF_ERROR(check_user(admin));
  ASSIGN_OR_RETURN(const std::string hash, crypto::hash_password(admin.password));
  const model::Organization organization{crypto::new_id<base::OrgId>(), name, true};
  const model::User user{crypto::new_id<base::UserId>(), organization.id, admin.email, admin.role};
  return store_.write([&](store::Connection& connection) -> Result<model::User> {
    RETURN_IF_ERROR(store::insert_organization(connection, organization));
    RETURN_IF_ERROR(create_signing_keys(connection, organization.id, master_key_, clock_.now()));
    RETURN_IF_ERROR(insert(connection, user, hash));
    return user;
  });
}

Result<model::User> Accounts::create_user(const base::OrgId& organization, const NewUser& user) {
  RETURN_IF_ERROR(check_user(user));
  ASSIGN_OR_RETURN(const std::string hash, crypto::hash_password(user.password));
  const model::User created{crypto::new_id<base::UserId>(), organization, user.email, user.role};
  return store_.write([&](store::Connection& connection) -> Result<model::User> {
    RETURN_IF_ERROR(insert(connection, created, hash));
    return created;
  });
}

Result<Session> Accounts::open_session(const model::User& user) {
  base::Secret secret(crypto::random_alphanumeric(43));
  const base::Seconds now = clock_.now();
  RETURN_IF_ERROR(store_.write([&](store::Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(store::delete_expired_sessions(connection, now));
    return store::insert_session(connection, user, hash_of_secret(secret.reveal_secret()), now,
                                 now + kSessionLifetime);
  }));
  return Session{std::move(secret), user};
}

Result<Session> Accounts::sign_in(const std::string& email, const base::Secret& password) {
  ASSIGN_OR_RETURN(const auto found, store_.read([&](store::Connection& connection) {
    return store::find_user_for_sign_in(connection, email);
  }));
  const bool right =
      crypto::verify_password(password, found ? found->password_hash : decoy_hash()) && found;
  if (!right) return Error{Code::kWrongCredentials, "The email or the password is wrong."};
  return open_session(found->user);
}

Result<Done> Accounts::sign_out(std::string_view session_secret) {
  return store_.write([&](store::Connection& connection) {
    return store::delete_session(connection, hash_of_secret(session_secret));
  });
}

Result<Accounts::SignedIn> Accounts::find_signed_in(
    std::optional<std::string_view> session_secret) {
  const Error refusal{Code::kNotSignedIn, "Sign in first."};
  if (!session_secret) return refusal;
  ASSIGN_OR_RETURN(auto user, store_.read([&](store::Connection& connection) {
    return store::find_session_user(connection, hash_of_secret(*session_secret), clock_.now());
  }));
  if (!user) return refusal;
  return SignedIn{PrincipalFactory::for_user(user->organization, user->id, user->role), *user};
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
