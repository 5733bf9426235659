#include "http/credentials.h"

#include <gtest/gtest.h>

namespace http {
namespace {

std::optional<std::string> password_of(const std::string& authorization) {
  Request request;
  request.headers.emplace_back("authorization", authorization);
  return basic_password(request);
}

TEST(BasicPassword, IsWhatStandsBehindTheFirstColon) {
  EXPECT_EQ(password_of("Basic dXNlcjpzZWNyZXQ="), "secret");
  EXPECT_EQ(password_of("bASIC dXNlcjpzZWNyZXQ="), "secret");
  EXPECT_EQ(password_of("Basic OnNlY3JldA=="), "secret") << "without a user";
  EXPECT_EQ(password_of("Basic dTphOmI="), "a:b");
}

TEST(BasicPassword, IsEmptyWhereTheHeaderIsMalformed) {
  for (const std::string text : {"Basic dXNlcjpzZWNyZXQ", "Basic  dXNlcjpzZWNyZXQ=", "Basic x",
                                 "Basic dXNlcg==", "Basic dXNlcjo="}) {
    EXPECT_EQ(password_of(text), "") << text;
  }
}

TEST(BasicPassword, IsNothingWithoutBasic) {
  EXPECT_EQ(basic_password(Request()), std::nullopt);
  EXPECT_EQ(password_of("Bearer dXNlcjpzZWNyZXQ="), std::nullopt);
  EXPECT_EQ(password_of("Basic"), std::nullopt);
  EXPECT_EQ(password_of(""), std::nullopt);
}

}  // namespace
}  // namespace http
