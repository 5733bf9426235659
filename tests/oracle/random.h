#pragma once

// Chance that gives the same world on every machine for the same seed. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace oracle {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// From 0 to `bound` - 1; `bound` is at least 1.
  [[nodiscard]] std::size_t below(std::size_t bound) { return engine_() % bound; }
  [[nodiscard]] std::size_t between(std::size_t least, std::size_t most) {
    return least + below(most - least + 1);
  }
  /// True in `percent` of 100 cases.
  [[nodiscard]] bool chance(std::size_t percent) { return below(100) < percent; }
  template <typename T>
  [[nodiscard]] const T& pick(const std::vector<T>& from) {
    return from.at(below(from.size()));
  }

 private:
  std::mt19937_64 engine_;
};

/// The seed of the `number`th part of what `seed` makes (SplitMix64).
[[nodiscard]] inline std::uint64_t derive_seed(std::uint64_t seed, std::uint64_t number) {
  std::uint64_t mixed = seed + (number + 1) * 0x9e3779b97f4a7c15;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

}  // namespace oracle
