#include "auth/master_key.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "auth/master_key_file.h"
#include "base/base64url.h"
#include "crypto/aes_gcm.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "store/signing_keys.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using base::Secret;

constexpr std::string_view kFingerprintLabel = "aracari master key fingerprint v1 ";
constexpr std::size_t kKeyBytes = 32;

Error another_key() {
  return {Code::kConfigInvalid,
          "The master key does not open the stored signing keys: it is another one than the one "
          "they were stored under."};
}

Error lost_key() {
  return {Code::kConfigInvalid,
          "The master key file is missing, and the data directory holds secrets under it. Put "
          "master.key back; a new one could not open them."};
}

/// What a store knows of its master key.
struct Sealed {
  std::optional<std::string> fingerprint;
  std::optional<store::SigningKeyRecord> example;  ///< Something under the key.
};

Result<Sealed> find_sealed(store::Connection& connection) {
  ASSIGN_OR_RETURN(auto fingerprint, store::find_master_key_fingerprint(connection));
  ASSIGN_OR_RETURN(const auto records, store::list_signing_keys(connection));
  const auto example = std::ranges::find_if(records, [](const store::SigningKeyRecord& record) {
    return !record.sealed_private_key.empty();
  });
  Sealed sealed{std::move(fingerprint), std::nullopt};
  if (example != records.end()) sealed.example = *example;
  return sealed;
}

bool opens(const Secret& key, const store::SigningKeyRecord& record) {
  const auto sealed = base::parse_base64url(record.sealed_private_key);
  return sealed && crypto::open_aes_gcm(*sealed, key, record.id.text()).ok();
}

/// Proves `key` by the fingerprint, or by opening something and then keeping the fingerprint.
Result<Secret> prove(store::Store& store, const Sealed& sealed, Secret key) {
  if (sealed.fingerprint) {
    if (*sealed.fingerprint != fingerprint_of(key)) return another_key();
    return key;
  }
  if (!sealed.example) return key;
  if (!opens(key, *sealed.example)) return another_key();
  RETURN_IF_ERROR(store.write(
      [&](store::Connection& connection) { return check_sealing_key(connection, key); }));
  return key;
}

/// The key of the fingerprint from the file, or from the file of a rotation that was cut off after
/// it had sealed everything anew.
Result<Secret> open_known(const MasterKeyPlace& place, const std::string& fingerprint,
                          CutOffRotation cut_off) {
  ASSIGN_OR_RETURN(auto present, read_key_file(place.file()));
  if (present && fingerprint_of(*present) == fingerprint) {
    if (cut_off == CutOffRotation::kFinish) RETURN_IF_ERROR(remove_key_file(place.next_file()));
    return std::move(*present);
  }
  // Half a file that a crash left there is no key, and no reason to say anything else.
  auto next = read_key_file(place.next_file());
  if (next && *next && fingerprint_of(**next) == fingerprint) {
    if (cut_off == CutOffRotation::kFinish) {
      RETURN_IF_ERROR(rename_key_file(place.next_file(), place.file()));
    }
    return std::move(**next);
  }
  return present ? another_key() : lost_key();
}

Result<Secret> create(const MasterKeyPlace& place) {
  Secret key(crypto::random_bytes(kKeyBytes));
  RETURN_IF_ERROR(write_key_file(place.file(), key));
  return key;
}

}  // namespace

std::string fingerprint_of(const Secret& master_key) {
  const Secret labelled(std::string(kFingerprintLabel) + master_key.reveal_secret());
  return base::render_base64url(crypto::sha256(labelled.reveal_secret()));
}

Result<Secret> open_master_key(store::Store& store, const MasterKeyPlace& place,
                               CutOffRotation cut_off) {
  ASSIGN_OR_RETURN(const Sealed sealed, store.read(find_sealed));
  if (!place.encoded.empty()) {
    ASSIGN_OR_RETURN(Secret key, parse_master_key(place.encoded.reveal_secret()));
    return prove(store, sealed, std::move(key));
  }
  if (sealed.fingerprint) return open_known(place, *sealed.fingerprint, cut_off);
  ASSIGN_OR_RETURN(auto present, read_key_file(place.file()));
  if (present) return prove(store, sealed, std::move(*present));
  if (sealed.example) return lost_key();
  return create(place);
}

Result<Done> check_sealing_key(store::Connection& connection, const Secret& master_key) {
  const std::string fingerprint = fingerprint_of(master_key);
  ASSIGN_OR_RETURN(const auto kept, store::find_master_key_fingerprint(connection));
  if (!kept) return store::set_master_key_fingerprint(connection, fingerprint);
  if (*kept != fingerprint) return another_key();
  return Done{};
}

}  // namespace auth
