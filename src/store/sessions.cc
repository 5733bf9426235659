#include "store/sessions.h"

#include "store/accounts.h"

namespace store {
namespace {

using base::Done;
using base::Error;
using base::Result;

/// Reads the columns id, organization_id, user_id, created_at, last_seen_at, expires_at,
/// user_agent, remote_address.
model::Session read_session(const Query& query) {
  return {base::SessionId(query.text(0)),
          base::OrgId(query.text(1)),
          base::UserId(query.text(2)),
          query.time(3),
          query.time(4),
          query.time(5),
          query.text(6),
          query.text(7)};
}

}  // namespace

Result<Done> insert_session(Connection& connection, const model::Session& session,
                            const std::string& secret_hash) {
  return connection
      .query(
          "INSERT INTO sessions (organization_id, id, user_id, secret_hash, created_at,"
          " last_seen_at, expires_at, user_agent, remote_address) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
          " ?)")
      .bind(session.organization)
      .bind(session.id)
      .bind(session.user)
      .bind(secret_hash)
      .bind(session.created_at)
      .bind(session.last_seen_at)
      .bind(session.expires_at)
      .bind(session.user_agent)
      .bind(session.remote_address)
      .run();
}

Result<std::optional<SessionOfUser>> find_session(Connection& connection,
                                                  const std::string& secret_hash) {
  Query query = connection.query(
      "SELECT sessions.id, sessions.organization_id, user_id, created_at, last_seen_at, expires_at,"
      " user_agent, remote_address, email, role FROM sessions"
      " JOIN users ON users.id = user_id AND users.organization_id = sessions.organization_id"
      " JOIN organizations ON organizations.id = sessions.organization_id AND active"
      " WHERE secret_hash = ?");
  query.bind(secret_hash);
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return std::optional<SessionOfUser>();
  model::Session session = read_session(query);
  model::User user{session.user, session.organization, query.text(8), read_role(query.text(9))};
  return std::optional(SessionOfUser{std::move(session), std::move(user)});
}

Result<std::vector<model::Session>> list_sessions(Connection& connection,
                                                  const base::OrgId& organization,
                                                  const base::UserId& user, const LiveTimes& live,
                                                  std::int64_t limit) {
  Query query = connection.query(
      "SELECT id, organization_id, user_id, created_at, last_seen_at, expires_at, user_agent,"
      " remote_address FROM sessions WHERE organization_id = ? AND user_id = ?"
      " AND created_at <= ? AND expires_at > ? AND last_seen_at > ?"
      " ORDER BY created_at DESC, id LIMIT ?");
  query.bind(organization)
      .bind(user)
      .bind(live.created_until)
      .bind(live.expires_after)
      .bind(live.seen_after)
      .bind(limit);
  std::vector<model::Session> sessions;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return sessions;
    sessions.push_back(read_session(query));
  }
}

Result<Done> touch_session(Connection& connection, const base::OrgId& organization,
                           const base::SessionId& id, base::Seconds last_seen_at) {
  return connection
      .query(
          "UPDATE sessions SET last_seen_at = ?1 WHERE organization_id = ?2 AND id = ?3"
          " AND last_seen_at < ?1")
      .bind(last_seen_at)
      .bind(organization)
      .bind(id)
      .run();
}

Result<Done> delete_session(Connection& connection, const base::OrgId& organization,
                            const base::UserId& user, const base::SessionId& id) {
  RETURN_IF_ERROR(
      connection.query("DELETE FROM sessions WHERE organization_id = ? AND user_id = ? AND id = ?")
          .bind(organization)
          .bind(user)
          .bind(id)
          .run());
  if (connection.changes() == 0) {
    return Error{base::Code::kNotFound, "There is no such session."};
  }
  return Done{};
}

Result<std::int64_t> delete_other_sessions(Connection& connection, const base::OrgId& organization,
                                           const base::UserId& user, const base::SessionId& kept) {
  RETURN_IF_ERROR(
      connection.query("DELETE FROM sessions WHERE organization_id = ? AND user_id = ? AND id <> ?")
          .bind(organization)
          .bind(user)
          .bind(kept)
          .run());
  return connection.changes();
}

Result<Done> delete_ended_sessions(Connection& connection, base::Seconds now,
                                   base::Seconds idle_since) {
  return connection.query("DELETE FROM sessions WHERE expires_at <= ? OR last_seen_at <= ?")
      .bind(now)
      .bind(idle_since)
      .run();
}

}  // namespace store
