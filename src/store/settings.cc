#include "store/settings.h"

namespace store {
namespace {

using base::Done;
using base::Error;
using base::Result;

Error no_such_entry() { return {base::Code::kNotFound, "There is no such entry."}; }

/// Reads the columns id, name, type, list, required.
Result<model::TokenAttribute> read_attribute(const Query& query) {
  const auto type = model::parse_type(query.text(2));
  if (!type) return Error{base::Code::kStorageFailed, "A stored attribute can not be read."};
  return model::TokenAttribute{base::AttributeId(query.text(0)), query.text(1), *type,
                               query.flag(3), query.flag(4)};
}

/// Reads the columns id, origin, environment, created_at.
Result<model::AuthorizedOrigin> read_origin(const Query& query) {
  const auto environment = model::parse_environment(query.text(2));
  if (!environment) return Error{base::Code::kStorageFailed, "A stored origin can not be read."};
  return model::AuthorizedOrigin{base::OriginId(query.text(0)), query.text(1), *environment,
                                 query.time(3)};
}

}  // namespace

Result<Done> insert_token_attribute(Connection& connection, const base::OrgId& organization,
                                    const model::TokenAttribute& attribute) {
  return connection
      .query(
          "INSERT INTO token_attributes (organization_id, id, name, type, list, required)"
          " VALUES (?, ?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(attribute.id)
      .bind(attribute.name)
      .bind(model::type_name(attribute.type))
      .bind(attribute.list)
      .bind(attribute.required)
      .run();
}

Result<std::vector<model::TokenAttribute>> list_token_attributes(Connection& connection,
                                                                 const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, name, type, list, required FROM token_attributes WHERE organization_id = ?"
      " ORDER BY name");
  query.bind(organization);
  std::vector<model::TokenAttribute> attributes;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return attributes;
    ASSIGN_OR_RETURN(auto attribute, read_attribute(query));
    attributes.push_back(std::move(attribute));
  }
}

Result<model::TokenAttribute> delete_token_attribute(Connection& connection,
                                                     const base::OrgId& organization,
                                                     const base::AttributeId& id) {
  Query query = connection.query(
      "DELETE FROM token_attributes WHERE organization_id = ? AND id = ?"
      " RETURNING id, name, type, list, required");
  query.bind(organization).bind(id);
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return no_such_entry();
  return read_attribute(query);
}

Result<Done> insert_authorized_origin(Connection& connection, const base::OrgId& organization,
                                      const model::AuthorizedOrigin& origin) {
  return connection
      .query(
          "INSERT INTO authorized_origins (organization_id, id, origin, environment, created_at)"
          " VALUES (?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(origin.id)
      .bind(origin.origin)
      .bind(model::environment_name(origin.environment))
      .bind(origin.created_at)
      .run();
}

Result<std::vector<model::AuthorizedOrigin>> list_authorized_origins(
    Connection& connection, const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, origin, environment, created_at FROM authorized_origins WHERE organization_id = ?"
      " ORDER BY environment, origin");
  query.bind(organization);
  std::vector<model::AuthorizedOrigin> origins;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return origins;
    ASSIGN_OR_RETURN(auto origin, read_origin(query));
    origins.push_back(std::move(origin));
  }
}

Result<model::AuthorizedOrigin> delete_authorized_origin(Connection& connection,
                                                         const base::OrgId& organization,
                                                         const base::OriginId& id) {
  Query query = connection.query(
      "DELETE FROM authorized_origins WHERE organization_id = ? AND id = ?"
      " RETURNING id, origin, environment, created_at");
  query.bind(organization).bind(id);
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return no_such_entry();
  return read_origin(query);
}

}  // namespace store
