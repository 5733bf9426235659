#include "auth/mint.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/auth_test_support.h"

namespace auth {
namespace {

using model::Environment;
using model::ValueType;

class MintTest : public AuthTest {
 protected:
  MintTest() {
    register_attribute({base::AttributeId("atr_1"), "location", ValueType::kString, false, false});
    register_attribute({base::AttributeId("atr_2"), "sites", ValueType::kInteger, true, false});
    register_attribute({base::AttributeId("atr_3"), "since", ValueType::kDate, false, false});
  }

  /// "ok", or the refusal of this body.
  [[nodiscard]] std::string mint(const std::string& body) {
    return outcome_of(mint_.mint(key_, body));
  }
  [[nodiscard]] std::string mint_user(const std::string& members) {
    return mint(R"({"user":{"distinctId":"u",)" + members + "}}");
  }
  [[nodiscard]] std::string mint_with(const std::string& members) {
    return mint(R"({"user":{"distinctId":"u"},)" + members + "}");
  }

  model::ApiKey key_ = issue_key("key_1", mine_, Environment::kSandbox).key;
};

TEST_F(MintTest, ADistinctIdIsEnough) {
  const auto minted = mint_.mint(key_, R"({"user":{"distinctId":"user-123"}})");
  ASSERT_TRUE(minted.ok());
  EXPECT_EQ(minted->lifetime, std::chrono::hours(1));
  EXPECT_EQ(minted->expires_at, kNow + std::chrono::hours(1));
  EXPECT_EQ(minted->environment, Environment::kSandbox);
  base::json::object claims = claims_of(minted->token);
  EXPECT_EQ(std::string(claims.at("jti").as_string()).size(), 26U);
  claims.erase("jti");
  EXPECT_EQ(base::json::value(claims), base::parse_json(R"({"iss":"urn:aracari:org_mine:sandbox",
              "aud":"urn:aracari:embed:sandbox","sub":"user-123","org":"org_mine","env":"sandbox",
              "akid":"key_1","iat":1767225600,"nbf":1767225600,"exp":1767229200,"role":"explorer",
              "attributes":{},"permissions":{"dashboard":["can_view"],"chart":["can_view"]},
              "resources":{},"origins":[]})")
                                           .value());
}

TEST_F(MintTest, TheHeaderNamesTheKeyOfTheEnvironment) {
  const model::ApiKey live = issue_key("key_2", mine_, Environment::kProduction).key;
  const std::string body = R"({"user":{"distinctId":"u"}})";
  for (const model::ApiKey& key : {key_, live}) {
    const base::json::object header = header_of(mint_token(key, body));
    EXPECT_EQ(header.size(), 3U);
    EXPECT_EQ(header.at("alg"), "EdDSA");
    EXPECT_EQ(header.at("typ"), "aracari-embed+jwt");
    EXPECT_EQ(std::string(header.at("kid").as_string()),
              signing_key(mine_, key.environment).id.text());
  }
}

TEST_F(MintTest, CarriesWhatTheBodySays) {
  const std::string token = mint_token(key_, R"({
    "user":{"distinctId":"u","role":"maker",
            "attributes":{"location":"Paris","sites":[1,2],"since":"2020-02-29"}},
    "permissions":{"dashboard":"can_edit","chart":["can_view"],"database":[],"ai":["can_query"]},
    "resources":{"dashboards":["dsh_mine"],"charts":[]},
    "origins":["HTTPS://App.Example.com:443/"],"expiresIn":"30m"})");
  const base::json::object claims = claims_of(token);
  EXPECT_EQ(claims.at("role"), "maker");
  EXPECT_EQ(base::render_json(claims.at("attributes")),
            R"({"location":"Paris","sites":[1,2],"since":"2020-02-29"})");
  EXPECT_EQ(base::render_json(claims.at("permissions")),
            R"({"dashboard":["can_edit"],"chart":["can_view"],"ai":["can_query"]})");
  EXPECT_EQ(base::render_json(claims.at("resources")),
            R"({"dashboards":["dsh_mine"],"charts":[]})");
  EXPECT_EQ(base::render_json(claims.at("origins")), R"(["https://app.example.com"])");
  EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 1800);
}

