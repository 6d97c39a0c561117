# The page's engine: build/wasm/engine.mjs (glue) + engine.wasm. One glue for page, worker, worklet and Node: whoever
# starts it hands in the compiled module through `instantiateWasm`, so nothing in it fetches or needs a file.
file(GLOB_RECURSE binding_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bindings/*.cpp)
if(NOT binding_sources)
  return()
endif()
add_executable(engine-wasm ${binding_sources})
target_link_libraries(engine-wasm PRIVATE engine sonic_warnings)
# embind's val.h caches method callers thread-locally; with bulk memory and without atomics clang 14 keeps those
# sections and wasm-ld refuses them. There is one thread.
target_compile_definitions(engine-wasm PRIVATE thread_local=)
set_target_properties(engine-wasm PROPERTIES OUTPUT_NAME engine SUFFIX .mjs)

# Renamed in 3.1.25. The default is 5 MB before 3.1.27 and 64 kB after it.
if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.25)
  set(stack_size -sTOTAL_STACK=1MB)
else()
  set(stack_size -sSTACK_SIZE=1MB)
endif()
target_link_options(engine-wasm PRIVATE --bind --no-entry -sMODULARIZE=1 -sEXPORT_ES6=1
                    -sEXPORT_NAME=createEngine
                    # A worklet has no URL, and `worker` alone asks for a `self` it lacks.
                    -sUSE_ES6_IMPORT_META=0 -sENVIRONMENT=web,worker
                    # No file system, and no eval: pages with a strict CSP load it.
                    -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0
                    -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=16MB -sMAXIMUM_MEMORY=512MB
                    ${stack_size})
