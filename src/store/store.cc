#include "store/store.h"

#include "store/schema.h"

namespace store {

base::Result<std::unique_ptr<Store>> Store::open(const std::string& data_directory) {
  std::string file = data_directory + "/aracari.db";
  ASSIGN_OR_RETURN(Connection connection, Connection::open(file));
  RETURN_IF_ERROR(migrate(connection));
  ASSIGN_OR_RETURN(const std::int64_t version, connection.foreign_version());
  std::unique_ptr<Store> store(new Store(std::move(connection), std::move(file)));
  store->foreign_version_ = version;
  store->refresh_generations();
  return store;
}

void Store::refresh_generations() {
  Query query =
      connection_.query("SELECT organizations, api_keys, signing_keys, revocations FROM changes");
  const auto row = query.next();
  const bool known = row && *row;
  for (std::size_t part = 0; part < kParts; ++part) {
    const std::int64_t counter = known ? query.integer(static_cast<int>(part)) : -1;
    if (known && counter == counters_[part]) continue;
    counters_[part] = counter;
    generations_[part].fetch_add(1, std::memory_order_acq_rel);
  }
}

void Store::notice_foreign_changes() {
  const std::scoped_lock lock(mutex_);
  const auto version = connection_.foreign_version();
  if (version && *version == foreign_version_) return;
  if (version) foreign_version_ = *version;
  refresh_generations();
}

}  // namespace store
