#pragma once

// Sessions of signed-in users. A session is found by the hash of its secret, which also decides the
// organization; all else names organization and user.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/account.h"
#include "store/connection.h"

namespace store {

/// `secret_hash` is base64url(SHA-256) of the session's secret.
[[nodiscard]] base::Result<base::Done> insert_session(Connection& connection,
                                                      const model::Session& session,
                                                      const std::string& secret_hash);

struct SessionOfUser {
  model::Session session;
  model::User user;
};
/// In an active organization. Whether the session has ended is for the caller to decide.
[[nodiscard]] base::Result<std::optional<SessionOfUser>> find_session(
    Connection& connection, const std::string& secret_hash);

/// What a session's times have to be for it to be live.
struct LiveTimes {
  base::Seconds created_until;
  base::Seconds expires_after;
  base::Seconds seen_after;
};
/// The newest `limit` of those that are live by their stored times, newest first.
[[nodiscard]] base::Result<std::vector<model::Session>> list_sessions(
    Connection& connection, const base::OrgId& organization, const base::UserId& user,
    const LiveTimes& live, std::int64_t limit);

/// `last_seen_at` only grows.
[[nodiscard]] base::Result<base::Done> touch_session(Connection& connection,
                                                     const base::OrgId& organization,
                                                     const base::SessionId& id,
                                                     base::Seconds last_seen_at);

/// kNotFound.
[[nodiscard]] base::Result<base::Done> delete_session(Connection& connection,
                                                      const base::OrgId& organization,
                                                      const base::UserId& user,
                                                      const base::SessionId& id);
/// All of the user but `kept`; says how many.
[[nodiscard]] base::Result<std::int64_t> delete_other_sessions(Connection& connection,
                                                               const base::OrgId& organization,
                                                               const base::UserId& user,
                                                               const base::SessionId& kept);
/// Of every organization: those that expired by `now` or were not seen after `idle_since`.
[[nodiscard]] base::Result<base::Done> delete_ended_sessions(Connection& connection,
                                                             base::Seconds now,
                                                             base::Seconds idle_since);

}  // namespace store
