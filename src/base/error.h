#pragma once

// The closed set of reasons for which Aracari refuses or fails, and the value that carries one.
// `Code` is stable: its name is part of the HTTP interface (RFC 9457 `code`) and of the command
// line.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

enum class Code : std::uint8_t {
  // What the caller sent.
  kInvalidJson,
  kInvalidBody,
  kBodyTooLarge,
  kUnsupportedMediaType,
  kMethodNotAllowed,
  kNotFound,
  kConflict,
  kContentInUse,
  kCoverageUndecided,
  kInvalidStatement,
  kDatabaseRefused,
  kInvalidFile,
  kTooManyRequests,
  // Who the caller is.
  kNotSignedIn,
  kWrongCredentials,
  kForbidden,
  kCrossSite,
  kSetupDone,
  kSetupSecretWrong,
  kApiKeyMissing,
  kApiKeyInvalid,
  kApiKeyRevoked,
  kApiKeyExpired,
  kScopeMissing,
  kKeyLimit,
  kTokenMissing,
  kTokenMalformed,
  kTokenWrongType,
  kTokenUnknownKey,
  kTokenSignatureInvalid,
  kTokenWrongIssuer,
  kTokenWrongAudience,
  kTokenNotYetValid,
  kTokenExpired,
  kTokenLifetime,
  kTokenKeyRevoked,
  kTokenRevoked,
  kTokenTooLarge,
  kOrganizationInactive,
  kOriginNotAuthorized,
  kPermissionMissing,
  // What the access rules say.
  kAttributeUnregistered,
  kAttributeMissing,
  kAttributeType,
  kNoRule,
  // What the server could not do.
  kSourceUnavailable,
  kQueryTimeout,
  kQueryTooLarge,
  kCancelled,
  kStorageFull,
  kStorageFailed,
  kConfigInvalid,
  kUnavailable,
  kInternal,
};

/// The stable snake_case name of `code`, e.g. "token_expired".
[[nodiscard]] std::string_view code_name(Code code);

/// A short title for people, the same for every occurrence of `code` (RFC 9457 `title`).
[[nodiscard]] std::string_view code_title(Code code);

/// One refusal or failure.
struct Error {
  Code code;
  /// A sentence that any caller may read: never SQL, paths, driver texts, secrets or foreign names.
  std::string what;
  /// For the log only.
  std::string detail = {};
  /// The body field at fault as a dotted path ("user.attributes.state"), or empty.
  std::string field = {};
  /// When it makes sense to try again, for kTooManyRequests and kUnavailable. `what` does not
  /// repeat it.
  std::optional<std::chrono::seconds> retry_after = {};
};

}  // namespace base
