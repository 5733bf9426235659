#include "http/problem.h"

#include <string>

#include "base/log.h"

namespace http {

using base::Code;

namespace {

/// What a 401 has to name (RFC 9110 section 11.6.1; RFC 6750 section 3 for tokens).
std::string_view challenge_of(Code code) {
  switch (code) {
    case Code::kNotSignedIn:
    case Code::kWrongCredentials:
    case Code::kSetupSecretWrong: return "Session realm=\"aracari\"";
    case Code::kApiKeyMissing:
    case Code::kApiKeyInvalid:
    case Code::kApiKeyRevoked:
    case Code::kApiKeyExpired: return "ApiKey realm=\"aracari\"";
    case Code::kTokenMissing: return "Bearer realm=\"aracari\"";
    default: return "Bearer realm=\"aracari\", error=\"invalid_token\"";
  }
}

}  // namespace

int status_of(Code code) {
  switch (code) {
    case Code::kInvalidJson:
    case Code::kInvalidBody:
    case Code::kAttributeUnregistered:
    case Code::kAttributeType:
    case Code::kAttributeMissing:
    case Code::kTokenTooLarge: return 400;
    case Code::kNotSignedIn:
    case Code::kWrongCredentials:
    case Code::kSetupSecretWrong:
    case Code::kApiKeyMissing:
    case Code::kApiKeyInvalid:
    case Code::kApiKeyRevoked:
    case Code::kApiKeyExpired:
    case Code::kTokenMissing:
    case Code::kTokenMalformed:
    case Code::kTokenWrongType:
    case Code::kTokenUnknownKey:
    case Code::kTokenSignatureInvalid:
    case Code::kTokenWrongIssuer:
    case Code::kTokenWrongAudience:
    case Code::kTokenNotYetValid:
    case Code::kTokenExpired:
    case Code::kTokenLifetime:
    case Code::kTokenKeyRevoked:
    case Code::kTokenRevoked:
    case Code::kOrganizationInactive: return 401;
    case Code::kForbidden:
    case Code::kCrossSite:
    case Code::kScopeMissing:
    case Code::kKeyLimit:
    case Code::kOriginNotAuthorized:
    case Code::kPermissionMissing:
    case Code::kNoRule: return 403;
    case Code::kNotFound: return 404;
    case Code::kMethodNotAllowed: return 405;
    case Code::kConflict:
    case Code::kContentInUse:
    case Code::kCoverageUndecided:
    case Code::kSetupDone: return 409;
    case Code::kBodyTooLarge: return 413;
    case Code::kUnsupportedMediaType: return 415;
    case Code::kTooManyRequests: return 429;
    case Code::kSourceUnavailable:
    case Code::kUnavailable:
    case Code::kCancelled: return 503;
    case Code::kQueryTimeout: return 504;
    case Code::kStorageFull: return 507;
    case Code::kInvalidStatement:
    case Code::kDatabaseRefused:
    case Code::kInvalidFile:
    case Code::kQueryTooLarge: return 422;
    case Code::kStorageFailed:
    case Code::kConfigInvalid:
    case Code::kInternal: return 500;
  }
  return 500;
}

base::json::object render_problem(const base::Error& error, std::string_view request_id) {
  const std::string_view code = base::code_name(error.code);
  base::json::object problem{{"type", "/docs/errors#" + std::string(code)},
                             {"title", base::code_title(error.code)},
                             {"status", status_of(error.code)},
                             {"code", code},
                             {"detail", error.what},
                             {"requestId", request_id}};
  if (!error.field.empty()) {
    problem[error.code == Code::kOriginNotAuthorized ? "origin" : "field"] = error.field;
  }
  return problem;
}

std::optional<std::chrono::seconds> retry_after_of(const base::Error& error) {
  if (error.retry_after) return error.retry_after;
  if (error.code == Code::kUnavailable) return std::chrono::seconds{1};
  return std::nullopt;
}

void log_failure(const base::Error& error, std::string_view request_id) {
  if (status_of(error.code) >= 500) {
    base::log_error("request failed", error, {{"requestId", request_id}});
  }
}

Response problem_response(const base::Error& error, const Request& request) {
  Response response;
  response.status = status_of(error.code);
  response.content_type = "application/problem+json";
  response.body = base::render_json(render_problem(error, request.id));
  response.headers.emplace_back("cache-control", "no-store");
  if (const auto wait = retry_after_of(error)) {
    response.headers.emplace_back("retry-after", std::to_string(wait->count()));
  }
  if (response.status == 401) {
    response.headers.emplace_back("www-authenticate", std::string(challenge_of(error.code)));
  }
  log_failure(error, request.id);
  return response;
}

}  // namespace http
