#pragma once

// The commands that do one thing and end. Results go to standard output, questions to the terminal.
// Each returns its exit code, or the error that the caller reports.

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"

namespace app {

struct KeyWords {
  std::string organization;
  std::string environment;
  std::string name;
  std::vector<std::string> scopes;  ///< None: mint and introspect.
  std::string limits;               ///< JSON as in the HTTP interface, or empty.
  bool encrypted;
  std::int64_t requests_per_minute;  ///< 0: the environment's default.
  std::string expires_in;            ///< "30m", "7d"; empty: never.
};
/// Prints the key and nothing else.
[[nodiscard]] base::Result<int> create_key(const config::Settings& settings, const KeyWords& words);
/// Prints a line of JSON for each key, newest first.
[[nodiscard]] base::Result<int> list_keys(const config::Settings& settings,
                                          const std::string& organization);
/// Prints the new key and nothing else.
[[nodiscard]] base::Result<int> roll_key(const config::Settings& settings,
                                         const std::string& organization, const std::string& id,
                                         std::chrono::seconds overlap);
[[nodiscard]] base::Result<int> revoke_key(const config::Settings& settings,
                                           const std::string& organization, const std::string& id);

struct UserWords {
  std::string organization;
  std::string email;
  std::string role;
};
/// The first admin of an empty data directory also makes the organization.
[[nodiscard]] base::Result<int> create_user(const config::Settings& settings,
                                            const UserWords& words);

struct SigningKeyWords {
  std::string organization;
  std::string environment;
  bool emergency;
};
/// Prints the signing keys of the organization, a line each: id, environment, status, and since
/// when it signs or will.
[[nodiscard]] base::Result<int> list_signing_keys(const config::Settings& settings,
                                                  const std::string& organization);
/// Prints the same list after it.
[[nodiscard]] base::Result<int> rotate_signing_key(const config::Settings& settings,
                                                   const SigningKeyWords& words);

enum class NewMasterKey { kMade, kFromStandardInput };
/// Puts another master key in place of the present one. kConflict while a server runs on the data
/// directory.
[[nodiscard]] base::Result<int> rotate_master_key(const config::Settings& settings,
                                                  NewMasterKey source);

/// Reads a token from standard input and prints what it is as JSON.
[[nodiscard]] base::Result<int> introspect_token(const config::Settings& settings,
                                                 const std::string& organization);

/// Mints with the API key of this id for the JSON body on standard input; prints the token.
[[nodiscard]] base::Result<int> mint_token(const config::Settings& settings,
                                           const std::string& organization,
                                           const std::string& key_id);

struct RevokeWords {
  std::string organization;
  std::string environment;
  std::string end_user;
  std::string dashboard;
  std::string chart;
  bool everything;  ///< Every token of the environment.
  std::string reason;
};
/// Revokes what the words name, or the token on standard input where they name nothing.
[[nodiscard]] base::Result<int> revoke_tokens(const config::Settings& settings,
                                              const RevokeWords& words);

enum class CheckFormat { kText, kJson };
/// Prints, for every dashboard of every organization, whether it is decided who sees what of its
/// tables. kFailed where a published one is not decided.
[[nodiscard]] base::Result<int> check_coverage(const config::Settings& settings,
                                               CheckFormat format);

/// Prints charts and dashboards as one JSON file (catalog/content_file.h): those of the dashboard
/// with this id, or all where it is empty.
[[nodiscard]] base::Result<int> export_content(const config::Settings& settings,
                                               const std::string& organization,
                                               const std::string& dashboard);
enum class ApplyMode { kApply, kDryRun };
/// Reads such a file from standard input and prints a line for each chart and dashboard in it.
[[nodiscard]] base::Result<int> apply_content(const config::Settings& settings,
                                              const std::string& organization, ApplyMode mode);

}  // namespace app
