#include "app/metadata.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "store/accounts.h"

namespace app {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

Result<Done> ensure_folder(const std::string& path) {
  const bool there = ::mkdir(path.c_str(), S_IRWXU) == 0 || errno == EEXIST;
  if (there && ::access(path.c_str(), R_OK | W_OK | X_OK) == 0) return Done{};
  return Error{
      errno == ENOSPC ? Code::kStorageFull : Code::kStorageFailed,
      fmt::format("The data directory {} can not be used: {}.", path, std::strerror(errno))};
}

Result<std::vector<model::Organization>> list_organizations(store::Store& store) {
  return store.read(
      [](store::Connection& connection) { return store::list_organizations(connection); });
}

}  // namespace

Result<Done> find_data_directory(const config::Settings& settings,
                                 MissingDirectory missing_directory) {
  if (missing_directory == MissingDirectory::kRefuse &&
      ::access((settings.data_dir + "/aracari.db").c_str(), F_OK) != 0) {
    return Error{Code::kNotFound, fmt::format("{} is not a data directory.", settings.data_dir)};
  }
  ::umask(S_IRWXG | S_IRWXO);
  for (const char* folder : {"", "/databases", "/spill"}) {
    RETURN_IF_ERROR(ensure_folder(settings.data_dir + folder));
  }
  return Done{};
}

auth::MasterKeyPlace master_key_place(const config::Settings& settings) {
  return {settings.master_key, settings.data_dir};
}

Result<Metadata> open_metadata(const config::Settings& settings, MissingDirectory missing,
                               auth::CutOffRotation cut_off) {
  RETURN_IF_ERROR(find_data_directory(settings, missing));
  ASSIGN_OR_RETURN(auto store, store::Store::open(settings.data_dir));
  ASSIGN_OR_RETURN(base::Secret master_key,
                   auth::open_master_key(*store, master_key_place(settings), cut_off));
  return Metadata{std::move(store), std::move(master_key)};
}

Result<model::Organization> find_organization(store::Store& store, const std::string& name) {
  ASSIGN_OR_RETURN(auto organizations, list_organizations(store));
  if (organizations.empty()) {
    return Error{Code::kNotFound,
                 "There is no organization yet. Start the server and follow its "
                 "set-up page, or run `aracari users create`."};
  }
  if (name.empty() && organizations.size() == 1) return std::move(organizations.front());
  if (name.empty()) return Error{Code::kInvalidBody, "Say which one with --organization."};
  const auto found = std::ranges::find(organizations, name, &model::Organization::name);
  if (found == organizations.end()) return Error{Code::kNotFound, "There is no such organization."};
  return std::move(*found);
}

}  // namespace app
