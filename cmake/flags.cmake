# One set of flags for every target that links the engine.
add_library(sonic_flags INTERFACE)
target_include_directories(sonic_flags INTERFACE ${CMAKE_SOURCE_DIR})
# No contraction and no fast-math anywhere: native and WASM must give the same bits.
target_compile_options(sonic_flags INTERFACE -ffp-contract=off -fno-math-errno
                       -fno-exceptions -fno-rtti)
if(EMSCRIPTEN)
  target_compile_options(sonic_flags INTERFACE -O3 -msimd128 -mbulk-memory
                         -DEMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  # Link options too: otherwise embind's RTTI build is linked and the first call fails.
  target_link_options(sonic_flags INTERFACE -fno-exceptions -fno-rtti)
else()
  # Highway 1.0.3 has no four-lane target below x86-64-v2.
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(sonic_flags INTERFACE -march=x86-64-v2)
  endif()
  target_compile_options(sonic_flags INTERFACE -O2)
endif()
if(SONIC_SANITIZE)
  target_compile_options(sonic_flags INTERFACE -g1 -fsanitize=address,undefined
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(sonic_flags INTERFACE -fsanitize=address,undefined)
endif()

add_library(sonic_warnings INTERFACE)
target_compile_options(sonic_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                       -Werror)

# Header-only Debian packages; em++ must not see /usr/include, so it gets folders that hold only them.
find_path(SONIC_HIGHWAY_DIR hwy/highway.h PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH REQUIRED)
find_path(SONIC_JSON_DIR nlohmann/json.hpp PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH REQUIRED)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/headers)
file(CREATE_LINK ${SONIC_HIGHWAY_DIR}/hwy ${CMAKE_BINARY_DIR}/headers/hwy SYMBOLIC)
file(CREATE_LINK ${SONIC_JSON_DIR}/nlohmann ${CMAKE_BINARY_DIR}/headers/nlohmann SYMBOLIC)
add_library(sonic_highway INTERFACE)
target_include_directories(sonic_highway SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/headers)
add_library(sonic_json INTERFACE)
target_include_directories(sonic_json SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/headers)
target_compile_definitions(sonic_json INTERFACE JSON_NOEXCEPTION JSON_USE_IMPLICIT_CONVERSIONS=0)
