# Toolchain file around whichever emscripten is installed: asks it where it lives.
find_program(EM_CONFIG em-config REQUIRED)
execute_process(COMMAND ${EM_CONFIG} EMSCRIPTEN_ROOT OUTPUT_VARIABLE EMSCRIPTEN_ROOT_PATH
                OUTPUT_STRIP_TRAILING_WHITESPACE)
find_program(SONIC_NODE node REQUIRED)
# emcmake's own emulator passes a flag that Node 20 rejects; with fetch present, 3.1.6's glue in Node
# takes file paths for URLs.
set(CMAKE_CROSSCOMPILING_EMULATOR "${SONIC_NODE};--no-experimental-fetch" CACHE STRING "")
include(${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake)
# Debian's emscripten finds its acorn only through NODE_PATH; set at the link itself, so a bare `ninja` works too.
if(EXISTS /usr/share/nodejs/acorn)
  set(CMAKE_CXX_LINKER_LAUNCHER "${CMAKE_COMMAND};-E;env;NODE_PATH=/usr/share/nodejs" CACHE STRING "")
endif()
