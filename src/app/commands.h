#pragma once

// The commands that do one thing and end. Results go to standard output, questions to the terminal.
// Each returns its exit code, or the error that the caller reports.

#include <string>

#include "base/result.h"
#include "config/settings.h"

namespace app {

struct KeyWords {
  std::string organization;
  std::string environment;
  std::string name;
};
/// Prints the key and nothing else.
[[nodiscard]] base::Result<int> create_key(const config::Settings& settings, const KeyWords& words);

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

}  // namespace app
