#include "store/store.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/schema.h"
#include "store/store_test_support.h"

namespace store {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

std::size_t organizations_in(Store& store) {
  return expect_value(
             store.read([](Connection& connection) { return list_organizations(connection); }))
      .size();
}

Result<Done> insert_named(Connection& connection, const std::string& name) {
  return insert_organization(connection, {base::OrgId("org_" + name), name, true});
}

TEST(Store, OpensWhatItMadeAndMigratesOnce) {
  const base::TestFolder folder;
  for (std::size_t time = 0; time < 3; ++time) {
    const auto store = expect_value(Store::open(folder.path()));
    EXPECT_EQ(organizations_in(*store), time);
    ASSERT_TRUE(store
                    ->write([&](Connection& connection) {
                      return insert_named(connection, std::to_string(time));
                    })
                    .ok());
  }
}

TEST(Store, MigratingTwiceChangesNothing) {
  const base::TestFolder folder;
  Connection connection = expect_value(Connection::open(folder.path("a.db")));
  EXPECT_TRUE(migrate(connection).ok());
  EXPECT_TRUE(insert_named(connection, "kept").ok());
  EXPECT_TRUE(migrate(connection).ok());
  EXPECT_EQ(expect_value(list_organizations(connection)).size(), 1U);
}

TEST(Connection, ARepeatedQueryKnowsNothingOfTheOneBefore) {
  const base::TestFolder folder;
  Connection connection = expect_value(Connection::open(folder.path("a.db")));
  const auto first_or_second = [&] { return connection.query("SELECT ?, 'none'"); };
  {
    Query query = first_or_second();
    query.bind(std::string_view("first"));
    ASSERT_TRUE(query.next().value());
    EXPECT_EQ(query.text(0), "first");
  }
  Query query = first_or_second();
  ASSERT_TRUE(query.next().value());
  EXPECT_EQ(query.text(0), "") << "what was bound before is gone";
}

TEST(Connection, OneTextCanRunTwiceAtOnce) {
  const base::TestFolder folder;
  Connection connection = expect_value(Connection::open(folder.path("a.db")));
  const auto rows = [&] { return connection.query("VALUES (1), (2)"); };
  int pairs = 0;
  for (Query outer = rows(); outer.next().value();) {
    for (Query inner = rows(); inner.next().value();) ++pairs;
  }
  EXPECT_EQ(pairs, 4);
}

TEST(Connection, AQueryThatFailedCanBeAskedAgain) {
  const base::TestFolder folder;
  Connection connection = expect_value(Connection::open(folder.path("a.db")));
  const auto insert = [&] {
    return connection.query("INSERT INTO numbers VALUES (?)").bind(std::int64_t{1}).run();
  };
  EXPECT_FALSE(insert().ok()) << "no such table";
  ASSERT_TRUE(connection.run_script("CREATE TABLE numbers (n INTEGER UNIQUE)").ok());
  EXPECT_TRUE(insert().ok());
  EXPECT_EQ(insert().error().code, Code::kConflict);
  ASSERT_TRUE(connection.run_script("DROP TABLE numbers").ok()) << "no query is left running";
  ASSERT_TRUE(connection.run_script("CREATE TABLE numbers (n INTEGER, m INTEGER DEFAULT 7)").ok());
  EXPECT_FALSE(insert().ok()) << "two columns now";
}

TEST(Store, RefusesTheDirectoryOfANewerProgramAndLeavesItAlone) {
  const base::TestFolder folder;
  {
    Connection connection = expect_value(Connection::open(folder.path("aracari.db")));
    ASSERT_TRUE(connection.run_script("PRAGMA user_version = 999").ok());
  }
  const auto refused = Store::open(folder.path());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kStorageFailed);
  EXPECT_THAT(refused.error().what, ::testing::HasSubstr("newer"));
  Connection connection = expect_value(Connection::open(folder.path("aracari.db")));
  Query version = connection.query("PRAGMA user_version");
  ASSERT_TRUE(version.next().value());
  EXPECT_EQ(version.integer(0), 999);
}

TEST(Store, RefusesAFolderThatIsNotThereAndAFileThatIsNoDatabase) {
  const base::TestFolder folder;
  const auto missing = Store::open(folder.path("none"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, Code::kStorageFailed);
  EXPECT_THAT(missing.error().what, ::testing::Not(::testing::HasSubstr(folder.path())));
  folder.write("aracari.db", std::string(4096, 'x'));
  EXPECT_EQ(Store::open(folder.path()).error().code, Code::kStorageFailed);
}

TEST(Store, AWriteThatFailsLeavesNothing) {
  const TestStore store;
  const std::uint64_t generation = store.get().generation(Part::kOrganizations);
  const auto failed = store.get().write([](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(insert_named(connection, "one"));
    RETURN_IF_ERROR(insert_named(connection, "two"));
    return Error{Code::kInvalidBody, "No."};
  });
  EXPECT_EQ(failed.error().code, Code::kInvalidBody);
  EXPECT_EQ(organizations_in(store.get()), 0U);
  EXPECT_EQ(store.get().generation(Part::kOrganizations), generation);
  store.write([](Connection& connection) { return insert_named(connection, "three"); });
  EXPECT_EQ(organizations_in(store.get()), 1U);
}

TEST(Store, AConstraintIsAConflict) {
  const TestStore store;
  store.write([](Connection& connection) { return insert_named(connection, "one"); });
  const auto again =
      store.get().write([](Connection& connection) { return insert_named(connection, "one"); });
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, Code::kConflict);
  EXPECT_THAT(again.error().what, ::testing::Not(::testing::HasSubstr("organizations")));
}

