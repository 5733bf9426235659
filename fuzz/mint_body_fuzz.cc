// Bodies of POST /embed/generate-token: whatever is minted is believed, and says nothing that is
// not registered or not the key's.

#include <string_view>

#include "auth/mint.h"
#include "auth_world.h"
#include "store/store.h"

namespace {

void check(fuzz::AuthWorld& world, const auth::MintedToken& minted) {
  const auth::Inspection inspection = world.verifier().inspect(minted.token);
  fuzz::require(inspection.active(), "a minted token is refused");
  const auth::Claims& claims = inspection.authentic->claims;
  fuzz::require(claims.organization == world.key().organization, "another organization");
  fuzz::require(claims.environment == world.key().environment, "another environment");
  fuzz::require(claims.role != model::Role::kAdmin, "an admin's token");
  fuzz::require(minted.lifetime <= fuzz::AuthWorld::kLifetimeMax, "too long a lifetime");
  for (const auto& attribute : claims.attributes) {
    const std::string_view name = attribute.key();
    fuzz::require(name == "location" || name == "sites" || name == "since",
                  "an attribute that is not registered");
  }
  for (const auto& dashboard : claims.resources.dashboards) {
    fuzz::require(dashboard.text() == "dsh_a", "a dashboard that does not exist");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::AuthWorld world;
  const auto minted = world.mint().mint(world.key(), {reinterpret_cast<const char*>(data), size});
  if (minted) check(world, *minted);
  return 0;
}
