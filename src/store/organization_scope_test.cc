// Every statement on an organization's data names the organization: what another one asks for or
// changes is not there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_test_support.h"
#include "store/uploads.h"

namespace store {
namespace {

using base::Code;
using model::Environment;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const model::Database kShop{base::DatabaseId("dbs_1"), "Shop", model::DatabaseKind::kDuckDb,
                            "shop.duckdb"};

class OrganizationScope : public ::testing::Test {
 protected:
  template <typename Body>
  auto read(Body body) {
    return store_.read(std::move(body));
  }
  template <typename Body>
  [[nodiscard]] base::Code refusal_of(Body body) {
    const auto result = store_.get().write(std::move(body));
    return result ? Code::kInternal : result.error().code;
  }

  TestStore store_;
  base::OrgId mine_ = add_organization(store_, "org_mine");
  base::OrgId theirs_ = add_organization(store_, "org_theirs");
  const base::Seconds now_{std::chrono::seconds(1'800'000'000)};
};

TEST_F(OrganizationScope, ApiKeys) {
  const model::ApiKey key = make_api_key("key_1", mine_, Environment::kSandbox);
  store_.write([&](Connection& c) { return insert_api_key(c, key, "hash"); });
  EXPECT_THAT(read([&](Connection& c) { return list_api_keys(c, mine_); }), SizeIs(1));
  EXPECT_THAT(read([&](Connection& c) { return list_api_keys(c, theirs_); }), IsEmpty());
  EXPECT_FALSE(read([&](Connection& c) { return find_api_key(c, theirs_, key.id); }).has_value());
  EXPECT_EQ(refusal_of([&](Connection& c) { return revoke_api_key(c, theirs_, key.id, now_); }),
            Code::kNotFound);
  store_.write([&](Connection& c) { return touch_api_key(c, theirs_, key.id, now_); });
  const auto kept = read([&](Connection& c) { return find_api_key(c, mine_, key.id); });
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->revoked_at, std::nullopt);
  EXPECT_EQ(kept->last_used_at, std::nullopt);
}

TEST_F(OrganizationScope, TokenAttributes) {
  const model::TokenAttribute attribute{base::AttributeId("atr_1"), "location",
                                        model::ValueType::kString, false, false};
  store_.write([&](Connection& c) { return insert_token_attribute(c, mine_, attribute); });
  EXPECT_THAT(read([&](Connection& c) { return list_token_attributes(c, theirs_); }), IsEmpty());
  EXPECT_EQ(
      refusal_of([&](Connection& c) { return delete_token_attribute(c, theirs_, attribute.id); }),
      Code::kNotFound);
  EXPECT_THAT(read([&](Connection& c) { return list_token_attributes(c, mine_); }), SizeIs(1));
  store_.write([&](Connection& c) { return delete_token_attribute(c, mine_, attribute.id); });
  EXPECT_THAT(read([&](Connection& c) { return list_token_attributes(c, mine_); }), IsEmpty());
}

TEST_F(OrganizationScope, AuthorizedOrigins) {
  const model::AuthorizedOrigin origin{base::OriginId("ori_1"), "https://a.example",
                                       Environment::kProduction, now_};
  store_.write([&](Connection& c) { return insert_authorized_origin(c, mine_, origin); });
  EXPECT_THAT(read([&](Connection& c) { return list_authorized_origins(c, theirs_); }), IsEmpty());
  EXPECT_EQ(
      refusal_of([&](Connection& c) { return delete_authorized_origin(c, theirs_, origin.id); }),
      Code::kNotFound);
  EXPECT_THAT(read([&](Connection& c) { return list_authorized_origins(c, mine_); }), SizeIs(1));
}

TEST_F(OrganizationScope, Content) {
  store_.write([&](Connection& c) -> base::Result<base::Done> {
    RETURN_IF_ERROR(insert_database(c, mine_, kShop));
    RETURN_IF_ERROR(insert_table(c, mine_,
                                 {base::TableId("tbl_1"),
                                  base::DatabaseId("dbs_1"),
                                  "orders",
                                  "Orders",
                                  model::TableAccess::kShared,
                                  {},
                                  {},
                                  {},
                                  {}}));
    RETURN_IF_ERROR(insert_chart(c, mine_, make_chart("cht_1")));
    return insert_dashboard(c, mine_, make_dashboard("dsh_1"));
  });
  EXPECT_THAT(read([&](Connection& c) { return list_databases(c, mine_); }), SizeIs(1));
  EXPECT_THAT(read([&](Connection& c) { return list_tables(c, mine_); }), SizeIs(1));
  EXPECT_THAT(read([&](Connection& c) { return list_charts(c, mine_); }), SizeIs(1));
  EXPECT_THAT(read([&](Connection& c) { return list_dashboards(c, mine_); }), SizeIs(1));
  EXPECT_THAT(read([&](Connection& c) { return list_databases(c, theirs_); }), IsEmpty());
  EXPECT_THAT(read([&](Connection& c) { return list_tables(c, theirs_); }), IsEmpty());
  EXPECT_THAT(read([&](Connection& c) { return list_charts(c, theirs_); }), IsEmpty());
  EXPECT_THAT(read([&](Connection& c) { return list_dashboards(c, theirs_); }), IsEmpty());
}

TEST_F(OrganizationScope, ChangesOfContent) {
  const model::Dashboard dashboard = make_dashboard("dsh_1");
  model::Chart chart = make_chart("cht_1");
  store_.write([&](Connection& c) -> base::Result<base::Done> {
    RETURN_IF_ERROR(insert_chart(c, mine_, chart));
    return insert_dashboard(c, mine_, dashboard);
  });
  chart.version = 2;
  const DashboardState state{dashboard, model::DashboardContent{"Theirs", ""}, 2, "eve"};
  EXPECT_EQ(refusal_of([&](Connection& c) { return update_chart(c, theirs_, chart, "eve"); }),
            Code::kNotFound);
  EXPECT_EQ(refusal_of([&](Connection& c) { return delete_chart(c, theirs_, chart.id); }),
            Code::kNotFound);
  EXPECT_EQ(refusal_of([&](Connection& c) { return update_draft(c, theirs_, state); }),
            Code::kNotFound);
  EXPECT_EQ(refusal_of([&](Connection& c) { return update_dashboard(c, theirs_, dashboard); }),
            Code::kNotFound);
  EXPECT_EQ(refusal_of([&](Connection& c) { return delete_dashboard(c, theirs_, dashboard.id); }),
            Code::kNotFound);
  EXPECT_THAT(read([&](Connection& c) { return list_dashboard_states(c, theirs_); }), IsEmpty());
  store_.write([&](Connection& c) {
    return insert_dashboard_version(c, mine_, dashboard.id,
                                    {1, now_, "ada", model::content_of(dashboard)});
  });
  EXPECT_THAT(
      read([&](Connection& c) { return list_dashboard_versions(c, theirs_, dashboard.id); }),
      IsEmpty());
  const auto kept =
      read([&](Connection& c) { return find_dashboard_state(c, mine_, dashboard.id); });
  EXPECT_EQ(kept.version, 1);
  EXPECT_FALSE(kept.draft.has_value());
}

TEST_F(OrganizationScope, Uploads) {
  const model::User ada{base::UserId("usr_1"), mine_, "ada@acme.example", model::Role::kMaker};
  model::Upload upload{base::UploadId("upl_1"), ada.id, "a.csv", 7, now_};
  store_.write([&](Connection& c) -> base::Result<base::Done> {
    RETURN_IF_ERROR(insert_user(c, ada, "hash"));
    return insert_upload(c, mine_, upload);
  });
  EXPECT_THAT(read([&](Connection& c) { return list_uploads(c, theirs_); }), IsEmpty());
  EXPECT_FALSE(read([&](Connection& c) { return find_upload(c, theirs_, upload.id); }).has_value());
  upload.reason = "It is damaged.";
  EXPECT_EQ(refusal_of([&](Connection& c) { return update_upload(c, theirs_, upload); }),
            Code::kNotFound);
  EXPECT_EQ(refusal_of([&](Connection& c) { return delete_upload(c, theirs_, upload.id); }),
            Code::kNotFound);
  EXPECT_EQ(read([&](Connection& c) { return find_upload(c, mine_, upload.id); })->reason, "");
  upload.table = base::TableId("tbl_1");
  store_.write([&](Connection& c) { return update_upload(c, mine_, upload); });
  const auto all = read([](Connection& c) { return list_all_uploads(c); });
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].organization, mine_);
  EXPECT_EQ(all[0].upload.table, upload.table);
  EXPECT_EQ(all[0].upload.reason, "It is damaged.");
}

TEST_F(OrganizationScope, ADashboardTellsWhoseItIsAndAnUnknownOneNothing) {
  store_.write([&](Connection& c) { return insert_dashboard(c, mine_, make_dashboard("dsh_1")); });
  const auto organization_of = [&](const std::string& id) {
    return read(
        [&](Connection& c) { return find_dashboard_organization(c, base::DashboardId(id)); });
  };
  EXPECT_EQ(organization_of("dsh_1"), mine_);
  for (const std::string id : {"", "dsh_2", "DSH_1", "dsh_", "' OR 1=1 --"}) {
    EXPECT_EQ(organization_of(id), std::nullopt) << id;
  }
}

TEST_F(OrganizationScope, ARuleOfAnotherOrganizationOnOurTableDoesNotCount) {
  store_.write([&](Connection& c) -> base::Result<base::Done> {
    RETURN_IF_ERROR(insert_database(c, mine_, kShop));
    RETURN_IF_ERROR(insert_table(c, mine_,
                                 {base::TableId("tbl_1"),
                                  base::DatabaseId("dbs_1"),
                                  "orders",
                                  "Orders",
                                  model::TableAccess::kRestricted,
                                  {},
                                  {},
                                  {},
                                  {}}));
    return c.run_script(
        "INSERT INTO access_rules (organization_id, id, table_id, name, rows) VALUES"
        " ('org_theirs', 'rul_1', 'tbl_1', 'x',"
        " '{\"column\":\"a\",\"operator\":\"isIn\",\"attribute\":\"b\"}')");
  });
  EXPECT_THAT(read([&](Connection& c) { return list_tables(c, mine_); })[0].rules, IsEmpty());
}

}  // namespace
}  // namespace store
