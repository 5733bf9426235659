#include "base/error.h"

namespace base {
namespace {

struct CodeText {
  std::string_view name;
  std::string_view title;
};

constexpr CodeText text_of(Code code) {
  switch (code) {
    case Code::kInvalidJson: return {"invalid_json", "Not valid JSON"};
    case Code::kInvalidBody: return {"invalid_body", "Request not understood"};
    case Code::kBodyTooLarge: return {"body_too_large", "Request too large"};
    case Code::kUnsupportedMediaType: return {"unsupported_media_type", "Unsupported media type"};
    case Code::kMethodNotAllowed: return {"method_not_allowed", "Method not allowed"};
    case Code::kNotFound: return {"not_found", "Not found"};
    case Code::kConflict: return {"conflict", "Already exists"};
    case Code::kContentInUse: return {"content_in_use", "Still in use"};
    case Code::kCoverageUndecided: return {"coverage_undecided", "Access not decided"};
    case Code::kInvalidStatement: return {"invalid_statement", "Statement refused"};
    case Code::kDatabaseRefused: return {"database_refused", "Database can not be used"};
    case Code::kInvalidFile: return {"invalid_file", "File can not be read"};
    case Code::kTooManyRequests: return {"too_many_requests", "Too many requests"};
    case Code::kNotSignedIn: return {"not_signed_in", "Not signed in"};
    case Code::kWrongCredentials: return {"wrong_credentials", "Wrong email or password"};
    case Code::kForbidden: return {"forbidden", "Not allowed for your role"};
    case Code::kCrossSite: return {"cross_site", "Request from another site"};
    case Code::kSetupDone: return {"setup_done", "Already set up"};
    case Code::kSetupSecretWrong: return {"setup_secret_wrong", "Wrong set-up secret"};
    case Code::kApiKeyMissing: return {"api_key_missing", "API key missing"};
    case Code::kApiKeyInvalid: return {"api_key_invalid", "API key not valid"};
    case Code::kApiKeyRevoked: return {"api_key_revoked", "API key revoked"};
    case Code::kApiKeyExpired: return {"api_key_expired", "API key expired"};
    case Code::kScopeMissing: return {"scope_missing", "API key lacks a scope"};
    case Code::kKeyLimit: return {"key_limit", "More than the API key may give"};
    case Code::kTokenMissing: return {"token_missing", "Token missing"};
    case Code::kTokenMalformed: return {"token_malformed", "Token malformed"};
    case Code::kTokenWrongType: return {"token_wrong_type", "Not an embed token"};
    case Code::kTokenUnknownKey: return {"token_unknown_key", "Token signed with an unknown key"};
    case Code::kTokenSignatureInvalid: return {"token_signature_invalid", "Token altered"};
    case Code::kTokenWrongIssuer: return {"token_wrong_issuer", "Token of another issuer"};
    case Code::kTokenWrongAudience: return {"token_wrong_audience", "Token for another audience"};
    case Code::kTokenNotYetValid: return {"token_not_yet_valid", "Token not yet valid"};
    case Code::kTokenExpired: return {"token_expired", "Token expired"};
    case Code::kTokenLifetime: return {"token_lifetime", "Token lives too long"};
    case Code::kTokenKeyRevoked: return {"token_key_revoked", "API key of the token revoked"};
    case Code::kTokenRevoked: return {"token_revoked", "Token revoked"};
    case Code::kTokenTooLarge: return {"token_too_large", "Token too large"};
    case Code::kOrganizationInactive: return {"organization_inactive", "Organization inactive"};
    case Code::kOriginNotAuthorized: return {"origin_not_authorized", "Origin not authorized"};
    case Code::kPermissionMissing: return {"permission_missing", "Permission missing"};
    case Code::kAttributeUnregistered: return {"attribute_unregistered", "Attribute unknown"};
    case Code::kAttributeMissing: return {"attribute_missing", "Attribute missing"};
    case Code::kAttributeType: return {"attribute_type", "Attribute of the wrong type"};
    case Code::kNoRule: return {"no_rule", "No access rule applies"};
    case Code::kSourceUnavailable: return {"source_unavailable", "Database not available"};
    case Code::kQueryTimeout: return {"query_timeout", "Query took too long"};
    case Code::kQueryTooLarge: return {"query_too_large", "Result too large"};
    case Code::kCancelled: return {"cancelled", "Cancelled"};
    case Code::kStorageFull: return {"storage_full", "Disk full"};
    case Code::kStorageFailed: return {"storage_failed", "Storage failed"};
    case Code::kConfigInvalid: return {"config_invalid", "Configuration not valid"};
    case Code::kUnavailable: return {"unavailable", "Busy"};
    case Code::kInternal: return {"internal", "Internal error"};
  }
  return {"internal", "Internal error"};
}

}  // namespace

std::string_view code_name(Code code) { return text_of(code).name; }
std::string_view code_title(Code code) { return text_of(code).title; }

}  // namespace base
