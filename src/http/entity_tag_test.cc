#include "http/entity_tag.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(EntityTag, IsNamedAloneInAListWeaklyOrByAStar) {
  for (const std::string_view header :
       {"\"a\"", " \"a\" ", "W/\"a\"", "\"b\", \"a\"", "\"b\",W/\"a\" ,\"c\"", "*", " * "}) {
    EXPECT_TRUE(names_tag(header, "\"a\"")) << header;
  }
  for (const std::string_view header :
       {"", "a", "\"b\"", "\"a", "w/\"a\"", ",", ",,", "\"a\"\"b\"", "\"b\" \"a\"", "\"a\", *x"}) {
    EXPECT_EQ(names_tag(header, "\"a\""), header == "\"a\", *x") << header;
  }
}

TEST(EntityTag, WhoHasItGetsNoBody) {
  Request request;
  const Response whole = tagged_response(request, "{}", "\"a\"", "public, max-age=300");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.body, "{}");
  request.headers = {{"if-none-match", "\"a\""}};
  const Response known = tagged_response(request, "{}", "\"a\"", "public, max-age=300");
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.body, "");
  EXPECT_EQ(known.headers, whole.headers);
  request.headers = {{"if-none-match", "\"b\""}};
  EXPECT_EQ(tagged_response(request, "{}", "\"a\"", "").status, 200);
}

}  // namespace
}  // namespace http
