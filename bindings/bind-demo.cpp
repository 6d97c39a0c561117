// SPDX-License-Identifier: MIT
// The demo's guitar, synthesised on demand so that nothing is downloaded for it. [worker]
#include <emscripten/bind.h>

#include "bindings/values.h"
#include "engine/dsp/demo-riff.h"
#include "engine/dsp/wav.h"

namespace sonic::js {
namespace {

val demoRiffWav(double sampleRateHz) {
  return toBytes(writeWav(demoRiff(sampleRateHz), WavFormat::kInt24));
}

EMSCRIPTEN_BINDINGS(demo) {
  emscripten::function("demoRiffWav", &demoRiffWav);
}

}  // namespace
}  // namespace sonic::js
