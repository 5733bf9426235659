#pragma once

// What every command opens first: the data directory, the metadata in it, and the keys.

#include <memory>
#include <string>

#include "auth/accounts.h"
#include "auth/master_key.h"
#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "store/store.h"

namespace app {

struct Metadata {
  std::unique_ptr<store::Store> store;
  base::Secret master_key;
};

/// Whether a data directory that is not there is made (mode 0700), or is a mistake of the caller.
enum class MissingDirectory { kCreate, kRefuse };

/// Looks for the data directory and makes the folders that are missing in it. kNotFound,
/// kStorageFailed, kStorageFull.
[[nodiscard]] base::Result<base::Done> find_data_directory(const config::Settings& settings,
                                                           MissingDirectory missing);

/// That, and opens what is in it. Also kConfigInvalid (master key). Who takes
/// CutOffRotation::kFinish holds the directory's lock.
[[nodiscard]] base::Result<Metadata> open_metadata(const config::Settings& settings,
                                                   MissingDirectory missing,
                                                   auth::CutOffRotation cut_off);

[[nodiscard]] auth::MasterKeyPlace master_key_place(const config::Settings& settings);

/// The organization of that name, or the only one when `name` is empty. kNotFound, kInvalidBody.
[[nodiscard]] base::Result<model::Organization> find_organization(store::Store& store,
                                                                  const std::string& name);

}  // namespace app