TEST_F(MintTest, NoTwoTokensShareAnId) {
  std::set<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    const std::string token = mint_token(key_, R"({"user":{"distinctId":"u"}})");
    ids.emplace(claims_of(token).at("jti").as_string());
  }
  EXPECT_EQ(ids.size(), 20U);
}

TEST_F(MintTest, RefusesBodiesThatAreNoJsonObject) {
  EXPECT_EQ(mint(""), "invalid_json");
  EXPECT_EQ(mint("{"), "invalid_json");
  EXPECT_EQ(mint("{} {}"), "invalid_json");
  EXPECT_EQ(mint("[]"), "invalid_body");
  EXPECT_EQ(mint("null"), "invalid_body");
  EXPECT_EQ(mint(R"({"user":{"distinctId":"u"},"user":{"distinctId":"v"}})"), "invalid_json user");
  EXPECT_EQ(mint(R"({"user":{"distinctId":"u","distinctId":"v"}})"), "invalid_json distinctId");
  EXPECT_EQ(mint(std::string(10'000, '[')), "invalid_json");
}

TEST_F(MintTest, RefusesABodyOver16KiB) {
  const std::string body = R"({"user":{"distinctId":"u"}})";
  EXPECT_EQ(mint(body + std::string(16 * 1024 - body.size(), ' ')), "ok");
  EXPECT_EQ(mint(body + std::string(16 * 1024 - body.size() + 1, ' ')), "body_too_large");
}

TEST_F(MintTest, RefusesUnknownFieldsWhereverTheyAre) {
  EXPECT_EQ(mint_with(R"("x":1)"), "invalid_body x");
  EXPECT_EQ(mint_user(R"("x":1)"), "invalid_body user.x");
  EXPECT_EQ(mint_user(R"("distinctid":"v")"), "invalid_body user.distinctid");
  EXPECT_EQ(mint_with(R"("permissions":{"dashboards":["can_view"]})"),
            "invalid_body permissions.dashboards");
  EXPECT_EQ(mint_with(R"("resources":{"dashboard":[]})"), "invalid_body resources.dashboard");
  EXPECT_EQ(mint_with(R"("org":"org_theirs")"), "invalid_body org");
  EXPECT_EQ(mint_with(R"("env":"production")"), "invalid_body env");
}

TEST_F(MintTest, RefusesAMissingOrMistypedUser) {
  EXPECT_EQ(mint("{}"), "invalid_body user");
  EXPECT_EQ(mint(R"({"user":"u"})"), "invalid_body user");
  EXPECT_EQ(mint(R"({"user":null})"), "invalid_body user");
  EXPECT_EQ(mint(R"({"user":{}})"), "invalid_body user.distinctId");
  EXPECT_EQ(mint(R"({"user":{"distinctId":""}})"), "invalid_body user.distinctId");
  EXPECT_EQ(mint(R"({"user":{"distinctId":7}})"), "invalid_body user.distinctId");
  EXPECT_EQ(mint(R"({"user":{"distinctId":null}})"), "invalid_body user.distinctId");
  EXPECT_EQ(mint(R"({"user":{"distinctId":"a\u0000b"}})"), "invalid_body user.distinctId");
  EXPECT_EQ(mint(R"({"user":{"distinctId":")" + std::string(257, 'a') + "\"}}"),
            "invalid_body user.distinctId");
}

TEST_F(MintTest, RefusesRolesThatATokenMayNotHave) {
  EXPECT_EQ(mint_user(R"("role":"explorer")"), "ok");
  EXPECT_EQ(mint_user(R"("role":"maker")"), "ok");
  for (const std::string role : {R"("admin")", R"("Admin")", R"("")", "1", "null", "[]"}) {
    EXPECT_EQ(mint_user(R"("role":)" + role), "invalid_body user.role") << role;
  }
}

TEST_F(MintTest, RefusesAttributesThatAreNotRegistered) {
  EXPECT_EQ(mint_user(R"("attributes":{"planet":"Mars"})"),
            "attribute_unregistered user.attributes.planet");
  EXPECT_EQ(mint_user(R"("attributes":{"Location":"Paris"})"),
            "attribute_unregistered user.attributes.Location");
  EXPECT_EQ(mint_user(R"("attributes":{"planet":null})"),
            "attribute_unregistered user.attributes.planet");
}

TEST_F(MintTest, RefusesAttributesOfAnotherType) {
  for (const std::string value : {"75", "true", "null", R"(["Paris"])", "{}", R"("a\u0000")"}) {
    EXPECT_EQ(mint_user(R"("attributes":{"location":)" + value + "}"),
              "attribute_type user.attributes.location")
        << value;
  }
  for (const std::string value : {"1", R"("1")", "[1.5]", "[1.0]", R"(["1"])", "[null]", "[[1]]",
                                  "[9223372036854775808]", "null"}) {
    EXPECT_EQ(mint_user(R"("attributes":{"sites":)" + value + "}"),
              "attribute_type user.attributes.sites")
        << value;
  }
  EXPECT_EQ(mint_user(R"("attributes":{"since":"2021-02-29"})"),
            "attribute_type user.attributes.since");
  EXPECT_EQ(mint_user(R"("attributes":[])"), "invalid_body user.attributes");
}

TEST_F(MintTest, AnEmptyListIsAValueThatTheRulesRefuseLater) {
  EXPECT_EQ(mint_user(R"("attributes":{"sites":[]})"), "ok");
}

TEST_F(MintTest, RefusesAMissingRequiredAttribute) {
  register_attribute({base::AttributeId("atr_4"), "tenant", ValueType::kString, false, true});
  EXPECT_EQ(mint(R"({"user":{"distinctId":"u"}})"), "attribute_missing user.attributes.tenant");
  EXPECT_EQ(mint_user(R"("attributes":{"location":"Paris"})"),
            "attribute_missing user.attributes.tenant");
  EXPECT_EQ(mint_user(R"("attributes":{"tenant":null})"), "attribute_type user.attributes.tenant");
  EXPECT_EQ(mint_user(R"("attributes":{"tenant":"t"})"), "ok");
}

TEST_F(MintTest, AttributesOfAnotherOrganizationAreNotRegisteredHere) {
  const model::ApiKey foreign = issue_key("key_3", theirs_, Environment::kSandbox).key;
  EXPECT_EQ(outcome_of(mint_.mint(
                foreign, R"({"user":{"distinctId":"u","attributes":{"location":"Paris"}}})")),
            "attribute_unregistered user.attributes.location");
}

TEST_F(MintTest, RefusesUnknownPermissions) {
  EXPECT_EQ(mint_with(R"("permissions":{"dashboard":"can_delete"})"),
            "invalid_body permissions.dashboard");
  EXPECT_EQ(mint_with(R"("permissions":{"dashboard":"can_query"})"),
            "invalid_body permissions.dashboard");
  EXPECT_EQ(mint_with(R"("permissions":{"chart":[1]})"), "invalid_body permissions.chart");
  EXPECT_EQ(mint_with(R"("permissions":{"ai":"can_view"})"), "invalid_body permissions.ai");
  EXPECT_EQ(mint_with(R"("permissions":{"admin":"can_view"})"), "invalid_body permissions.admin");
  EXPECT_EQ(mint_with(R"("permissions":null)"), "invalid_body permissions");
}

TEST_F(MintTest, NamesOnlyContentOfWhoseTablesSomebodyDecidedWhoSeesWhat) {
  model::Dashboard dashboard = store::make_dashboard("dsh_orders");
  dashboard.tiles = {{base::ChartId("cht_orders"), 0, 0, 1, 1}};
  store_.write([&](store::Connection& connection) -> base::Result<base::Done> {
    RETURN_IF_ERROR(store::insert_chart(connection, mine_, store::make_chart("cht_orders")));
    return store::insert_dashboard(connection, mine_, dashboard);
  });
  const std::string charts = R"("resources":{"charts":["cht_orders"]})";
  const std::string dashboards = R"("resources":{"dashboards":["dsh_mine","dsh_orders"]})";
  EXPECT_EQ(mint_with(charts), "coverage_undecided resources.charts");
  EXPECT_EQ(mint_with(dashboards), "coverage_undecided resources.dashboards");
}

TEST_F(MintTest, EmptyPermissionsPermitNothing) {
  const std::string token =
      mint_token(key_, R"({"user":{"distinctId":"u"},"permissions":{"dashboard":[]}})");
  EXPECT_EQ(base::render_json(claims_of(token).at("permissions")), "{}");
}

TEST_F(MintTest, RefusesContentOfOthersAsIfItDidNotExist) {
  const std::string foreign = R"("resources":{"dashboards":["dsh_theirs"]})";
  const std::string unknown = R"("resources":{"dashboards":["dsh_nobody"]})";
  EXPECT_EQ(mint_with(foreign), "invalid_body resources.dashboards");
  EXPECT_EQ(mint_with(unknown), "invalid_body resources.dashboards");
  EXPECT_EQ(mint_with(R"("resources":{"charts":["cht_theirs"]})"), "invalid_body resources.charts");
  EXPECT_EQ(mint_with(R"("resources":{"charts":["dsh_mine"]})"), "invalid_body resources.charts");
  EXPECT_EQ(mint_with(R"("resources":{"dashboards":"dsh_mine"})"),
            "invalid_body resources.dashboards");
  EXPECT_EQ(mint_with(R"("resources":{"dashboards":["dsh_mine"]})"), "ok");
}

TEST_F(MintTest, RefusesOriginsThatAreNone) {
  for (const std::string origin : {"null", "*", "app.example.com", "https://a.example/x", ""}) {
    EXPECT_EQ(mint_with(R"("origins":[")" + origin + "\"]"), "invalid_body origins") << origin;
  }
  EXPECT_EQ(mint_with(R"("origins":"https://a.example")"), "invalid_body origins");
}

TEST_F(MintTest, RefusesLifetimesOverTheMaximum) {
  EXPECT_EQ(mint_with(R"("expiresIn":"24h")"), "ok");
  EXPECT_EQ(mint_with(R"("expiresIn":"1d")"), "ok");
  EXPECT_EQ(mint_with(R"("expiresIn":"86401s")"), "invalid_body expiresIn");
  EXPECT_EQ(mint_with(R"("expiresIn":"2d")"), "invalid_body expiresIn");
  for (const std::string text :
       {R"("")", R"("1")", R"("h")", R"("0s")", R"("-1h")", R"("1.5h")", R"("1 h")", R"("1H")",
        R"("1w")", R"("99999999999999999999s")", "3600", "null"}) {
    EXPECT_EQ(mint_with(R"("expiresIn":)" + text), "invalid_body expiresIn") << text;
  }
}

TEST_F(MintTest, RefusesATokenOver8KiB) {
  const auto body_with = [](std::size_t bytes) {
    return R"({"user":{"distinctId":"u","attributes":{"location":")" + std::string(bytes, 'a') +
           "\"}}}";
  };
  EXPECT_EQ(mint(body_with(5'000)), "ok");
  EXPECT_EQ(mint(body_with(7'000)), "token_too_large user.attributes");
}

TEST_F(MintTest, AMintedTokenIsBelieved) {
  const std::string token = mint_token(key_, R"({"user":{"distinctId":"u"}})");
  EXPECT_EQ(outcome_of(verifier_.verify(token, std::nullopt)), "ok");
}

TEST(Lifetime, IsANumberAndAUnit) {
  EXPECT_EQ(parse_lifetime("90s"), std::chrono::seconds(90));
  EXPECT_EQ(parse_lifetime("30m"), std::chrono::minutes(30));
  EXPECT_EQ(parse_lifetime("1h"), std::chrono::hours(1));
  EXPECT_EQ(parse_lifetime("7d"), std::chrono::days(7));
  for (const std::string text : {"", "s", "1", "0s", "-1s", "+1s", " 1s", "1s ", "1ss", "1x",
                                 "1000000001s", "99999999999999999d"}) {
    EXPECT_EQ(parse_lifetime(text), std::nullopt) << text;
  }
}

TEST(Lifetime, IsRenderedInTheLargestUnitThatDividesIt) {
  EXPECT_EQ(render_lifetime(std::chrono::seconds(90)), "90s");
  EXPECT_EQ(render_lifetime(std::chrono::minutes(30)), "30m");
  EXPECT_EQ(render_lifetime(std::chrono::minutes(90)), "90m");
  EXPECT_EQ(render_lifetime(std::chrono::hours(1)), "1h");
  EXPECT_EQ(render_lifetime(std::chrono::hours(48)), "2d");
}

}  // namespace
}  // namespace auth
