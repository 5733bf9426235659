#include "store/store.h"

#include "store/schema.h"

namespace store {

base::Result<std::unique_ptr<Store>> Store::open(const std::string& data_directory) {
  ASSIGN_OR_RETURN(Connection connection, Connection::open(data_directory + "/aracari.db"));
  RETURN_IF_ERROR(migrate(connection));
  ASSIGN_OR_RETURN(const std::int64_t version, connection.foreign_version());
  std::unique_ptr<Store> store(new Store(std::move(connection)));
  store->foreign_version_ = version;
  return store;
}

void Store::notice_foreign_changes() {
  const std::scoped_lock lock(mutex_);
  const auto version = connection_.foreign_version();
  if (version && *version == foreign_version_) return;
  if (version) foreign_version_ = *version;
  generation_.fetch_add(1, std::memory_order_acq_rel);
}

}  // namespace store
