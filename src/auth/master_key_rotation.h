#pragma once

// Puts another master key in place of the present one. The caller holds the data directory for
// itself: no server runs on it. Three steps, each durable before the next one; a crash between any
// two is healed by open_master_key with CutOffRotation::kFinish, because the store's fingerprint
// always tells which of the two files is the key.

#include "auth/master_key.h"
#include "base/result.h"
#include "base/secret.h"
#include "store/store.h"

namespace auth {

[[nodiscard]] base::Secret new_master_key();

/// Step 1: the new key in `place.next_file()`. kStorageFailed.
[[nodiscard]] base::Result<base::Done> write_next_key(const MasterKeyPlace& place,
                                                      const base::Secret& next);

/// Step 2: everything that is sealed under `present` sealed under `next`, with its fingerprint, in
/// one transaction. For a key of the configuration this is all. kConfigInvalid when `present` is
/// not the store's key or `next` is the same one.
[[nodiscard]] base::Result<base::Done> reseal(store::Store& store, const base::Secret& present,
                                              const base::Secret& next);

/// Step 3: the new key becomes `place.file()`. kStorageFailed.
[[nodiscard]] base::Result<base::Done> put_next_key_in_place(const MasterKeyPlace& place);

/// All three with a new key. After an error the next start finds the right key.
[[nodiscard]] base::Result<base::Done> rotate_master_key_file(store::Store& store,
                                                              const MasterKeyPlace& place,
                                                              const base::Secret& present);

}  // namespace auth
