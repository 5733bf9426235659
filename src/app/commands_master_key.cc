#include <cstdio>
#include <iostream>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/data_directory_lock.h"
#include "app/metadata.h"
#include "auth/master_key_file.h"
#include "auth/master_key_rotation.h"
#include "crypto/init.h"

namespace app {
namespace {

using auth::CutOffRotation;
using base::Code;
using base::Error;
using base::Result;

/// The key that configuration is to hold from now on.
Result<int> reseal_under_given_key(const Metadata& metadata) {
  std::string line;
  std::getline(std::cin, line);
  ASSIGN_OR_RETURN(const base::Secret next, auth::parse_master_key(line));
  RETURN_IF_ERROR(auth::reseal(*metadata.store, metadata.master_key, next));
  std::fputs(
      "Rotated. Set ARACARI_MASTER_KEY to the new key before the next start; backups from "
      "before need the old one.\n",
      stderr);
  return kDone;
}

}  // namespace

Result<int> rotate_master_key(const config::Settings& settings, NewMasterKey source) {
  crypto::init();
  const bool given = source == NewMasterKey::kFromStandardInput;
  if (given && settings.master_key.empty()) {
    return Error{
        Code::kInvalidBody, "Is for a key that comes from ARACARI_MASTER_KEY.", {}, "from-stdin"};
  }
  if (!given && !settings.master_key.empty()) {
    return Error{Code::kInvalidBody,
                 "The master key comes from ARACARI_MASTER_KEY: give the new one on standard input "
                 "with --from-stdin."};
  }
  RETURN_IF_ERROR(find_data_directory(settings, MissingDirectory::kRefuse));
  ASSIGN_OR_RETURN(const DataDirectoryLock lock,
                   DataDirectoryLock::take(settings.data_dir, LockMode::kExclusive,
                                           "A server runs on this data directory. Stop it "
                                           "first: it holds the old master key."));
  ASSIGN_OR_RETURN(const Metadata metadata,
                   open_metadata(settings, MissingDirectory::kRefuse, CutOffRotation::kFinish));
  if (given) return reseal_under_given_key(metadata);
  RETURN_IF_ERROR(auth::rotate_master_key_file(*metadata.store, master_key_place(settings),
                                               metadata.master_key));
  std::fputs("Rotated. Backups from before need the old master.key.\n", stderr);
  return kDone;
}

}  // namespace app
