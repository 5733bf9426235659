#include "auth/sessions.h"

#include <algorithm>

#include "auth/api_key_format.h"
#include "auth/principal_factory.h"
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

constexpr std::size_t kSecretCharacters = 43;
constexpr std::size_t kMaxUserAgentBytes = 256;
constexpr std::int64_t kMaxListed = 200;
/// By so much a clock may be set back without signing out whoever just signed in.
constexpr std::chrono::hours kAheadAtMost{1};

std::string printable(std::string_view user_agent) {
  std::string text(user_agent.substr(0, kMaxUserAgentBytes));
  std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

model::AuditSubject subject_of(const model::Session& session) {
  return {"session", session.id.text(), session.user_agent};
}

}  // namespace

Result<OpenedSession> Sessions::open(const model::User& user, const Device& device) {
  return store_.write(
      [&](store::Connection& connection) { return open(connection, user, device); });
}

Result<OpenedSession> Sessions::open(store::Connection& connection, const model::User& user,
                                     const Device& device) {
  base::Secret secret(crypto::random_alphanumeric(kSecretCharacters));
  const base::Seconds now = clock_.now();
  const model::Session session{crypto::new_id<base::SessionId>(),
                               user.organization,
                               user.id,
                               now,
                               now,
                               now + kSessionLifetime,
                               printable(device.user_agent),
                               std::string(device.remote_address)};
  RETURN_IF_ERROR(store::delete_ended_sessions(connection, now - kEndedSessionKept,
                                               now - kEndedSessionKept - kSessionIdleTime));
  RETURN_IF_ERROR(
      store::insert_session(connection, session, hash_of_secret(secret.reveal_secret())));
  RETURN_IF_ERROR(store::insert_audit_event(
      connection, user.organization,
      {now, AuditAction::kSignedIn, actor_of(user, device.remote_address), subject_of(session)}));
  return OpenedSession{std::move(secret), user};
}

Result<SignedIn> Sessions::find(std::optional<std::string_view> secret) {
  const Error refusal{Code::kNotSignedIn, "Sign in first."};
  if (!secret) return refusal;
  ASSIGN_OR_RETURN(auto found, store_.read([&](store::Connection& connection) {
    return store::find_session(connection, hash_of_secret(*secret));
  }));
  if (!found || !is_live(found->session)) return refusal;
  note_seen(found->session);
  const model::User& user = found->user;
  return SignedIn{PrincipalFactory::for_user(user.organization, user.id, user.role), user,
                  found->session.id};
}

Result<std::vector<model::Session>> Sessions::list(const SignedIn& who) {
  RETURN_IF_ERROR(flush_seen());
  return store_.read([&](store::Connection& connection) {
    return store::list_sessions(connection, who.user.organization, who.user.id, live_times(),
                                kMaxListed);
  });
}

Result<Done> Sessions::end(const SignedIn& who, const base::SessionId& id,
                           std::string_view remote_address) {
  return store_.write([&](store::Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(store::delete_session(connection, who.user.organization, who.user.id, id));
    return store::insert_audit_event(connection, who.user.organization,
                                     {clock_.now(),
                                      AuditAction::kSignedOut,
                                      actor_of(who.user, remote_address),
                                      {"session", id.text(), {}}});
  });
}

Result<Done> Sessions::end_others(const SignedIn& who, std::string_view remote_address) {
  return store_.write([&](store::Connection& connection) -> Result<Done> {
    ASSIGN_OR_RETURN(
        const std::int64_t ended,
        store::delete_other_sessions(connection, who.user.organization, who.user.id, who.session));
    if (ended == 0) return Done{};
    return store::insert_audit_event(connection, who.user.organization,
                                     {clock_.now(),
                                      AuditAction::kSignedOut,
                                      actor_of(who.user, remote_address),
                                      {"session", {}, {}},
                                      std::nullopt,
                                      ended,
                                      "All other sessions of the user."});
  });
}

Result<Done> Sessions::flush_seen() {
  decltype(seen_) seen;
  {
    const std::scoped_lock lock(seen_mutex_);
    seen.swap(seen_);
  }
  if (seen.empty()) return Done{};
  auto written = store_.write([&](store::Connection& connection) -> Result<Done> {
    for (const auto& [id, use] : seen) {
      RETURN_IF_ERROR(store::touch_session(connection, use.first, id, use.second));
    }
    return Done{};
  });
  if (!written) {
    const std::scoped_lock lock(seen_mutex_);
    seen_.merge(seen);
  }
  return written;
}

base::Seconds Sessions::last_seen_of(const model::Session& session) {
  const std::scoped_lock lock(seen_mutex_);
  const auto noted = seen_.find(session.id);
  if (noted == seen_.end()) return session.last_seen_at;
  return std::max(noted->second.second, session.last_seen_at);
}

store::LiveTimes Sessions::live_times() const {
  const base::Seconds now = clock_.now();
  return {now + kAheadAtMost, now, now - kSessionIdleTime};
}

bool Sessions::is_live(const model::Session& session) {
  const store::LiveTimes live = live_times();
  return session.created_at <= live.created_until && session.expires_at > live.expires_after &&
         last_seen_of(session) > live.seen_after;
}

void Sessions::note_seen(const model::Session& session) {
  const base::Seconds now = clock_.now();
  if (now - last_seen_of(session) < kSeenPrecision) return;
  const std::scoped_lock lock(seen_mutex_);
  seen_.insert_or_assign(session.id, std::pair(session.organization, now));
}

model::Actor actor_of(const model::User& user, std::string_view remote_address) {
  return {model::ActorKind::kUser, user.id.text(), user.email, std::string(remote_address)};
}

}  // namespace auth
