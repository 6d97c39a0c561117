# Uses ccache where it is installed, in such a way that another clone's results count too.
find_program(SONIC_CCACHE ccache NO_CMAKE_FIND_ROOT_PATH)
if(SONIC_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 ${SONIC_CCACHE})
endif()
