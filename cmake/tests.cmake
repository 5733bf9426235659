# Tests that belong to no single room, fuzzers and benchmarks.

# aracari_must_not_compile(<name> <file> <expected>)
# A ctest over tests/must_not_compile/<file>: with -DCONTROL it has to compile, without it GCC, the
# compiler of what people run, has to refuse it with a message that matches the regular expression
# <expected>.
function(aracari_must_not_compile name file expected)
  add_test(NAME must_not_compile.${name} COMMAND ${CMAKE_COMMAND}
    "-DCOMPILER=g++-12"
    "-DINCLUDE=${CMAKE_SOURCE_DIR}/src"
    "-DSYSTEM_INCLUDE=${ARACARI_DUCKDB_INCLUDE}"
    "-DFILE=${CMAKE_SOURCE_DIR}/tests/must_not_compile/${file}"
    "-DEXPECTED=${expected}"
    -P "${CMAKE_SOURCE_DIR}/cmake/must_not_compile.cmake")
endfunction()

# tests/*_test.cc become one program over all rooms; tests/cases runs the case files; and
# tests/must_not_compile/CMakeLists.txt lists what must not compile.
function(aracari_add_tests)
  if(NOT ARACARI_TESTS)
    return()
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/*_test.cc")
  if(sources)
    get_property(rooms GLOBAL PROPERTY ARACARI_ROOMS)
    aracari_test(all_rooms_test SOURCES ${sources} LIBRARIES ${rooms})
  endif()
  aracari_test(rule_cases_test
    SOURCES "${CMAKE_SOURCE_DIR}/tests/cases/rule_case.cc"
      "${CMAKE_SOURCE_DIR}/tests/cases/rule_cases_test.cc"
      "${CMAKE_SOURCE_DIR}/tests/cases/shared_answers_test.cc"
    LIBRARIES aracari_query aracari_auth)
  aracari_add_oracle()
  if(EXISTS "${CMAKE_SOURCE_DIR}/tests/must_not_compile/CMakeLists.txt")
    add_subdirectory(tests/must_not_compile)
  endif()
endfunction()

# tests/oracle/ becomes build/<preset>/tests/access_rule_oracle. A program of its own, because it is
# run with more or fewer cases; ./test runs it.
function(aracari_add_oracle)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/oracle/*.cc")
  add_executable(access_rule_oracle ${sources})
  target_link_libraries(access_rule_oracle PRIVATE aracari_query aracari_auth GTest::gtest)
  _aracari_precompile(access_rule_oracle aracari_tests_precompiled)
  set_target_properties(access_rule_oracle PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
endfunction()

# fuzz/<name>_fuzz.cc becomes build/<preset>/fuzz/<name>_fuzz, linked with the rooms whose headers it
# includes.
function(aracari_add_fuzzers)
  if(NOT ARACARI_TESTS)
    return()
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/fuzz/*_fuzz.cc")
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
    file(STRINGS "${source}" rooms REGEX "^#include \"[a-z]+/")
    list(TRANSFORM rooms REPLACE "^#include \"([a-z]+)/.*" "aracari_\\1")
    list(REMOVE_DUPLICATES rooms)
    add_executable(${name} ${source})
    target_link_libraries(${name} PRIVATE ${rooms})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/fuzz")
  endforeach()
endfunction()

# bench/<name>_bench.cc becomes build/<preset>/bench/<name>_bench with the target `benchmarks`, which
# needs Google Benchmark, and GoogleTest for the servers that tests start.
function(aracari_add_benchmarks)
  find_package(benchmark QUIET)
  find_package(GTest QUIET)
  if(NOT benchmark_FOUND OR NOT GTest_FOUND)
    add_custom_target(benchmarks
      COMMAND "${CMAKE_COMMAND}" -E echo
        "Missing: libbenchmark-dev or libgtest-dev. Then configure again."
      COMMAND "${CMAKE_COMMAND}" -E false)
    return()
  endif()
  add_custom_target(benchmarks)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/bench/*_bench.cc")
  get_property(rooms GLOBAL PROPERTY ARACARI_ROOMS)
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    add_executable(${name} EXCLUDE_FROM_ALL ${source})
    target_link_libraries(${name} PRIVATE ${rooms} benchmark::benchmark GTest::gtest)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bench")
    add_dependencies(benchmarks ${name})
  endforeach()
endfunction()
