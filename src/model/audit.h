#pragma once

// Who did what to which thing, as the audit log keeps it: names are copied, because things are
// renamed and deleted and the log is not.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "model/enum_names.h"
#include "model/environment.h"

namespace model {

enum class ActorKind : std::uint8_t {
  kUser,
  kApiKey,
  kCommandLine,
  kServer,   ///< A schedule, or set-up by configuration.
  kNobody,   ///< No one that the server knows: a failed sign-in.
  kEndUser,  ///< The holder of an embed token.
};
inline constexpr auto kActorKindNames = std::to_array<std::string_view>(
    {"user", "api_key", "command_line", "server", "nobody", "end_user"});

struct Actor {
  ActorKind kind;
  std::string id;              ///< Of the user or API key, the distinctId, or empty.
  std::string name;            ///< Email, key name, or what a person would call it.
  std::string remote_address;  ///< Empty where there is none.
};

enum class AuditAction : std::uint8_t {
  kOrganizationCreated,
  kOrganizationThemeChanged,
  kUserCreated,
  kSignedIn,
  kSignInFailed,
  kSignedOut,
  kPasswordChanged,
  kApiKeyCreated,
  kApiKeyRolled,
  kApiKeyRevoked,
  kSigningKeyRotated,
  kSigningKeyEmergencyRotated,
  kTokenMinted,
  kTokenIntrospected,
  kRevocationCreated,
  kAuthorizedOriginAdded,
  kAuthorizedOriginRemoved,
  kTokenAttributeAdded,
  kTokenAttributeRemoved,
  kDatabaseAdded,
  kDatabaseChanged,
  kDatabaseRefreshed,
  kDatabasePurged,
  kDatabaseRemoved,
  kTableAdded,
  kTableChanged,
  kTableRestored,
  kTableRemoved,
  kUploadAdded,
  kUploadImported,
  kUploadRemoved,
  kDashboardPublished,
  kDashboardUnpublished,
  kDashboardCreated,
  kDashboardChanged,
  kDashboardDiscarded,
  kDashboardRestored,
  kDashboardRemoved,
  kChartCreated,
  kChartChanged,
  kChartRemoved,
  kChartExported,
};
inline constexpr auto kAuditActionNames =
    std::to_array<std::string_view>({"organization.created",
                                     "organization.theme_changed",
                                     "user.created",
                                     "session.signed_in",
                                     "session.sign_in_failed",
                                     "session.signed_out",
                                     "password.changed",
                                     "api_key.created",
                                     "api_key.rolled",
                                     "api_key.revoked",
                                     "signing_key.rotated",
                                     "signing_key.emergency_rotated",
                                     "token.minted",
                                     "token.introspected",
                                     "revocation.created",
                                     "authorized_origin.added",
                                     "authorized_origin.removed",
                                     "token_attribute.added",
                                     "token_attribute.removed",
                                     "database.added",
                                     "database.changed",
                                     "database.refreshed",
                                     "database.purged",
                                     "database.removed",
                                     "table.added",
                                     "table.changed",
                                     "table.restored",
                                     "table.removed",
                                     "upload.added",
                                     "upload.imported",
                                     "upload.removed",
                                     "dashboard.published",
                                     "dashboard.unpublished",
                                     "dashboard.created",
                                     "dashboard.changed",
                                     "dashboard.discarded",
                                     "dashboard.restored",
                                     "dashboard.removed",
                                     "chart.created",
                                     "chart.changed",
                                     "chart.removed",
                                     "chart.exported"});

/// What an action was done to. `kind` is one of the words of PRODUCT.md section 1 in snake_case:
/// "api_key", "signing_key", "end_user", "embed_token", "user", "session", "authorized_origin",
/// "token_attribute", "database", "table", "upload", "dashboard", "chart", "environment",
/// "organization"; all empty for nothing.
struct AuditSubject {
  std::string kind;
  std::string id;
  std::string name;
};

struct AuditEvent {
  base::Seconds at;
  AuditAction action;
  Actor actor;
  AuditSubject subject;
  std::optional<Environment> environment = {};
  std::int64_t count = 1;   ///< Above one for what is gathered before it is written.
  std::string detail = {};  ///< For people; never a secret, a token or an attribute's value.
};

}  // namespace model
