# GoogleTest from Debian's sources, compiled once per preset; every tests/**-test.cpp in one program.
set(SONIC_GTEST_DIR /usr/src/googletest/googletest)
if(NOT EXISTS ${SONIC_GTEST_DIR}/CMakeLists.txt)
  message(STATUS "googletest sources not found: tests are not built")
  return()
endif()
add_library(sonic_gtest STATIC ${SONIC_GTEST_DIR}/src/gtest-all.cc)
target_include_directories(sonic_gtest SYSTEM PUBLIC ${SONIC_GTEST_DIR}/include)
target_include_directories(sonic_gtest SYSTEM PRIVATE ${SONIC_GTEST_DIR})
target_link_libraries(sonic_gtest PRIVATE sonic_flags)
target_compile_options(sonic_gtest PRIVATE -O1)

file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/*.cpp)
list(FILTER test_sources EXCLUDE REGEX "/tests/(bench|fuzz)/")
add_executable(sonic-tests ${test_sources})
target_link_libraries(sonic-tests PRIVATE engine sonic_gtest sonic_warnings)
# Writes the curves of amp-crunch from its netlists: see tools/amp-curves.cpp.
add_executable(amp-curves EXCLUDE_FROM_ALL tools/amp-curves.cpp tests/support/amp-curves.cpp
               tests/support/nodal-solver.cpp tests/support/devices.cpp)
target_link_libraries(amp-curves PRIVATE engine sonic_warnings)
if(EMSCRIPTEN)
  # em++ writes CommonJS for Node; the repository's own package.json says ES modules.
  file(WRITE ${CMAKE_BINARY_DIR}/package.json "{ \"type\": \"commonjs\" }\n")
  target_link_options(sonic-tests PRIVATE -sENVIRONMENT=node -sEXIT_RUNTIME=1 -sSINGLE_FILE=1
                      -sALLOW_MEMORY_GROWTH=1 -sNODERAWFS=1 -O1)
endif()
# One ctest per label and shard: a Node start costs 0.13 s each, and GoogleTest's own reports count the
# tests. Shards let one slow suite use every core.
set(SONIC_TEST_SHARDS 2 CACHE STRING "Processes that share the tests of one label")
math(EXPR last_shard "${SONIC_TEST_SHARDS} - 1")
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/reports)
foreach(label unit conformance golden soak)
  if(label STREQUAL "unit")
    set(filter "-*Conformance*:*Golden*:*Soak*")
  elseif(label STREQUAL "soak")
    set(filter "*Soak*")
  else()
    string(SUBSTRING ${label} 0 1 first)
    string(TOUPPER ${first} first)
    string(SUBSTRING ${label} 1 -1 rest)
    set(filter "*${first}${rest}*-*Soak*")
  endif()
  foreach(shard RANGE ${last_shard})
    set(name ${label}-${shard})
    add_test(NAME ${name} COMMAND sonic-tests --gtest_brief=1 --gtest_filter=${filter}
             --shard=${shard}/${SONIC_TEST_SHARDS}
             --gtest_output=json:${CMAKE_BINARY_DIR}/reports/${name}.json)
    set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 1200)
  endforeach()
endforeach()

# Timing of every module against the reference biquad; `npm run bench` builds and runs it.
add_executable(sonic-bench EXCLUDE_FROM_ALL tests/bench/modules-bench.cpp)
target_link_libraries(sonic-bench PRIVATE engine sonic_warnings)
if(EMSCRIPTEN)
  target_link_options(sonic-bench PRIVATE -sENVIRONMENT=node -sEXIT_RUNTIME=1 -sSINGLE_FILE=1
                      -sALLOW_MEMORY_GROWTH=1)
endif()
