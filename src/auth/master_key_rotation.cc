#include "auth/master_key_rotation.h"

#include "auth/master_key_file.h"
#include "base/base64url.h"
#include "crypto/aes_gcm.h"
#include "crypto/random.h"
#include "store/databases.h"
#include "store/signing_keys.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using base::Secret;

/// `place` is what the sealed text is tied to: the id of its record.
Result<std::string> reseal_text(const std::string& text, const std::string& place,
                                const Secret& present, const Secret& next) {
  const auto sealed = base::parse_base64url(text);
  if (!sealed) return Error{Code::kInternal, "A stored secret is damaged.", place};
  ASSIGN_OR_RETURN(const Secret plain, crypto::open_aes_gcm(*sealed, present, place));
  return base::render_base64url(crypto::seal_aes_gcm(plain, next, place));
}

Result<Done> reseal_signing_keys(store::Connection& connection, const Secret& present,
                                 const Secret& next) {
  ASSIGN_OR_RETURN(const auto records, store::list_signing_keys(connection));
  for (const store::SigningKeyRecord& record : records) {
    if (record.sealed_private_key.empty()) continue;
    ASSIGN_OR_RETURN(const std::string sealed,
                     reseal_text(record.sealed_private_key, record.id.text(), present, next));
    RETURN_IF_ERROR(
        store::set_sealed_private_key(connection, record.organization, record.id, sealed));
  }
  return Done{};
}

Result<Done> reseal_database_passwords(store::Connection& connection, const Secret& present,
                                       const Secret& next) {
  ASSIGN_OR_RETURN(auto found, store::list_databases_with_passwords(connection));
  for (auto& [organization, database] : found) {
    for (auto* settings : {&database.postgres, &database.sandbox}) {
      if (!*settings) continue;
      std::string& password = (*settings)->sealed_password;
      ASSIGN_OR_RETURN(password, reseal_text(password, database.id.text(), present, next));
    }
    RETURN_IF_ERROR(store::update_database(connection, organization, database));
  }
  return Done{};
}

}  // namespace

Secret new_master_key() { return Secret(crypto::random_bytes(32)); }

Result<Done> write_next_key(const MasterKeyPlace& place, const Secret& next) {
  return write_key_file(place.next_file(), next);
}

Result<Done> reseal(store::Store& store, const Secret& present, const Secret& next) {
  const std::string fingerprint = fingerprint_of(next);
  if (fingerprint == fingerprint_of(present)) {
    return Error{Code::kConfigInvalid, "The new master key is the present one."};
  }
  return store.write([&](store::Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(check_sealing_key(connection, present));
    RETURN_IF_ERROR(reseal_signing_keys(connection, present, next));
    RETURN_IF_ERROR(reseal_database_passwords(connection, present, next));
    return store::set_master_key_fingerprint(connection, fingerprint);
  });
}

Result<Done> put_next_key_in_place(const MasterKeyPlace& place) {
  return rename_key_file(place.next_file(), place.file());
}

Result<Done> rotate_master_key_file(store::Store& store, const MasterKeyPlace& place,
                                    const Secret& present) {
  const Secret next = new_master_key();
  RETURN_IF_ERROR(write_next_key(place, next));
  RETURN_IF_ERROR(reseal(store, present, next));
  return put_next_key_in_place(place);
}

}  // namespace auth
