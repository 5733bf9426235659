#pragma once

// Sessions of people: a random secret in a cookie, of which only the hash is stored. A session ends
// twelve hours after sign-in, two hours after it was last used, or when somebody ends it. One that
// begins more than an hour ahead, because the clock was ahead, is none until then.
// Thread-safe.

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/principal.h"
#include "store/sessions.h"
#include "store/store.h"

namespace auth {

inline constexpr std::chrono::hours kSessionLifetime{12};
inline constexpr std::chrono::hours kSessionIdleTime{2};
/// How long an ended session stays stored: a clock that is days ahead for a while signs nobody out.
inline constexpr std::chrono::days kEndedSessionKept{7};
/// How far behind the stored time of last use may be.
inline constexpr std::chrono::minutes kSeenPrecision{1};

/// Where somebody signs in, as they will see it in the list of their sessions.
struct Device {
  std::string_view user_agent;  ///< As sent; what is kept is printable ASCII and bounded.
  std::string_view remote_address;
};

struct OpenedSession {
  base::Secret secret;  ///< For the cookie.
  model::User user;
};

/// The proof that a request came with the secret of a live session.
struct SignedIn {
  model::Principal principal;
  model::User user;
  base::SessionId session;
};

class Sessions {
 public:
  Sessions(store::Store& store, const base::Clock& clock) : store_(store), clock_(clock) {}

  /// A new session, never one that the browser held before.
  [[nodiscard]] base::Result<OpenedSession> open(const model::User& user, const Device& device);
  /// The same within a transaction of the caller.
  [[nodiscard]] base::Result<OpenedSession> open(store::Connection& connection,
                                                 const model::User& user, const Device& device);

  /// kNotSignedIn without a live session. Counts as a use of it.
  [[nodiscard]] base::Result<SignedIn> find(std::optional<std::string_view> secret);

  /// The live sessions of the signed-in user, newest first, at most 200.
  [[nodiscard]] base::Result<std::vector<model::Session>> list(const SignedIn& who);
  /// kNotFound also for a session of somebody else.
  [[nodiscard]] base::Result<base::Done> end(const SignedIn& who, const base::SessionId& id,
                                             std::string_view remote_address);
  [[nodiscard]] base::Result<base::Done> end_others(const SignedIn& who,
                                                    std::string_view remote_address);

  /// Writes when sessions were last used, gathered since the last call. Called every few seconds
  /// and at shutdown; on failure they are kept for the next call.
  [[nodiscard]] base::Result<base::Done> flush_seen();

 private:
  /// With the uses that are not written yet.
  [[nodiscard]] base::Seconds last_seen_of(const model::Session& session);
  [[nodiscard]] store::LiveTimes live_times() const;
  [[nodiscard]] bool is_live(const model::Session& session);
  void note_seen(const model::Session& session);

  store::Store& store_;
  const base::Clock& clock_;
  std::mutex seen_mutex_;
  std::map<base::SessionId, std::pair<base::OrgId, base::Seconds>> seen_;  ///< Not written yet.
};

/// The signed-in user as the audit log keeps them.
[[nodiscard]] model::Actor actor_of(const model::User& user, std::string_view remote_address);

}  // namespace auth
