# A room is a folder of src/. Its sources and tests are found by name, so that adding a file is
# adding a file; which rooms and libraries it may use is said in one line of the top CMakeLists.txt.

# Sorts src/<room>/*.cc into the room's own sources, its tests, and the main file of a program.
function(_aracari_room_sources room out_sources out_tests out_main)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${room}/*.cc")
  set(tests ${sources})
  set(main ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER main INCLUDE REGEX "/main\\.cc$")
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cc$")
  set(${out_sources} ${sources} PARENT_SCOPE)
  set(${out_tests} ${tests} PARENT_SCOPE)
  set(${out_main} ${main} PARENT_SCOPE)
endfunction()

# _aracari_precompile(<target> <owner>)
# Sanitized builds compile every source and its tests. There, the outside headers that most of them
# include are read once, as the precompiled header of the owner: aracari_precompiled, or
# aracari_tests_precompiled for GoogleTest besides. The release build has none, and so shows that
# each file includes what it needs.
function(_aracari_precompile target owner)
  if(NOT ARACARI_TESTS)
    return()
  endif()
  if(NOT TARGET ${owner})
    file(TOUCH "${CMAKE_BINARY_DIR}/${owner}.cc")
    add_library(${owner} OBJECT "${CMAKE_BINARY_DIR}/${owner}.cc")
    target_link_libraries(${owner} PRIVATE spdlog::spdlog fmt::fmt Boost::json)
    target_precompile_headers(${owner} PRIVATE
      <algorithm> <array> <chrono> <filesystem> <functional> <map> <memory> <mutex> <optional> <set>
      <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>
      <boost/json.hpp> <fmt/format.h>)
    if(owner STREQUAL "aracari_tests_precompiled")
      target_link_libraries(${owner} PRIVATE GTest::gmock)
      target_precompile_headers(${owner} PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
      # As programs are compiled, which libraries are not.
      target_compile_options(${owner} PRIVATE -fPIE)
    endif()
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()

# aracari_test(<name> SOURCES <files> LIBRARIES <targets>)
# One GoogleTest program. It starts in the source folder, where it finds its case files, and leaves
# a report in build/<preset>/reports/.
function(aracari_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gmock_main)
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/src")
  _aracari_precompile(${name} aracari_tests_precompiled)
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  add_test(NAME ${name}
    COMMAND ${name} "--gtest_output=xml:${CMAKE_BINARY_DIR}/reports/${name}.xml"
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  # DuckDB is not instrumented: what it keeps until the process ends is not a leak of ours.
  set_tests_properties(${name} PROPERTIES ENVIRONMENT
    "ASAN_OPTIONS=detect_stack_use_after_return=1;UBSAN_OPTIONS=print_stacktrace=1;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/cmake/leaks.txt:print_suppressions=0")
endfunction()

# aracari_room(<room> [DEPENDS <rooms>] [LIBRARIES <targets>] [TEST_DEPENDS <rooms>])
# The static library aracari_<room>, and <room>_test where the room has tests, which may need rooms
# that the room itself must not see. A room without sources is an interface.
function(aracari_room room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;LIBRARIES;TEST_DEPENDS")
  _aracari_room_sources(${room} sources tests main)
  list(TRANSFORM arg_DEPENDS PREPEND aracari_)
  list(TRANSFORM arg_TEST_DEPENDS PREPEND aracari_)
  set(scope INTERFACE)
  if(sources)
    add_library(aracari_${room} STATIC ${sources})
    _aracari_precompile(aracari_${room} aracari_precompiled)
    set(scope PUBLIC)
  else()
    add_library(aracari_${room} INTERFACE)
  endif()
  target_include_directories(aracari_${room} ${scope} "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(aracari_${room} ${scope} ${arg_DEPENDS} ${arg_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY ARACARI_ROOMS aracari_${room})
  if(ARACARI_TESTS AND tests)
    aracari_test(${room}_test SOURCES ${tests}
      LIBRARIES aracari_${room} ${arg_TEST_DEPENDS})
  endif()
endfunction()

# aracari_program(<room> DEPENDS <rooms>)
# A room whose main.cc makes the executable bin/aracari. The rest of it is a room like any other, so
# that it can be tested.
function(aracari_program room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS")
  aracari_room(${room} DEPENDS ${arg_DEPENDS})
  _aracari_room_sources(${room} sources tests main)
  if(NOT main)
    return()
  endif()
  add_executable(aracari ${main})
  target_link_libraries(aracari PRIVATE aracari_${room})
  # The program finds libduckdb.so beside itself, wherever the folder is moved.
  set_target_properties(aracari PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin"
    BUILD_WITH_INSTALL_RPATH ON
    INSTALL_RPATH "$ORIGIN/../lib")
endfunction()

# _aracari_stage(<from> <to, below build/<preset>>)
function(_aracari_stage from to)
  set(staged "${CMAKE_BINARY_DIR}/${to}")
  add_custom_command(OUTPUT "${staged}"
    COMMAND ${CMAKE_COMMAND} -E copy "${from}" "${staged}"
    DEPENDS "${from}" VERBATIM COMMENT "Staging ${to}")
  set_property(GLOBAL APPEND PROPERTY ARACARI_STAGED "${staged}")
endfunction()

# Lays what the program needs at run time beside bin/: lib/ and share/.
function(aracari_stage_runtime_files)
  set(demo "${CMAKE_SOURCE_DIR}/node_modules/vega-datasets/data")
  _aracari_stage("${ARACARI_DUCKDB_LIBRARY}" lib/libduckdb.so)
  _aracari_stage("${demo}/flights-3m.parquet" share/aracari/demo/flights-3m.parquet)
  _aracari_stage("${demo}/airports.csv" share/aracari/demo/airports.csv)
  get_property(staged GLOBAL PROPERTY ARACARI_STAGED)
  add_custom_target(runtime_files ALL DEPENDS ${staged})
endfunction()
