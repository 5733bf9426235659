#pragma once

// The key under which secrets are stored (AES-256-GCM). It is never in the database; its
// fingerprint is, so that another key is noticed before anything is done with it.

#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "store/connection.h"
#include "store/store.h"

namespace auth {

/// base64url of SHA-256 over a label and the key.
[[nodiscard]] std::string fingerprint_of(const base::Secret& master_key);

/// Where the key comes from: `encoded` (base64url, from configuration) when it is not empty; else
/// `<data_directory>/master.key`.
struct MasterKeyPlace {
  base::Secret encoded;
  std::string data_directory;

  [[nodiscard]] std::string file() const { return data_directory + "/master.key"; }
  /// The key that a rotation puts in place of `file`.
  [[nodiscard]] std::string next_file() const { return data_directory + "/master.key.next"; }
};

/// Whether the caller holds the data directory for itself, and so may finish a rotation of the
/// master key that was cut off.
enum class CutOffRotation { kFinish, kLeave };

/// The key that the store's secrets are sealed under, after that was proven. Where nothing is
/// sealed yet, the key that is there, or a new one in a file of mode 0600. Nothing is changed
/// otherwise, except that the fingerprint is added to a store that lacks it. kConfigInvalid for
/// another key, a key of another form, a lost one, or a file that others may read; kStorageFailed.
[[nodiscard]] base::Result<base::Secret> open_master_key(store::Store& store,
                                                         const MasterKeyPlace& place,
                                                         CutOffRotation cut_off);

/// Called in each transaction that seals something: keeps the fingerprint of the first key, and
/// refuses any other (kConfigInvalid), e.g. one that was rotated away since it was read.
[[nodiscard]] base::Result<base::Done> check_sealing_key(store::Connection& connection,
                                                         const base::Secret& master_key);

}  // namespace auth
