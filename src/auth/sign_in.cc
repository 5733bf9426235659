#include "auth/sign_in.h"

#include <fmt/format.h>

#include "auth/password_rules.h"
#include "base/log.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "store/audit.h"
#include "store/sessions.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using model::AuditAction;

Error wrong_credentials() {
  return {Code::kWrongCredentials, "The email or the password is wrong."};
}

model::AuditSubject subject_of(const model::User& user) {
  return {"user", user.id.text(), user.email};
}

}  // namespace

Result<OpenedSession> SignIn::sign_in(const std::string& email, const base::Secret& password,
                                      const Device& device) {
  return throttle_.run({email, device.remote_address}, Code::kWrongCredentials,
                       [&] { return check_and_open(email, password, device); });
}

Result<SignIn::Found> SignIn::find_user(const std::string& email) {
  return store_.read([&](store::Connection& connection) {
    return store::find_user_for_sign_in(connection, email);
  });
}

Result<OpenedSession> SignIn::check_and_open(const std::string& email, const base::Secret& password,
                                             const Device& device) {
  ASSIGN_OR_RETURN(const Found found, find_user(email));
  ASSIGN_OR_RETURN(const std::string decoy, decoy_hash());
  ASSIGN_OR_RETURN(const bool right,
                   crypto::verify_password(password, found ? found->password_hash : decoy));
  if (!found || !right) {
    note_failure(found, device.remote_address);
    return wrong_credentials();
  }
  return store_.write([&](store::Connection& connection) -> Result<OpenedSession> {
    // The password may have been changed, which ends sessions, while its hash was computed.
    ASSIGN_OR_RETURN(const Found still, store::find_user_for_sign_in(connection, email));
    if (!still || still->password_hash != found->password_hash) return wrong_credentials();
    return sessions_.open(connection, still->user, device);
  });
}

Result<std::string> SignIn::decoy_hash() {
  const std::scoped_lock lock(decoy_mutex_);
  if (!decoy_.empty()) return decoy_;
  ASSIGN_OR_RETURN(decoy_, crypto::hash_password(base::Secret(crypto::random_alphanumeric(32))));
  return decoy_;
}

void SignIn::note_failure(const Found& found, std::string_view remote_address) {
  base::log(base::LogLevel::kInfo, "sign-in failed", {{"remote_address", remote_address}});
  if (!found) return;
  // Queued, because waiting for the disk here would tell which emails are known.
  audit_.record(found->user.organization,
                {clock_.now(),
                 AuditAction::kSignInFailed,
                 {model::ActorKind::kNobody, {}, "Unknown", std::string(remote_address)},
                 subject_of(found->user)});
}

Result<Done> SignIn::change_password(const SignedIn& who, const base::Secret& current,
                                     const base::Secret& wanted, std::string_view remote_address) {
  RETURN_IF_ERROR(check_password(wanted, who.user.email, "newPassword"));
  if (crypto::constant_time_equal(wanted.reveal_secret(), current.reveal_secret())) {
    return Error{Code::kInvalidBody, "Must differ from the current one.", {}, "newPassword"};
  }
  return throttle_.run({who.user.email, remote_address}, Code::kWrongCredentials,
                       [&] { return check_and_change(who, current, wanted, remote_address); });
}

Result<Done> SignIn::check_and_change(const SignedIn& who, const base::Secret& current,
                                      const base::Secret& wanted, std::string_view remote_address) {
  const Error refusal{
      Code::kWrongCredentials, "The current password is wrong.", {}, "currentPassword"};
  ASSIGN_OR_RETURN(const Found found, find_user(who.user.email));
  if (!found) return refusal;
  ASSIGN_OR_RETURN(const bool right, crypto::verify_password(current, found->password_hash));
  if (!right) return refusal;
  ASSIGN_OR_RETURN(const std::string hash, crypto::hash_password(wanted));
  return store_.write([&](store::Connection& connection) {
    return write_change(connection, who, found->password_hash, hash, remote_address);
  });
}

Result<Done> SignIn::write_change(store::Connection& connection, const SignedIn& who,
                                  const std::string& old_hash, const std::string& new_hash,
                                  std::string_view remote_address) {
  const model::User& user = who.user;
  RETURN_IF_ERROR(store::replace_password_hash(connection, user, old_hash, new_hash));
  ASSIGN_OR_RETURN(
      const std::int64_t ended,
      store::delete_other_sessions(connection, user.organization, user.id, who.session));
  return store::insert_audit_event(
      connection, user.organization,
      {clock_.now(), AuditAction::kPasswordChanged, actor_of(user, remote_address),
       subject_of(user), std::nullopt, 1, fmt::format("Other sessions ended: {}.", ended)});
}

}  // namespace auth
