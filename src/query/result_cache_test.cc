#include "query/result_cache.h"

#include <atomic>
#include <latch>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guard/guard_test_support.h"

namespace query {
namespace {

using base::Code;
using base::Error;
using base::Result;
using model::Value;
using source::ResultSet;

/// One column with one text of this size.
ResultSet result_of(std::size_t bytes) {
  return {{{"x", model::ValueType::kString, {Value(std::string(bytes, 'x'))}}}};
}

CacheKey plain(std::string text) { return {base::DatabaseId("dbs_1"), std::move(text)}; }

class ResultCacheTest : public ::testing::Test {
 protected:
  /// Asks for `key`; how often the query ran is counted.
  Result<Answer> get(const std::string& key, std::size_t bytes = 10) {
    const auto run = [&]() -> Result<ResultSet> {
      ++runs_;
      return result_of(bytes);
    };
    ASSIGN_OR_RETURN(CachedAnswer cached, cache_.get(plain(key), ResultCache::kAnyAge, run));
    return std::move(cached.answer);
  }

  base::FixedClock clock_{base::Seconds(std::chrono::seconds(1'000'000))};
  ResultCache cache_{100'000, clock_};
  std::atomic<int> runs_ = 0;
};

TEST_F(ResultCacheTest, KeepsAnAnswer) {
  const Answer first = get("a").value();
  EXPECT_EQ(get("a").value(), first);
  EXPECT_EQ(runs_, 1);
  EXPECT_NE(get("b").value(), first);
  EXPECT_EQ(runs_, 2);
}

TEST_F(ResultCacheTest, KeepsNoFailure) {
  const auto fail = [&]() -> Result<ResultSet> {
    ++runs_;
    return Error{Code::kQueryTimeout, "Too slow."};
  };
  EXPECT_EQ(cache_.get(plain("a"), ResultCache::kAnyAge, fail).error().code, Code::kQueryTimeout);
  EXPECT_EQ(cache_.get(plain("a"), ResultCache::kAnyAge, fail).error().code, Code::kQueryTimeout);
  EXPECT_EQ(runs_, 2);
  EXPECT_EQ(cache_.size_bytes(), 0U);
  EXPECT_TRUE(get("a").ok());
}

TEST_F(ResultCacheTest, DropsWhatWasNotUsedForLongest) {
  for (const std::string key : {"a", "b", "c", "d"}) (void)get(key, 22'000);
  EXPECT_EQ(runs_, 4);
  (void)get("a", 22'000);
  EXPECT_EQ(runs_, 4);
  (void)get("e", 22'000);
  EXPECT_EQ(runs_, 5);
  (void)get("a", 22'000);
  EXPECT_EQ(runs_, 5) << "used lately";
  (void)get("b", 22'000);
  EXPECT_EQ(runs_, 6) << "was dropped";
}

TEST_F(ResultCacheTest, StaysBelowItsLimit) {
  for (int i = 0; i < 200; ++i) {
    (void)get(std::to_string(i), 100 * static_cast<std::size_t>(i));
    EXPECT_LE(cache_.size_bytes(), 100'000U);
  }
  EXPECT_GT(cache_.size_bytes(), 50'000U);
}

TEST_F(ResultCacheTest, DoesNotKeepAnAnswerThatWouldPushOutTheOthers) {
  (void)get("small");
  (void)get("large", 60'000);
  (void)get("large", 60'000);
  EXPECT_EQ(runs_, 3);
  (void)get("small");
  EXPECT_EQ(runs_, 3);
}

TEST_F(ResultCacheTest, OfNoSizeKeepsNothing) {
  ResultCache none(0, clock_);
  int runs = 0;
  const auto run = [&]() -> Result<ResultSet> {
    ++runs;
    return result_of(1);
  };
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(none.get(plain("a"), ResultCache::kAnyAge, run).ok());
  }
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(none.size_bytes(), 0U);
}

TEST_F(ResultCacheTest, AnAnswerOutlivesItsEntry) {
  const Answer kept = get("a", 20'000).value();
  for (const std::string key : {"b", "c", "d", "e", "f"}) (void)get(key, 20'000);
  EXPECT_EQ(kept->rows(), 1U);
}

TEST_F(ResultCacheTest, OfEqualQueriesThatArriveTogetherOneRuns) {
  std::latch leader_runs(1);
  std::latch go(1);
  const auto slow = [&]() -> Result<ResultSet> {
    ++runs_;
    leader_runs.count_down();
    go.wait();
    return result_of(1);
  };
  std::vector<Answer> answers(4);
  std::vector<std::thread> threads;
  threads.emplace_back(
      [&] { answers[0] = cache_.get(plain("a"), ResultCache::kAnyAge, slow).value().answer; });
  leader_runs.wait();
  for (std::size_t i = 1; i < answers.size(); ++i) {
    threads.emplace_back([&, i] { answers[i] = get("a").value(); });
  }
  EXPECT_TRUE(get("other").ok()) << "another key does not wait";
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  go.count_down();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(runs_, 2);
  EXPECT_THAT(answers, ::testing::Each(answers[0]));
  EXPECT_EQ(cache_.counts().misses, 2U);
  EXPECT_EQ(cache_.counts().shared + cache_.counts().hits, 3U);
}

/// Leads with a query that fails with `code` once a follower had time to join.
std::pair<Result<CachedAnswer>, Result<CachedAnswer>> lead_and_follow(ResultCache& cache,
                                                                      Code code) {
  std::latch leader_runs(1);
  std::latch go(1);
  Result<CachedAnswer> led = Error{Code::kInternal, "Not run."};
  Result<CachedAnswer> followed = Error{Code::kInternal, "Not run."};
  std::thread leader([&] {
    led = cache.get(plain("a"), ResultCache::kAnyAge, [&]() -> Result<ResultSet> {
      leader_runs.count_down();
      go.wait();
      return Error{code, "Failed."};
    });
  });
  leader_runs.wait();
  std::thread follower([&] {
    followed = cache.get(plain("a"), ResultCache::kAnyAge,
                         []() -> Result<ResultSet> { return result_of(1); });
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  go.count_down();
  leader.join();
  follower.join();
  return {std::move(led), std::move(followed)};
}

TEST_F(ResultCacheTest, AFollowerOfACancelledQueryRunsItself) {
  const auto [led, followed] = lead_and_follow(cache_, Code::kCancelled);
  EXPECT_EQ(led.error().code, Code::kCancelled);
  EXPECT_TRUE(followed.ok());
}

TEST_F(ResultCacheTest, AFollowerSharesAnotherFailure) {
  // On a busy machine a follower may come too late to share; one that came in time is enough.
  for (int attempt = 0; attempt < 50; ++attempt) {
    ResultCache cache(100'000, clock_);
    const auto [led, followed] = lead_and_follow(cache, Code::kQueryTimeout);
    EXPECT_EQ(led.error().code, Code::kQueryTimeout);
    if (followed) continue;
    EXPECT_EQ(followed.error().code, Code::kQueryTimeout);
    return;
  }
  FAIL() << "no follower shared the failure";
}

class Freshness : public ResultCacheTest {
 protected:
  CachedAnswer fresh(std::chrono::seconds max_age, const std::string& database = "dbs_1") {
    const auto run = [&]() -> Result<ResultSet> {
      ++runs_;
      return result_of(10);
    };
    const CacheKey key{base::DatabaseId(database), database + " a"};
    return cache_.get(key, max_age, run).value();
  }
};

TEST_F(Freshness, AnAnswerIsShownWhileItIsYoungerThanAsked) {
  using std::chrono::seconds;
  EXPECT_EQ(fresh(seconds(60)).how, CacheUse::kMiss);
  clock_.advance(seconds(59));
  const CachedAnswer kept = fresh(seconds(60));
  EXPECT_EQ(kept.how, CacheUse::kHit);
  EXPECT_EQ(kept.age, seconds(59));
  clock_.advance(seconds(1));
  const CachedAnswer renewed = fresh(seconds(60));
  EXPECT_EQ(renewed.how, CacheUse::kMiss);
  EXPECT_EQ(renewed.age, seconds(0));
  EXPECT_EQ(fresh(seconds(60)).answer, renewed.answer) << "takes the older one's place";
  EXPECT_EQ(runs_, 2);
}

TEST_F(Freshness, OfNoTimeNothingIsShownAgain) {
  (void)fresh(std::chrono::seconds(0));
  EXPECT_EQ(fresh(std::chrono::seconds(0)).how, CacheUse::kMiss);
}

TEST_F(Freshness, WhatHoldsAsLongAsItsVersionIsOfAnyAge) {
  (void)fresh(ResultCache::kAnyAge);
  clock_.advance(std::chrono::years(100));
  EXPECT_EQ(fresh(ResultCache::kAnyAge).how, CacheUse::kHit);
}

TEST_F(Freshness, AClockThatIsSetBackMakesNothingFresh) {
  (void)fresh(std::chrono::seconds(60));
  clock_.advance(-std::chrono::seconds(1));
  EXPECT_EQ(fresh(std::chrono::seconds(60)).how, CacheUse::kMiss);
}

TEST_F(Freshness, AgeCountsFromTheBeginningOfTheQuery) {
  const auto slow = [&]() -> Result<ResultSet> {
    clock_.advance(std::chrono::seconds(20));
    return result_of(1);
  };
  EXPECT_EQ(cache_.get(plain("slow"), std::chrono::seconds(60), slow).value().age,
            std::chrono::seconds(20));
}

TEST_F(Freshness, APurgeForgetsOneDatabase) {
  (void)fresh(ResultCache::kAnyAge, "dbs_1");
  (void)fresh(ResultCache::kAnyAge, "dbs_2");
  cache_.purge(base::DatabaseId("dbs_1"));
  EXPECT_EQ(fresh(ResultCache::kAnyAge, "dbs_2").how, CacheUse::kHit);
  EXPECT_EQ(fresh(ResultCache::kAnyAge, "dbs_1").how, CacheUse::kMiss);
  cache_.purge(base::DatabaseId("dbs_1"));
  cache_.purge(base::DatabaseId("dbs_2"));
  EXPECT_EQ(cache_.size_bytes(), 0U);
}

TEST_F(Freshness, WhatRanDuringAPurgeIsNotKept) {
  const auto purged_meanwhile = [&]() -> Result<ResultSet> {
    cache_.purge(base::DatabaseId("dbs_1"));
    return result_of(1);
  };
  EXPECT_TRUE(cache_.get(plain("a"), ResultCache::kAnyAge, purged_meanwhile).ok());
  EXPECT_EQ(cache_.size_bytes(), 0U);
  EXPECT_TRUE(get("a").ok());
  EXPECT_EQ(runs_, 1);
}

TEST_F(Freshness, AQueryThatThrowsLeavesNobodyWaiting) {
  const auto throws = []() -> Result<ResultSet> { throw std::bad_alloc(); };
  EXPECT_THROW((void)cache_.get(plain("a"), ResultCache::kAnyAge, throws), std::bad_alloc);
  EXPECT_TRUE(get("a").ok());
}

TEST_F(Freshness, UsesAreCounted) {
  for (const std::string key : {"a", "a", "a", "b", "c", "d", "e"}) (void)get(key, 22'000);
  const CacheCounts counts = cache_.counts();
  EXPECT_EQ(counts.hits, 2U);
  EXPECT_EQ(counts.misses, 5U);
  EXPECT_EQ(counts.shared, 0U);
  EXPECT_EQ(counts.dropped, 1U);
}

/// What decides the key of one sealed query, to be changed one part at a time.
struct Parts {
  base::OrgId organization{"org_mine"};
  std::string database = "dbs_1";
  std::string version = "1";
  std::string environment = "sandbox";
  std::string column = "a";
  std::vector<Value> arguments{std::int64_t{1}};
};

std::string key_of(const Parts& parts) {
  std::vector<sql::Expression> in{sql::column(parts.column)};
  for (const Value& value : parts.arguments) in.push_back(sql::bound(value));
  const base::TableId id("tbl_1");
  const sql::Select plan{{{sql::column(parts.column), "x"}},
                         sql::TableReference{id},
                         sql::call(sql::Function::kIn, std::move(in))};
  const guard::Tables tables{{id,
                              {id,
                               base::DatabaseId(parts.database),
                               "t",
                               "T",
                               model::TableAccess::kShared,
                               {{"a", model::ValueType::kString, model::ColumnAccess::kVisible},
                                {"b", model::ValueType::kString, model::ColumnAccess::kVisible}},
                               {},
                               {},
                               {}}}};
  const guard::Policies::Databases databases{
      {base::DatabaseId(parts.database),
       {base::DatabaseId(parts.database), "D", model::DatabaseKind::kDuckDb}}};
  const auto sealed =
      guard::seal(plan, auth::user_principal(parts.organization, model::Role::kAdmin),
                  guard::Policies(parts.organization, tables, databases, std::chrono::sys_days{}));
  return cache_key(sealed.value(), parts.version, parts.environment).text;
}

TEST(CacheKey, DiffersByTheConnectionThatIsRead) {
  const base::TableId id("tbl_1");
  const base::DatabaseId server("dbs_1");
  model::PostgresSettings settings{"host", 5432, "live", "tenant", "user", "", {}};
  model::Database database{server, "D", model::DatabaseKind::kPostgres, "", settings};
  const guard::Tables tables{{id,
                              {id,
                               server,
                               "t",
                               "T",
                               model::TableAccess::kShared,
                               {{"a", model::ValueType::kString, model::ColumnAccess::kVisible}},
                               {},
                               {},
                               {}}}};
  const sql::Select plan{{{sql::column("a"), "a"}}, sql::TableReference{id}};
  const auto key = [&](const std::string& tenant) {
    const guard::Policies::Databases databases{{server, database}};
    const auto sealed = guard::seal(
        plan, auth::embed_principal({{"tenant", auth::scalar_attribute(tenant)}}),
        guard::Policies(auth::kTestOrganization, tables, databases, std::chrono::sys_days{}));
    return cache_key(sealed.value(), "1", "sandbox").text;
  };
  std::set<std::string> keys{key("a"), key("b"), key("a")};
  EXPECT_EQ(keys.size(), 2U);
  database.sandbox = settings;
  keys.insert(key("a"));
  EXPECT_EQ(keys.size(), 3U);
}

TEST(CacheKey, DiffersByEveryPartThatDecidesTheRows) {
  std::vector<Parts> changed(12);
  changed[1].organization = base::OrgId("org_theirs");
  changed[2].database = "dbs_2";
  changed[3].version = "2";
  changed[4].environment = "production";
  changed[5].column = "b";
  changed[6].arguments = {std::int64_t{2}};
  changed[7].arguments = {1.0};
  changed[8].arguments = {std::string("1")};
  changed[9].arguments = {true};
  changed[10].arguments = {std::int64_t{1}, std::int64_t{2}};
  changed[11].arguments = {std::string("1,integer:2")};
  std::set<std::string> keys;
  for (const Parts& parts : changed) keys.insert(key_of(parts));
  EXPECT_EQ(keys.size(), changed.size());
  EXPECT_EQ(key_of(Parts()), key_of(Parts()));
}

TEST(CacheKey, DatesAndTheTextsTheyAreWrittenAsDiffer) {
  std::vector<Parts> changed(3);
  changed[0].arguments = {model::Date(std::chrono::days(1))};
  changed[1].arguments = {model::Datetime(std::chrono::days(1))};
  changed[2].arguments = {std::string("1970-01-02")};
  std::set<std::string> keys;
  for (const Parts& parts : changed) keys.insert(key_of(parts));
  EXPECT_EQ(keys.size(), changed.size());
}

TEST(CacheKey, APartCanNotBeMovedIntoItsNeighbour) {
  Parts first;
  first.version = "1";
  first.environment = "23";
  Parts second;
  second.version = "12";
  second.environment = "3";
  EXPECT_NE(key_of(first), key_of(second));
  first = Parts();
  first.arguments = {std::string("a"), std::string("b")};
  second = Parts();
  second.arguments = {std::string("a\"6:string3:\"b")};
  EXPECT_NE(key_of(first), key_of(second));
}

}  // namespace
}  // namespace query
