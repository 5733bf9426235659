#include "store/audit.h"

namespace store {

using base::Done;
using base::Result;

Result<Done> insert_audit_event(Connection& connection, const base::OrgId& organization,
                                const model::AuditEvent& event) {
  return connection
      .query(
          "INSERT INTO audit_events (organization_id, at, action, actor_kind, actor_id, actor_name,"
          " remote_address, subject_kind, subject_id, subject_name, environment, count, detail)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(event.at)
      .bind(model::enum_name(model::kAuditActionNames, event.action))
      .bind(model::enum_name(model::kActorKindNames, event.actor.kind))
      .bind(std::string_view(event.actor.id))
      .bind(std::string_view(event.actor.name))
      .bind(std::string_view(event.actor.remote_address))
      .bind(std::string_view(event.subject.kind))
      .bind(std::string_view(event.subject.id))
      .bind(std::string_view(event.subject.name))
      .bind(event.environment ? model::environment_name(*event.environment) : "")
      .bind(event.count)
      .bind(std::string_view(event.detail))
      .run();
}

}  // namespace store
