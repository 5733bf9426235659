#pragma once

// Strong identifiers. An id is opaque text with a prefix that tells its kind ("dsh_4k2…"); ids of
// different kinds do not convert into one another. New ids are made by `crypto::new_id`.

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace base {

template <typename Tag>
class Id {
 public:
  static constexpr std::string_view kPrefix = Tag::kPrefix;

  explicit Id(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] const std::string& text() const { return text_; }
  auto operator<=>(const Id&) const = default;

 private:
  std::string text_;
};

struct OrgTag {
  static constexpr std::string_view kPrefix = "org_";
};
struct UserTag {
  static constexpr std::string_view kPrefix = "usr_";
};
struct ApiKeyTag {
  static constexpr std::string_view kPrefix = "key_";
};
struct SigningKeyTag {
  static constexpr std::string_view kPrefix = "sig_";
};
struct RevocationTag {
  static constexpr std::string_view kPrefix = "rev_";
};
struct SessionTag {
  static constexpr std::string_view kPrefix = "ses_";
};
struct AttributeTag {
  static constexpr std::string_view kPrefix = "atr_";
};
struct OriginTag {
  static constexpr std::string_view kPrefix = "ori_";
};
struct DatabaseTag {
  static constexpr std::string_view kPrefix = "dbs_";
};
struct TableTag {
  static constexpr std::string_view kPrefix = "tbl_";
};
struct UploadTag {
  static constexpr std::string_view kPrefix = "upl_";
};
struct RuleTag {
  static constexpr std::string_view kPrefix = "rul_";
};
struct ChartTag {
  static constexpr std::string_view kPrefix = "cht_";
};
struct DashboardTag {
  static constexpr std::string_view kPrefix = "dsh_";
};

using OrgId = Id<OrgTag>;
using UserId = Id<UserTag>;
using ApiKeyId = Id<ApiKeyTag>;
using SigningKeyId = Id<SigningKeyTag>;
using RevocationId = Id<RevocationTag>;
using SessionId = Id<SessionTag>;
using AttributeId = Id<AttributeTag>;
using OriginId = Id<OriginTag>;
using DatabaseId = Id<DatabaseTag>;
using TableId = Id<TableTag>;
using UploadId = Id<UploadTag>;
using RuleId = Id<RuleTag>;
using ChartId = Id<ChartTag>;
using DashboardId = Id<DashboardTag>;

}  // namespace base

template <typename Tag>
struct std::hash<base::Id<Tag>> {
  std::size_t operator()(const base::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
