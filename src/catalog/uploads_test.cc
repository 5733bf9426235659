#include "catalog/uploads.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "crypto/init.h"
#include "source/duckdb_test_support.h"
#include "store/store_test_support.h"

namespace catalog {
namespace {

using namespace std::chrono_literals;
using base::Code;
using model::Role;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const base::Seconds kNow{std::chrono::seconds(1'800'000'000)};
/// Of 1 ms each, on a machine with other things to do.
constexpr int kTriesMax = 60'000;

/// Writes a table of one column without looking at the file, or fails, or waits to be let go.
class ScriptedWorker final : public FileWorker {
 public:
  base::Result<model::FileDescription> describe(const model::FileQuestion& question,
                                                const source::Cancellation&) override {
    described_ = question.file;
    return model::FileDescription{.format = model::FileFormat::kCsv, .columns = {}};
  }
  base::Result<std::int64_t> import(const source::FileImport& wanted,
                                    const ImportTerms& terms) override {
    bytes_max_ = terms.file_bytes_max;
    if (!wanted.present.empty()) std::filesystem::copy_file(wanted.present, wanted.target);
    source::make_database(wanted.target, {"CREATE TABLE " + wanted.table + " AS SELECT 1 AS a"});
    while (waits_ && !terms.cancellation.cancelled()) std::this_thread::sleep_for(1ms);
    if (terms.cancellation.cancelled()) return base::Error{Code::kCancelled, "Cancelled."};
    if (fails_) return base::Error{Code::kInvalidFile, "It is damaged.", "a line of the file"};
    return 1;
  }

  std::string described_;
  std::int64_t bytes_max_ = 0;
  std::atomic<bool> waits_ = false;
  std::atomic<bool> fails_ = false;
};

class UploadsTest : public ::testing::Test {
 protected:
  UploadsTest() {
    crypto::init();
    for (const base::OrgId& organization : {mine_, theirs_}) {
      const model::User user{base::UserId("usr_ada" + organization.text()), organization,
                             organization.text() + "@acme.example", Role::kMaker};
      store_.write([&](store::Connection& c) { return store::insert_user(c, user, "hash"); });
    }
    start();
  }

  /// Ends the server, if there is one, and starts it again.
  void start() {
    uploads_.reset();
    uploads_ = std::make_unique<Uploads>(store_.get(), views_, sources_, cache_, worker_, clock_,
                                         folder_.path(""), Uploads::Limits{100'000, 10'000'000});
    ASSERT_TRUE(uploads_->remove_left_behind().ok());
  }
  [[nodiscard]] static Caller caller(const base::OrgId& organization, Role role = Role::kMaker) {
    return {auth::user_principal(organization, role),
            {model::ActorKind::kUser, "usr_ada" + organization.text(), "ada@acme.example",
             "192.0.2.7"}};
  }
  template <typename T>
  [[nodiscard]] static std::string outcome(const base::Result<T>& result) {
    if (result) return "ok";
    const std::string code(base::code_name(result.error().code));
    return result.error().field.empty() ? code : code + " " + result.error().field;
  }
  [[nodiscard]] base::UploadId add(std::int64_t bytes = 3) {
    return store::expect_value(uploads_->add(maker_, {"a.csv", bytes})).upload.id;
  }
  /// One that is here whole.
  [[nodiscard]] base::UploadId add_whole() {
    const base::UploadId id = add();
    EXPECT_TRUE(store::expect_value(uploads_->append(maker_.principal, id, 0, "a\n1")).taken);
    return id;
  }
  [[nodiscard]] UploadStatus find(const base::UploadId& id) {
    return store::expect_value(uploads_->find(maker_.principal, id));
  }
  [[nodiscard]] static ImportOrder order(const std::string& table = "t") {
    return {{}, {}, "Imported", table, "T", {{"a", model::ValueType::kInteger}}};
  }
  [[nodiscard]] UploadStatus end_of_import(const base::UploadId& id) {
    for (int tries = 0; tries < kTriesMax; ++tries) {
      UploadStatus now = find(id);
      if (now.state != UploadState::kImporting) return now;
      std::this_thread::sleep_for(1ms);
    }
    ADD_FAILURE() << "the import does not end";
    return find(id);
  }
  [[nodiscard]] std::vector<std::string> stored_files() const {
    return names_in(folder_.path("databases/imported"));
  }
  [[nodiscard]] std::vector<std::string> uploaded_files() const {
    return names_in(folder_.path("uploads"));
  }
  [[nodiscard]] std::vector<std::string> table_names() {
    std::vector<std::string> names;
    for (const auto& [id, table] : store::expect_value(views_.get(mine_))->tables) {
      EXPECT_EQ(table.access, model::TableAccess::kHidden);
      names.push_back(table.name);
    }
    std::ranges::sort(names);
    return names;
  }

  base::TestFolder folder_;
  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, auth::kTestOrganization.text());
  base::OrgId theirs_ = store::add_organization(store_, auth::kForeignOrganization.text());
  Caller maker_ = caller(mine_);
  base::FixedClock clock_{kNow};
  store::OrganizationViews views_{store_.get()};
  query::Sources sources_{{folder_.path(""), 256 << 20, 1, base::Secret("")}};
  query::ResultCache cache_{1 << 20, clock_};
  ScriptedWorker worker_;
  std::unique_ptr<Uploads> uploads_;
};

TEST_F(UploadsTest, NobodyElseMayOrSees) {
  const base::UploadId id = add_whole();
  const auto ask_all = [&](const Caller& who) {
    return std::vector{outcome(uploads_->find(who.principal, id)),
                       outcome(uploads_->append(who.principal, id, 3, "")),
                       outcome(uploads_->inspect(who.principal, id, {})),
                       outcome(uploads_->start_import(who, id, order())),
                       outcome(uploads_->remove(who, id))};
  };
  EXPECT_THAT(ask_all(caller(mine_, Role::kExplorer)), testing::Each("forbidden"));
  EXPECT_THAT(ask_all(caller(theirs_, Role::kAdmin)), testing::Each("not_found"));
  EXPECT_EQ(outcome(uploads_->add(caller(mine_, Role::kExplorer), {"a", 1})), "forbidden");
  EXPECT_THAT(store::expect_value(uploads_->list(caller(theirs_).principal)), IsEmpty());
  EXPECT_THAT(ask_all(maker_), testing::Each("ok"));
}

TEST_F(UploadsTest, APieceGoesWhereTheFileEnds) {
  const base::UploadId id = add(5);
  const auto append = [&](std::int64_t offset, const std::string& bytes) {
    const auto received =
        store::expect_value(uploads_->append(maker_.principal, id, offset, bytes));
    return std::pair(received.taken, received.offset);
  };
  EXPECT_EQ(append(1, "x"), std::pair(false, std::int64_t{0}));
  EXPECT_EQ(append(0, "ab"), std::pair(true, std::int64_t{2}));
  EXPECT_EQ(append(0, "ab"), std::pair(false, std::int64_t{2}));
  start();
  EXPECT_EQ(append(2, "cde"), std::pair(true, std::int64_t{5}));
  EXPECT_EQ(outcome(uploads_->append(maker_.principal, id, 5, "f")), "body_too_large");
  EXPECT_EQ(base::read_whole_file(folder_.path("uploads/" + id.text())), "abcde");
  EXPECT_EQ(find(id).state, UploadState::kReceived);
}

TEST_F(UploadsTest, RoomIsBounded) {
  EXPECT_EQ(outcome(uploads_->add(maker_, {"a", 100'001})), "body_too_large bytes");
  EXPECT_EQ(outcome(uploads_->add(maker_, {"a", 0})), "invalid_body bytes");
  for (std::size_t i = 0; i < kUploadsOfOrganizationMax; ++i) (void)add(100'000);
  EXPECT_EQ(outcome(uploads_->add(maker_, {"a", 1})), "storage_full");
  EXPECT_THAT(uploaded_files(), IsEmpty()) << "an announcement is no file";
}

TEST_F(UploadsTest, BecomesATableOfADatabase) {
  const base::UploadId first = add_whole();
  EXPECT_EQ(outcome(uploads_->start_import(maker_, first, order("one"))), "ok");
  const UploadStatus done = end_of_import(first);
  EXPECT_EQ(done.state, UploadState::kImported);
  EXPECT_GT(worker_.bytes_max_, 0);
  EXPECT_LE(worker_.bytes_max_, 10'000'000);
  const auto view = store::expect_value(views_.get(mine_));
  ASSERT_THAT(view->databases, SizeIs(1));
  const model::Database database = view->databases.begin()->second;
  EXPECT_TRUE(database.imported);
  const auto reader = store::expect_value(sources_.get(database, {false, ""}));

  ImportOrder next = order("two");
  next.new_database.clear();
  next.database = database.id;
  const base::UploadId second = add_whole();
  EXPECT_EQ(outcome(uploads_->start_import(maker_, second, next)), "ok");
  EXPECT_EQ(end_of_import(second).state, UploadState::kImported);
  EXPECT_THAT(table_names(), ElementsAre("one", "two"));
  EXPECT_THAT(store::expect_value(reader->read_schema()), SizeIs(1)) << "a reader goes on";
  const auto now = store::expect_value(views_.get(mine_))->databases.at(database.id);
  EXPECT_THAT(
      store::expect_value(store::expect_value(sources_.get(now, {false, ""}))->read_schema()),
      SizeIs(2));
  EXPECT_THAT(stored_files(), SizeIs(2));
  ASSERT_TRUE(uploads_->remove_unnamed_files().ok());
  EXPECT_THAT(stored_files(), SizeIs(2)) << "somebody may be about to open it";
  ASSERT_TRUE(uploads_->remove_unnamed_files().ok());
  EXPECT_THAT(stored_files(), SizeIs(1));
  EXPECT_THAT(uploaded_files(), IsEmpty());
}

TEST_F(UploadsTest, AFailedImportSaysWhyAndLeavesNothing) {
  worker_.fails_ = true;
  const base::UploadId id = add_whole();
  EXPECT_EQ(outcome(uploads_->start_import(maker_, id, order())), "ok");
  const UploadStatus failed = end_of_import(id);
  EXPECT_EQ(failed.state, UploadState::kFailed);
  EXPECT_EQ(failed.upload.reason, "It is damaged.");
  EXPECT_THAT(stored_files(), IsEmpty());
  EXPECT_THAT(table_names(), IsEmpty());
  worker_.fails_ = false;
  EXPECT_EQ(outcome(uploads_->start_import(maker_, id, order())), "ok");
  EXPECT_EQ(end_of_import(id).state, UploadState::kImported);
}

TEST_F(UploadsTest, AnImportThatTheServerDidNotOutliveHasFailed) {
  worker_.waits_ = true;
  const base::UploadId id = add_whole();
  EXPECT_EQ(outcome(uploads_->start_import(maker_, id, order())), "ok");
  EXPECT_EQ(find(id).state, UploadState::kImporting);
  start();
  EXPECT_EQ(find(id).state, UploadState::kFailed);
  EXPECT_THAT(find(id).upload.reason, testing::HasSubstr("stopped"));
  EXPECT_THAT(stored_files(), IsEmpty());
  EXPECT_THAT(table_names(), IsEmpty());
}

TEST_F(UploadsTest, OneImportOfAnOrganizationAtATime) {
  worker_.waits_ = true;
  const base::UploadId first = add_whole();
  const base::UploadId second = add_whole();
  EXPECT_EQ(outcome(uploads_->start_import(maker_, first, order())), "ok");
  EXPECT_EQ(outcome(uploads_->start_import(maker_, first, order())), "conflict");
  EXPECT_EQ(outcome(uploads_->start_import(maker_, second, order())), "conflict");
  EXPECT_EQ(outcome(uploads_->inspect(maker_.principal, first, {})), "conflict");
  EXPECT_EQ(outcome(uploads_->remove(maker_, first)), "ok");
  EXPECT_EQ(outcome(uploads_->find(maker_.principal, first)), "not_found");

  // The removed one ends although its worker would wait for ever, and makes way.
  std::string outcome_of_second = "conflict";
  for (int tries = 0; tries < kTriesMax && outcome_of_second == "conflict"; ++tries) {
    std::this_thread::sleep_for(1ms);
    outcome_of_second = outcome(uploads_->start_import(maker_, second, order("second")));
  }
  EXPECT_EQ(outcome_of_second, "ok");
  worker_.waits_ = false;
  EXPECT_EQ(end_of_import(second).state, UploadState::kImported);
  EXPECT_THAT(stored_files(), SizeIs(1));
  EXPECT_THAT(table_names(), ElementsAre("second"));
}

TEST_F(UploadsTest, OrdersAreCheckedBeforeTheFile) {
  const base::UploadId id = add_whole();
  const auto start = [&](auto change) {
    ImportOrder changed = order();
    change(changed);
    return outcome(uploads_->start_import(maker_, id, changed));
  };
  EXPECT_EQ(start([](ImportOrder& o) { o.table = ""; }), "invalid_body table.name");
  EXPECT_EQ(start([](ImportOrder& o) { o.label = "a\nb"; }), "invalid_body table.label");
  EXPECT_EQ(start([](ImportOrder& o) { o.new_database = ""; }), "invalid_body database.name");
  EXPECT_EQ(start([](ImportOrder& o) { o.database = base::DatabaseId("dbs_x"); }), "not_found");
  EXPECT_EQ(outcome(uploads_->start_import(maker_, add(5), order())), "conflict");
}

TEST_F(UploadsTest, WhatNobodyGoesOnWithIsRemoved) {
  const base::UploadId id = add_whole();
  ASSERT_TRUE(uploads_->expire(kNow + kUploadKept - 1s).ok());
  EXPECT_EQ(outcome(uploads_->find(maker_.principal, id)), "ok");
  // Its file has the time of the machine.
  const auto written = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  ASSERT_TRUE(uploads_->expire(std::max(kNow, written) + kUploadKept + 1s).ok());
  EXPECT_EQ(outcome(uploads_->find(maker_.principal, id)), "not_found");
  EXPECT_THAT(uploaded_files(), IsEmpty());
}

TEST_F(UploadsTest, AStartRemovesWhatNobodyKnows) {
  const base::UploadId id = add_whole();
  std::filesystem::create_directories(folder_.path("databases/imported"));
  (void)folder_.write("uploads/upl_unknown", "x");
  (void)folder_.write("databases/imported/unknown.duckdb", "x");
  (void)folder_.write("databases/kept.duckdb", "x");
  start();
  EXPECT_THAT(uploaded_files(), ElementsAre(id.text()));
  EXPECT_THAT(stored_files(), IsEmpty());
  EXPECT_TRUE(std::filesystem::exists(folder_.path("databases/kept.duckdb")));
}

}  // namespace
}  // namespace catalog