TEST(Store, OnlyWhatDecidesSomethingMakesANewGeneration) {
  const TestStore store;
  const std::uint64_t generation = store.get().generation(Part::kOrganizations);
  EXPECT_EQ(organizations_in(store.get()), 0U);
  EXPECT_EQ(store.get().generation(Part::kOrganizations), generation);
  ASSERT_TRUE(store.get()
                  .write([](Connection& connection) {
                    return connection.run_script("INSERT INTO master_key VALUES (1, 'quiet')");
                  })
                  .ok());
  EXPECT_EQ(store.get().generation(Part::kOrganizations), generation);
  store.write([](Connection& connection) { return insert_named(connection, "loud"); });
  EXPECT_GT(store.get().generation(Part::kOrganizations), generation);
}

TEST(Store, NoticesWhatAnotherStoreCommitted) {
  const TestStore store;
  const auto other = expect_value(Store::open(store.folder().path()));
  const std::uint64_t generation = store.get().generation(Part::kOrganizations);
  store.get().notice_foreign_changes();
  EXPECT_EQ(store.get().generation(Part::kOrganizations), generation) << "nothing happened";
  ASSERT_TRUE(
      other->write([](Connection& connection) { return insert_named(connection, "far"); }).ok());
  store.get().notice_foreign_changes();
  EXPECT_GT(store.get().generation(Part::kOrganizations), generation);
  EXPECT_EQ(organizations_in(store.get()), 1U);
  const std::uint64_t noticed = store.get().generation(Part::kOrganizations);
  store.get().notice_foreign_changes();
  EXPECT_EQ(store.get().generation(Part::kOrganizations), noticed);
}

TEST(Store, ItsOwnWritesAreNotForeign) {
  const TestStore store;
  store.write([](Connection& connection) { return insert_named(connection, "own"); });
  const std::uint64_t generation = store.get().generation(Part::kOrganizations);
  store.get().notice_foreign_changes();
  EXPECT_EQ(store.get().generation(Part::kOrganizations), generation);
}

TEST(Store, AFullDiskRefusesTheWriteAndLosesNothing) {
  const TestStore store;
  store.write([](Connection& connection) { return insert_named(connection, "kept"); });
  const std::uint64_t generation = store.get().generation(Part::kOrganizations);
  store.get().limit_pages_for_test(1);
  const auto full = store.get().write([](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(insert_named(connection, "small"));
    return insert_named(connection, std::string(1 << 20, 'x'));
  });
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().code, Code::kStorageFull);
  EXPECT_EQ(store.get().generation(Part::kOrganizations), generation);
  EXPECT_EQ(organizations_in(store.get()), 1U);
  store.get().limit_pages_for_test(1'000'000);
  store.write([](Connection& connection) { return insert_named(connection, "after"); });
  const auto reopened = expect_value(Store::open(store.folder().path()));
  EXPECT_EQ(organizations_in(*reopened), 2U);
}

TEST(Store, WritersWaitForOneAnother) {
  const TestStore store;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&store, writer] {
      for (int i = 0; i < 10; ++i) {
        const std::string name = std::to_string(writer) + "-" + std::to_string(i);
        store.write([&](Connection& connection) { return insert_named(connection, name); });
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(organizations_in(store.get()), 40U);
}

TEST(Query, BindsAndReadsEachKindOfValue) {
  const TestStore store;
  store.get().read([](Connection& connection) {
    const std::string text("it's \0 \"é\"", 11);
    Query query = connection.query("SELECT ?, ?, ?, ?, ?, ?");
    query.bind(text)
        .bind(std::int64_t{-5})
        .bind(true)
        .bind(base::Seconds(std::chrono::seconds(7)))
        .bind(std::optional<base::Seconds>())
        .bind(base::OrgId("org_1"));
    EXPECT_TRUE(query.next().value());
    EXPECT_EQ(query.text(0), text);
    EXPECT_EQ(query.integer(1), -5);
    EXPECT_TRUE(query.flag(2));
    EXPECT_EQ(query.time(3), base::Seconds(std::chrono::seconds(7)));
    EXPECT_EQ(query.optional_time(4), std::nullopt);
    EXPECT_EQ(query.text(4), "");
    EXPECT_EQ(query.text(5), "org_1");
    EXPECT_FALSE(query.next().value());
  });
}

TEST(Query, KeepsAnErrorUntilItIsAskedFor) {
  const TestStore store;
  store.get().read([](Connection& connection) {
    Query wrong = connection.query("SELECT FROM");
    wrong.bind(true);
    const auto outcome = wrong.run();
    EXPECT_EQ(outcome.error().code, Code::kStorageFailed);
    EXPECT_THAT(outcome.error().what, ::testing::Not(::testing::HasSubstr("SELECT")));
    Query too_many = connection.query("SELECT ?");
    EXPECT_FALSE(too_many.bind(true).bind(true).next().ok());
  });
}

}  // namespace
}  // namespace store
