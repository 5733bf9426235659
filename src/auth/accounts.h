#pragma once

// Organizations with their first admin, users, set-up. Thread-safe.

#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/role.h"
#include "store/store.h"

namespace auth {

struct NewUser {
  std::string email;
  base::Secret password;
  model::Role role;
};

class Accounts {
 public:
  Accounts(store::Store& store, base::Secret master_key, const base::Clock& clock)
      : store_(store), master_key_(std::move(master_key)), clock_(clock) {}

  /// An organization with its signing keys and first user, in one transaction. `actor` is who the
  /// audit log will name. kInvalidBody (field organization, email or password), kConflict.
  [[nodiscard]] base::Result<model::User> create_organization(const std::string& name,
                                                              const NewUser& admin,
                                                              const model::Actor& actor);
  [[nodiscard]] base::Result<model::User> create_user(const base::OrgId& organization,
                                                      const NewUser& user,
                                                      const model::Actor& actor);

  [[nodiscard]] base::Result<bool> is_set_up();

 private:
  store::Store& store_;
  base::Secret master_key_;
  const base::Clock& clock_;
};

/// The secret that proves whoever opens the set-up page can read the server's terminal. It dies
/// with the first success. Thread-safe.
class SetupSecret {
 public:
  SetupSecret();
  /// For the terminal.
  [[nodiscard]] const base::Secret& secret() const { return secret_; }
  /// Runs `create` when `presented` is right and no earlier call succeeded. kSetupSecretWrong,
  /// kSetupDone.
  template <typename Create>
  [[nodiscard]] auto use(std::string_view presented, Create create) -> decltype(create()) {
    const std::scoped_lock lock(mutex_);
    RETURN_IF_ERROR(check(presented));
    auto outcome = create();
    used_ = outcome.ok();
    return outcome;
  }

 private:
  [[nodiscard]] base::Result<base::Done> check(std::string_view presented) const;

  std::mutex mutex_;
  base::Secret secret_;
  bool used_ = false;
};

}  // namespace auth
