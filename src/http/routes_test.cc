// Every route that can give out customer data, by name: adding one is a decision, and shows here.
// That such a route can not pass by the guard is kept by types: only a DataHandler reaches
// ChartQueries and TableQueries (tests/must_not_compile), those run guard::SealedQuery and nothing
// else, and only the guard makes one.

#include "http/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace http {
namespace {

std::vector<std::string> patterns_of(Data data) {
  std::vector<std::string> patterns;
  for (const Route& route : all_routes()) {
    if (route.data == data) patterns.emplace_back(route.pattern);
  }
  return patterns;
}

TEST(Routes, TheseGiveOutCustomerData) {
  EXPECT_THAT(patterns_of(Data::kThroughGuard),
              testing::UnorderedElementsAre(
                  "/api/v1/dashboards/{id}/data", "/api/v1/dashboards/{id}/filters/{filter}/values",
                  "/api/v1/dashboards/{id}/charts/{chart}/rows",
                  "/api/v1/dashboards/{id}/charts/{chart}/export",
                  "/api/v1/dashboards/{id}/explain", "/api/v1/charts/{chart}/data",
                  "/api/v1/charts/{chart}/rows", "/api/v1/charts/{chart}/export",
                  "/api/v1/content/charts/preview", "/api/v1/tables/{id}/preview"));
}

TEST(Routes, ThisOneGivesOutWhatIsNoTableYet) {
  EXPECT_THAT(patterns_of(Data::kUploaded),
              testing::UnorderedElementsAre("/api/v1/uploads/{id}/inspect"));
}

TEST(Routes, WhatIsSaidOfDataIsWhatTheHandlerCanReach) {
  for (const Route& route : all_routes()) {
    const bool reaches = std::holds_alternative<DataHandler>(route.handler);
    EXPECT_EQ(reaches, route.data == Data::kThroughGuard) << route.pattern;
  }
}

TEST(Routes, NoCustomerDataWithoutACredential) {
  for (const Route& route : all_routes()) {
    if (route.data == Data::kNone) continue;
    EXPECT_NE(route.audience, Audience::kPublic) << route.pattern;
    EXPECT_EQ(route.thread, Dispatch::Thread::kWorker) << route.pattern;
  }
}

}  // namespace
}  // namespace http
