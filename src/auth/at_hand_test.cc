// What can be answered from memory is known without a look at the disk, because network threads ask
// it and must not wait.

#include <gtest/gtest.h>

#include "auth/auth_test_support.h"
#include "store/revocations.h"

namespace auth {
namespace {

const std::string kBody = R"({"user":{"distinctId":"user-123"}})";

class AtHand : public AuthTest {
 protected:
  /// While another holds the store, as one who waits for the disk in a write does.
  template <typename Question>
  [[nodiscard]] bool while_store_is_busy(Question question) {
    return store_.get().read([&](store::Connection&) { return question(); });
  }
  [[nodiscard]] bool mint_at_hand() {
    return while_store_is_busy([&] { return mint_.is_at_hand(key_.key); });
  }
  [[nodiscard]] bool token_at_hand(const std::string& token) {
    return while_store_is_busy([&] { return verifier_.is_at_hand(token); });
  }
  void revoke_something_of(const base::OrgId& organization) {
    store_.write([&](store::Connection& connection) {
      return store::insert_revocation(
          connection, organization,
          {base::RevocationId("rev_1"), model::RevocationKind::kToken, "jti-1",
           model::Environment::kSandbox, kNow, kNow + kLifetimeMax, "ada@example.com", ""});
    });
  }

  IssuedKey key_ = issue_key("key_1", mine_, model::Environment::kSandbox);
};

TEST_F(AtHand, AKeyIsOnceItWasLookedUp) {
  const auto at_hand = [&] {
    return while_store_is_busy([&] { return api_keys_.find_at_hand(key_.secret) != nullptr; });
  };
  EXPECT_FALSE(at_hand());
  ASSERT_TRUE(api_keys_.authenticate(key_.secret, model::Scope::kMint).ok());
  EXPECT_TRUE(at_hand());
  revoke(key_.key);
  EXPECT_FALSE(at_hand()) << "what is known may be stale";
}

TEST_F(AtHand, MintingIsUntilAnythingItReadsChanges) {
  EXPECT_FALSE(mint_at_hand());
  (void)mint_token(key_.key, kBody);
  EXPECT_TRUE(mint_at_hand());
  revoke_something_of(theirs_);
  EXPECT_FALSE(mint_at_hand());
  clock_.advance(std::chrono::seconds(1));
  (void)mint_token(key_.key, kBody);
  EXPECT_TRUE(mint_at_hand());
  authorize_origin("https://app.example.com", model::Environment::kSandbox);
  EXPECT_FALSE(mint_at_hand());
  (void)mint_token(key_.key, kBody);
  EXPECT_TRUE(mint_at_hand());
  ASSERT_TRUE(rotation_
                  .rotate(mine_, model::Environment::kSandbox, RotationMode::kOverlap,
                          {model::ActorKind::kServer, {}, "Test", {}})
                  .ok());
  EXPECT_FALSE(mint_at_hand());
}

TEST_F(AtHand, ATokenIsOnceItWasSeenAndUntilSomethingIsRevoked) {
  const std::string token = mint_token(key_.key, kBody);
  EXPECT_FALSE(token_at_hand(token));
  EXPECT_TRUE(verifier_.inspect(token).active());
  EXPECT_TRUE(token_at_hand(token));
  EXPECT_FALSE(token_at_hand(mint_token(key_.key, kBody)));
  EXPECT_FALSE(token_at_hand("a.b.c"));
  revoke_something_of(mine_);
  EXPECT_FALSE(token_at_hand(token));
}

}  // namespace
}  // namespace auth
